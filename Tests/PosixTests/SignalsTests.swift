import Glibc
import Posix
import Testing

@Suite(.serialized) struct SignalsTests {
  @Test func signalsArriveAsValues() throws {
    let results = try Mailbox<[Signal]>()
    // In a thread of its own: the mask stays with the thread.
    try WorkThread {
      guard let signals = try? Signals([.windowChange, .terminate, .terminalStop]) else { return }
      let quiet = try? Poll.wait(for: [signals.descriptor], timeout: .zero)
      guard quiet == .timedOut else { return }
      for signal in [Signal.windowChange, .terminate, .terminalStop, .windowChange] {
        raise(signal.number)
      }
      let ready = try? Poll.wait(for: [signals.descriptor], timeout: .seconds(60))
      guard ready == .ready([signals.descriptor]) else { return }
      if let arrived = try? signals.drain() { results.send(arrived) }
      if let rest = try? signals.drain() { results.send(rest) }
    }.join()
    let drained = results.drain()
    try #require(drained.count == 2)
    #expect(Set(drained[0]) == [.windowChange, .terminate, .terminalStop])
    #expect(drained[0].count == 3)
    #expect(drained[1] == [])
  }

  @Test func aClosedPipeIsAnErrorAndNotTheEnd() throws {
    Signals.ignoreBrokenPipes()
    let writingEnd = try Pipe().keepWritingEnd()
    let error = #expect(throws: PosixError.self) { try writingEnd.write([1]) }
    #expect(error?.codeName == "EPIPE")
  }

  @Test func blockedSignalsAreNotInheritedByChildren() throws {
    let results = try Mailbox<TerminationStatus>()
    try WorkThread {
      guard let signals = try? Signals([.terminate]) else { return }
      let outcome = try? ProcessSpec.shell("kill -TERM $$; exit 0").runBlocking(
        timeLimit: .seconds(60))
      if let outcome { results.send(outcome.status) }
      _ = try? signals.drain()
    }.join()
    #expect(results.drain() == [.signalled(Signal.terminate.number)])
  }
}
