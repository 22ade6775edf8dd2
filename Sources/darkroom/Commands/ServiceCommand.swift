import App
import Posix
import Settings
import Studio

extension Command {
  /// The service itself; usually started by whoever needs it.
  static let service = Command(
    name: "service", operands: "",
    summary: "Runs the service of the gallery in the foreground; others start it by themselves.",
    details: """
      It holds the queue, talks to the providers and writes the gallery. There is one for each
      gallery. It ends by itself after ten idle minutes, and on SIGTERM when its runs are done; what
      then waits for its turn is the next service's.
      """,
    options: [
      .flag("stop", "have the running service end when its runs are done, and wait for it"),
      .value("idle", "SECONDS", "end after so long without anything to do; else 600"),
      .value("ready-fd", "N", "descriptor to close when it listens"),
    ] + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    if arguments.has("stop") { return try stop(workspace) }
    let readyDescriptor = try arguments.integer("ready-fd", in: 1...1023)
    let idle = try arguments.integer("idle", in: 1...31_536_000) ?? 600
    return try ServiceProcess.run(
      workspace, idleMilliseconds: Int64(idle) * 1000,
      readyDescriptor: readyDescriptor.map(Int32.init))
  }

  /// Returns when the service has ended, so that the gallery is free for what comes next.
  private static func stop(_ workspace: Workspace) throws -> ExitStatus {
    guard let client = try waiting({ try await workspace.runningService() }) else {
      Console.narrate("no service is running for \(workspace.gallery)")
      return .done
    }
    let greeting = try waiting { try await client.greeting() }
    // Before it is asked: afterwards the number may be that of another process.
    let watch = try ProcessWatch(Int32(greeting.processID))
    if let runs = greeting.runs, runs > 0 {
      Console.narrate("the service ends when its runs are done: \(runs)")
    }
    _ = try unlessGone { () throws(StudioError) in
      try await client.stop()
      return nil
    }
    var told = greeting.waitsFor
    if let told { Console.narrate(told + advice) }
    // It may be stopped while it is waited for, and would be waited for in vain.
    while try Poll.wait(for: [watch.descriptor], timeout: .seconds(5)) == .timedOut {
      let said = try unlessGone { () throws(StudioError) in try await client.greeting().waitsFor }
      if let said, said != told { Console.narrate(said + advice) }
      told = said
    }
    return .done
  }

  /// What the user who waits for it can do.
  private static let advice = " It ends when a disk takes them: make room, or mount the disk again."

  /// With nothing to do it may be gone before its answer is out.
  private static func unlessGone(
    _ ask: @escaping @Sendable () async throws(StudioError) -> String?
  ) throws -> String? {
    try waiting {
      do throws(StudioError) {
        return try await ask()
      } catch {
        guard error.code == .unreachable else { throw error }
        return nil
      }
    }
  }
}
