internal import Glibc

/// A child between its start and its end, with the pipes to it.
struct ProcessRun: ~Copyable {
  private let executable: String
  private var child: ChildProcess
  private var input: FileDescriptor?
  private var output: FileDescriptor?
  private var errorOutput: FileDescriptor?
  private var unsent: ArraySlice<UInt8>
  private var captured: [UInt8] = []
  private var capturedErrors: [UInt8] = []
  private let outputLimit: Int

  init(_ command: ProcessSpec, input bytes: [UInt8], outputLimit: Int) throws(PosixError) {
    // A child may end before it has read its input, and a pipe knows no MSG_NOSIGNAL.
    Signals.ignoreBrokenPipes()
    let inputPipe = try Pipe()
    let outputPipe = try Pipe()
    let errorPipe = try Pipe()
    let number = inputPipe.writingEnd.number
    // A child that does not read must not hold up reading what it writes.
    _ = try PosixError.check("make a pipe") { fcntl(number, F_SETFL, O_NONBLOCK) }
    child = try ChildProcess(
      command, input: inputPipe.readingEnd.number, output: outputPipe.writingEnd.number,
      error: errorPipe.writingEnd.number)
    input = .some(inputPipe.keepWritingEnd())
    output = .some(outputPipe.keepReadingEnd())
    errorOutput = .some(errorPipe.keepReadingEnd())
    unsent = bytes[...]
    executable = command.executable
    self.outputLimit = outputLimit
  }

  mutating func finish(
    deadline: ContinuousClock.Instant, stopDescriptor: Int32?
  ) throws(PosixError) -> ProcessOutput {
    var timedOut = false
    var isCut = false
    while true {
      if unsent.isEmpty { input = nil }
      let exit = child.exitDescriptor
      let outputs = [number(of: output), number(of: errorOutput)].compactMap { $0 }
      let outcome = try Poll.wait(
        for: [exit] + outputs + (stopDescriptor.map { [$0] } ?? []),
        writable: number(of: input).map { [$0] } ?? [],
        timeout: ContinuousClock.now.duration(to: deadline))
      guard case .ready(let ready) = outcome else {
        if outcome == .interrupted { continue }
        timedOut = true
        break
      }
      if let stopDescriptor, ready.contains(stopDescriptor) {
        throw PosixError("run", path: executable, code: ECANCELED)
      }
      if let number = number(of: input), ready.contains(number) { feed(number) }
      let readable = ready.intersection(outputs)
      for number in readable { try take(number) }
      if captured.count > outputLimit || capturedErrors.count > outputLimit {
        isCut = true
        break
      }
      // What it wrote before its end is in the pipes by now. One of its own children may hold them
      // open for longer; that is not waited for.
      if readable.isEmpty, ready.contains(exit) { break }
    }
    if timedOut || isCut { child.kill() }
    return ProcessOutput(
      status: try child.wait(), output: Array(captured.prefix(outputLimit)),
      errorOutput: Array(capturedErrors.prefix(outputLimit)), timedOut: timedOut, isCut: isCut)
  }

  /// Sends what fits. A child that has closed its input (`EPIPE`) does not want the rest.
  private mutating func feed(_ number: Int32) {
    let count = unsafe unsent.withUnsafeBytes {
      unsafe Glibc.write(number, $0.baseAddress, $0.count)
    }
    if count >= 0 {
      unsent.removeFirst(count)
    } else if errno != EAGAIN && errno != EINTR {
      unsent = []
    }
  }

  private mutating func take(_ number: Int32) throws(PosixError) {
    if number == self.number(of: output) {
      let bytes = try output?.read(upTo: 1 << 16) ?? []
      if bytes.isEmpty { output = nil }
      captured += bytes
    } else {
      let bytes = try errorOutput?.read(upTo: 1 << 16) ?? []
      if bytes.isEmpty { errorOutput = nil }
      capturedErrors += bytes
    }
  }

  private func number(of descriptor: borrowing FileDescriptor?) -> Int32? {
    switch descriptor {
    case .some(let descriptor): descriptor.number
    case .none: nil
    }
  }
}
