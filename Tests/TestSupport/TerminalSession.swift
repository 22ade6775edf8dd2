import Glibc
package import Posix
package import Screen

/// A program in a terminal: what a user would see of it, type at it, and wait for.
///
/// Its output goes through an emulator whose answers go back to the program. Waiting is for
/// conditions, with a deadline; a failed wait says what was on the screen.
package final class TerminalSession {
  /// Only against a wait for ever: a busy machine may take long over anything.
  package static let patience = Duration.seconds(60)

  package let terminal: PseudoTerminal
  package let screen: TerminalEmulator
  /// Everything the program wrote so far.
  package private(set) var log: [UInt8] = []
  /// Whether the emulator's answers reach the program.
  package var answersQueries = true
  private var process: ChildProcess
  private var mark = 0

  /// Starts a program as leader of a session of its own, with the terminal as its controlling one.
  /// - Parameter environment: the whole environment; nothing is inherited.
  package init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String],
    size: Size = Size(rows: 24, columns: 80)
  ) throws {
    terminal = try PseudoTerminal(size: size)
    screen = try TerminalEmulator(size: size)
    let device = terminal.deviceDescriptor
    process = try ChildProcess(
      ProcessSpec(executable, arguments, environment: environment), input: device, output: device,
      error: device, session: .onTerminal)
  }

  package var processIdentifier: Int32 { process.identifier }

  /// Bytes written since the last `setMark()`.
  package var bytesSinceMark: ArraySlice<UInt8> { log[mark...] }

  package func setMark() { mark = log.count }

  /// Types text, UTF-8, at the program.
  package func type(_ text: String) throws { try terminal.write(Array(text.utf8)) }

  package func resize(to size: Size) {
    screen.resize(to: size)
    terminal.resize(to: size)
  }

  package func send(signal: Int32) { kill(process.identifier, signal) }

  /// Reads until the condition holds.
  package func waitFor(
    _ what: String, within limit: Duration = TerminalSession.patience,
    _ condition: (TerminalEmulator) -> Bool
  ) throws {
    let deadline = ContinuousClock.now + limit
    while !condition(screen) {
      guard ContinuousClock.now < deadline else { throw failure("no \(what) within \(limit)") }
      if try !pumpUnlessEnded(until: deadline) {
        if condition(screen) { return }
        throw failure("no \(what): the program ended with \(try process.wait())")
      }
    }
  }

  /// Reads until a text is on the screen.
  package func waitFor(_ text: String, within limit: Duration = TerminalSession.patience) throws {
    try waitFor("“\(text)”", within: limit) { $0.contains(text) }
  }

  /// Reads until the program has shown what becomes of everything typed by now, and of a change of size.
  ///
  /// It is told that its window has the focus, upon which it asks for the background, behind all else it writes: when
  /// the emulator has seen that question, it has seen the rest. The question is left out of `log`.
  package func drain(within limit: Duration = TerminalSession.patience) throws {
    try type("\u{1B}[I")
    // The first was asked with the first frame.
    try waitFor("answer to the focus", within: limit) { _ in
      log.ranges(of: Self.backgroundQuestion).count > 1
    }
    guard let question = log.ranges(of: Self.backgroundQuestion).last else { return }
    log.removeSubrange(question)
    if mark >= question.upperBound { mark -= question.count }
  }

  private static let backgroundQuestion = Array("\u{1B}]11;?\u{1B}\\".utf8)

  /// Reads on, whether anything comes or not. The usual time is that of somebody who presses a key a second time and
  /// means it: a shorter pause is that of a key held down.
  package func readOn(for pause: Duration = .milliseconds(2300)) {
    let end = ContinuousClock.now + pause
    while ContinuousClock.now < end { _ = pump(timeout: end - ContinuousClock.now) }
  }

  /// Reads until the program has ended and all it wrote was read.
  package func waitForEnd(within limit: Duration = TerminalSession.patience) throws
    -> TerminationStatus
  {
    let deadline = ContinuousClock.now + limit
    while try pumpUnlessEnded(until: deadline) {
      guard ContinuousClock.now < deadline else { throw failure("still running after \(limit)") }
    }
    return try process.wait()
  }

  /// Waits until the program has ended and reads nothing of what it writes.
  package func waitForEndUnread(within limit: Duration = TerminalSession.patience) throws
    -> TerminationStatus
  {
    guard case .ready = try Poll.wait(for: [process.exitDescriptor], timeout: limit) else {
      throw TestFailure("still running after \(limit)")
    }
    return try process.wait()
  }

  /// Takes in what the program wrote.
  /// - Returns: whether anything came within `timeout`.
  @discardableResult
  package func pump(timeout: Duration) -> Bool {
    let bytes = terminal.read(timeout: timeout)
    guard !bytes.isEmpty else { return false }
    log += bytes
    let answers = screen.feed(bytes)
    if answersQueries && !answers.isEmpty { try? terminal.write(answers) }
    return true
  }

  /// Takes in what comes next.
  /// - Returns: false once the program has ended and nothing is left to read.
  private func pumpUnlessEnded(until deadline: ContinuousClock.Instant) throws -> Bool {
    let outcome = try Poll.wait(
      for: [terminal.descriptor, process.exitDescriptor],
      timeout: max(.zero, deadline - ContinuousClock.now))
    guard case .ready(let ready) = outcome else { return true }
    return pump(timeout: .zero) || !ready.contains(process.exitDescriptor)
  }

  private func failure(_ reason: String) -> TestFailure {
    let edge = "+" + String(repeating: "-", count: screen.size.columns) + "+"
    return TestFailure("\(reason)\n\(edge)\n\(screen.text)\n\(edge)\ncursor \(screen.cursor)")
  }
}
