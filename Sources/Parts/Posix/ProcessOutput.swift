/// What came of a command that was run to its end.
package struct ProcessOutput: Equatable, Sendable {
  package let status: TerminationStatus
  package let output: [UInt8]
  package let errorOutput: [UInt8]
  /// True if the child was killed because its time was over.
  package let timedOut: Bool
  /// True if the child was killed because it wrote more than it may.
  package let isCut: Bool
}

extension ProcessSpec {
  /// Runs the program to its end on a thread of its own; cancelling the task kills it.
  ///
  /// The child is in a group of its own, so that what it has started is killed with it. SIGPIPE is
  /// ignored in this process from then on.
  ///
  /// - Parameters:
  ///   - input: What it reads from standard input.
  ///   - timeLimit: The child is killed after it.
  ///   - outputLimit: Bytes of each of its two outputs; it is killed when it writes more.
  package func run(
    input: [UInt8] = [], timeLimit: Duration, outputLimit: Int = 1 << 20
  ) async throws(PosixError) -> ProcessOutput {
    let stop = try Mailbox<Void>()
    let result = await withTaskCancellationHandler {
      await blockingResult { () throws(PosixError) -> ProcessOutput in
        try runBlocking(
          input: input, timeLimit: timeLimit, outputLimit: outputLimit,
          stopDescriptor: stop.descriptor)
      }
    } onCancel: {
      stop.send(())
    }
    return try result.get()
  }

  /// Runs the program to its end and blocks the thread meanwhile.
  ///
  /// - Parameter stopDescriptor: The child is killed when this can be read.
  package func runBlocking(
    input: [UInt8] = [], timeLimit: Duration, outputLimit: Int = 1 << 20,
    stopDescriptor: Int32? = nil
  ) throws(PosixError) -> ProcessOutput {
    var run = try ProcessRun(self, input: input, outputLimit: outputLimit)
    return try run.finish(
      deadline: ContinuousClock.now.advanced(by: timeLimit), stopDescriptor: stopDescriptor)
  }
}
