import FoundationEssentials

extension TerminalSession {
  /// Reads until the front end hears what its service tells: nothing on the screen says so.
  ///
  /// A request of its own has a connection for a moment, the events have one that stays.
  package func waitForService() throws {
    var seen: (connections: Set<String>, looks: Int) = ([], 0)
    let deadline = ContinuousClock.now + Self.patience
    while seen.looks < 4 || screen.contains("lost") {
      guard ContinuousClock.now < deadline else { throw TestFailure("no service") }
      pump(timeout: .milliseconds(20))
      let now = connections
      let staying = seen.connections.intersection(now)
      seen = staying.isEmpty ? (now, 0) : (staying, seen.looks + 1)
    }
  }

  /// The sockets it has open, by the kernel's names for them.
  private var connections: Set<String> {
    let directory = "/proc/\(processIdentifier)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let targets = names.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\($0)")
    }
    return Set(targets.filter { $0.hasPrefix("socket:") })
  }
}
