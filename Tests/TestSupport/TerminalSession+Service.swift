import FoundationEssentials

extension TerminalSession {
  /// Reads until the front end hears what its service tells: nothing on the screen says so. The thread that listens has
  /// the name of what it listens to.
  package func waitForService() throws {
    let deadline = ContinuousClock.now + Self.patience
    while !threads.contains("events") || screen.contains("lost") {
      guard ContinuousClock.now < deadline else { throw TestFailure("no service") }
      pump(timeout: .milliseconds(20))
    }
  }

  /// The names of the program's threads, proc_pid_task(5).
  private var threads: [String] {
    let directory = "/proc/\(processIdentifier)/task"
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return numbers.compactMap { number in
      (try? String(contentsOfFile: "\(directory)/\(number)/comm", encoding: .utf8)).map {
        String($0.prefix { !$0.isNewline })
      }
    }
  }
}
