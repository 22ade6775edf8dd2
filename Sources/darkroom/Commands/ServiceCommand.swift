import Gallery
import Glibc
import HTTP
import Posix
import Settings
import Studio
import Synchronization

extension Command {
  /// The service itself; usually started by whoever needs it.
  static let service = Command(
    name: "service", operands: "",
    summary: "Runs the service of the gallery in the foreground; others start it by themselves.",
    details: """
      It holds the queue, talks to the providers and writes the gallery. There is one for each
      gallery. It ends by itself after ten idle minutes, and on SIGTERM when its runs are done.
      """,
    options: [
      .flag("stop", "have the running service end when its runs are done, and wait for it"),
      .value("ready-fd", "N", "descriptor to close when it listens"),
    ] + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    if arguments.has("stop") { return try stop(workspace) }
    let readyDescriptor = try arguments.integer("ready-fd", in: 1...1023)
    return try ServiceProcess.run(workspace, readyDescriptor: readyDescriptor.map(Int32.init))
  }

  /// Returns when the service has ended, so that the gallery is free for what comes next.
  private static func stop(_ workspace: Workspace) throws -> ExitStatus {
    guard let client = try waiting({ try await workspace.runningService() }) else {
      Console.narrate("no service is running for \(workspace.gallery)")
      return .done
    }
    let process = try waiting { Int32(try await client.greeting().processID) }
    // Before it is asked: afterwards the number may be that of another process.
    let watch = try ProcessWatch(process)
    let running = try waiting { try await client.jobs().count { !$0.state.isFinal } }
    if running > 0 {
      Console.narrate("the service ends when its jobs under way are done: \(running)")
    }
    try waiting {
      do throws(StudioError) {
        try await client.stop()
      } catch {
        // With nothing to do it may be gone before its answer is out.
        guard error.code == .unreachable else { throw error }
      }
    }
    _ = try Poll.wait(for: [watch.descriptor])
    return .done
  }
}

/// The service as a process: opens the gallery, listens, and ends when it is idle or asked to.
enum ServiceProcess {
  /// How long nothing must happen before the service ends by itself, in milliseconds.
  private static let idleMilliseconds: Int64 = 600_000

  private enum Event: Sendable {
    case stopAsked
    case drained
  }

  static func run(_ workspace: Workspace, readyDescriptor: Int32?) throws -> ExitStatus {
    let signals = try Signals([.terminate, .interrupt, .hangUp])
    _ = try? ThisProcess.raiseDescriptorLimit()
    ThisProcess.forbidCoreDumps()
    let mailbox = try Mailbox<Event>()
    let server: ControlServer
    let studio: Studio
    do {
      (studio, server) = try open(workspace, mailbox)
    } catch {
      let sentence = Failures.sentence(error)
      if let readyDescriptor { Console.write(sentence + "\n", to: readyDescriptor) }
      Console.narrate(sentence)
      return .failed
    }
    if let readyDescriptor { close(readyDescriptor) }
    for fault in studio.faults { Console.narrate(fault) }
    Console.narrate("service of \(workspace.gallery) is ready, process \(ThisProcess.identifier)")
    try serve(studio, signals: signals, mailbox: mailbox)
    server.stop()
    Console.narrate("service of \(workspace.gallery) has ended")
    return .done
  }

  private static func open(
    _ workspace: Workspace, _ mailbox: Mailbox<Event>
  ) throws -> (Studio, ControlServer) {
    let gallery = workspace.gallery
    let catalogue = workspace.catalogue
    let reducer = ReferenceReducer(executable: workspace.executable, arguments: ["reduce"])
    let studio = try waiting {
      try await Studio(
        gallery: gallery, catalogue: catalogue, program: Version.program,
        options: StudioOptions(
          parallel: workspace.parallelJobs, reducer: reducer,
          stateDirectory: workspace.places.stateDirectory,
          keys: { await workspace.keyOfConfiguration(for: $0) },
          budget: { () async throws(StudioError) in try workspace.currentBudget() }))
    }
    let socket = try workspace.places.controlSocket()
    let server = try ControlServer(
      studio: studio,
      greeting: ServiceGreeting(
        version: Version.number, processID: Int(ThisProcess.identifier),
        gallery: (try? FileSystem.realPath(gallery)) ?? gallery),
      socket: socket, onStop: { mailbox.send(.stopAsked) })
    // Whoever has another runtime directory, after a logout or under sudo, finds the socket here.
    try? DurableFile.write(
      Array(socket.utf8), to: GalleryLayout(root: gallery).socketNote, mode: 0o600, replacing: true)
    return (studio, server)
  }

  /// Sleeps until it is time to end. A hangup of the terminal is no reason: requests outlive it.
  private static func serve(
    _ studio: Studio, signals: borrowing Signals, mailbox: Mailbox<Event>
  ) throws {
    var isEnding = false
    while true {
      let outcome = try Poll.wait(
        for: [signals.descriptor, mailbox.descriptor],
        timeout: isEnding ? nil : .milliseconds(idleMilliseconds))
      if outcome == .timedOut, !studio.hasListeners, try waiting({ await studio.mayEnd() }) {
        return
      }
      let asked = try signals.drain().contains { $0 != .hangUp }
      for event in mailbox.drain() + (asked ? [.stopAsked] : []) {
        switch event {
        case .drained: return
        case .stopAsked where isEnding: break
        case .stopAsked:
          isEnding = true
          Task.detached {
            await studio.drain()
            mailbox.send(.drained)
          }
        }
      }
    }
  }
}
