import Posix
import Settings
package import Studio
import Synchronization

/// What somebody wants of a service.
package enum ServiceNeed {
  /// An answer: any service of the gallery will do, also an older one or one that is ending.
  case anAnswer
  /// That it takes jobs: one that is ending or older finishes its runs, and then a new one is started.
  case takingJobs
}

/// A service whose end is waited for.
package struct ServiceWait: Sendable {
  package let client: StudioClient
  /// For the user who waits.
  package let sentence: String
}

/// Finds the service of a gallery, or starts one that outlives this process and its terminal.
struct ServiceLauncher {
  let workspace: Workspace
  /// Called before an older service's end is waited for.
  let onWait: @Sendable (ServiceWait) async -> Void

  /// How long a gallery that is in use is taken for one whose service comes or goes.
  private static let patience = Duration.seconds(15)

  /// A client of the service that runs, or was just started.
  /// - Throws: `unreachable` with the sentence the service died with, `notAnswering` where there is one
  ///   that says nothing.
  func client(_ need: ServiceNeed) async throws(StudioError) -> StudioClient {
    if let client = try await found(need) { return client }
    // Two that start one at the same time would each find the other's in the way.
    let turn = try await turnToStart()
    defer { turn.end() }
    let deadline = ContinuousClock.now + Self.patience
    while true {
      if let client = try await found(need) { return client }
      let said = try await start()
      if let client = try await found(need) { return client }
      guard said.isGalleryInUse, ContinuousClock.now < deadline else {
        throw StudioError(
          .unreachable, said.sentence.isEmpty ? "The service did not start." : said.sentence)
      }
      await pause(.milliseconds(100))
    }
  }

  /// A client of the service that runs, if it is of use; waits for the end of one that is not.
  private func found(_ need: ServiceNeed) async throws(StudioError) -> StudioClient? {
    guard let running = try await ServiceLocator(workspace: workspace).running() else { return nil }
    if need == .anAnswer { return running.client }
    let isEnding = running.greeting.isEnding ?? false
    guard isEnding || isOlder(running.greeting) else { return running.client }
    if !isEnding {
      do {
        try await running.client.stop()
      } catch {
        // Without runs it is gone before its answer is.
        guard error.code == .unreachable else { throw error }
      }
    }
    try await waitForEnd(of: running)
    return nil
  }

  /// One whose version cannot be read is left alone.
  private func isOlder(_ greeting: ServiceGreeting) -> Bool {
    guard let its = ProgramVersion(greeting.version), let own = ProgramVersion(Version.number)
    else {
      return false
    }
    return its < own
  }

  private func waitForEnd(of service: RunningService) async throws(StudioError) {
    var isTold = false
    while true {
      let greeting: ServiceGreeting
      do {
        greeting = try await service.client.greeting()
      } catch {
        if error.code == .unreachable { return }
        throw error
      }
      // Another one has begun in its place.
      if greeting.processID != service.greeting.processID { return }
      if !isTold, greeting.runs != 0 || greeting.waitsFor != nil {
        isTold = true
        await onWait(ServiceWait(client: service.client, sentence: sentence(greeting)))
      }
      await pause(.milliseconds(200))
    }
  }

  private func sentence(_ greeting: ServiceGreeting) -> String {
    if greeting.runs == 0, let waitsFor = greeting.waitsFor {
      return
        "\(waitsFor) The service ends when a disk takes it: make room, or mount the disk again."
    }
    let runs =
      switch greeting.runs {
      case nil: "its runs"
      case 1?: "a run"
      case let count?: "\(count) runs"
      }
    let whose = isOlder(greeting) ? "The service of version \(greeting.version)" : "The service"
    return "\(whose) finishes \(runs), then one of version \(Version.number) takes over."
  }

  // MARK: Starting

  /// Without the variables that hold keys: those come over the socket with the jobs that need them.
  private var environment: [String: String] {
    Environment.all.filter { !workspace.settings.keyVariables.contains($0.key) }
  }

  private func turnToStart() async throws(StudioError) -> Turn {
    let path = try ServiceLocator(workspace: workspace).socket() + ".lock"
    let deadline = ContinuousClock.now + .seconds(60)
    do {
      while true {
        if let lock = try FileLock.tryAcquire(path: path) { return Turn(lock) }
        guard ContinuousClock.now < deadline else { break }
        await pause(.milliseconds(20))
      }
    } catch {
      throw StudioError(.unreachable, "The service cannot be started: \(error).")
    }
    throw StudioError(
      .notAnswering,
      "Another darkroom has been starting the service for a minute: it is stopped, or hangs.")
  }

  /// Starts a service and waits until it listens or has given up.
  private func start() async throws(StudioError) -> StartupResult {
    do {
      let ready = try Pipe()
      let descriptor = ready.writingEnd.number
      var words = ["service", "--gallery", workspace.gallery, "--ready-fd", "\(descriptor)"]
      if FileSystem.exists(workspace.configurationFile) {
        words += ["--config", workspace.configurationFile]
      }
      // A home that cannot be written costs the log and not the service.
      let hasState = (try? workspace.paths.makeStateDirectory()) != nil
      var command = workspace.serviceProgram(words)
      command.keptDescriptors = [descriptor]
      if command.environment == nil {
        command.environment = environment
        command.rawEnvironment = Environment.unreadable
          .filter { !workspace.settings.keyVariables.contains($0.key) }.map(\.value)
      }
      _ = try command.spawnDetached(log: hasState ? workspace.paths.serviceLog : nil)
      let readingEnd = ready.keepReadingEnd()
      return try await blocking { () throws(PosixError) in
        var said: [UInt8] = []
        // The service closes its end when it listens, or when it ends.
        while said.count < 1 << 16 {
          guard case .ready = try Poll.wait(for: [readingEnd.number], timeout: .seconds(20)) else {
            break
          }
          let more = try readingEnd.read(upTo: 4096)
          if more.isEmpty { break }
          said += more
        }
        return StartupResult(received: String(decoding: said, as: UTF8.self))
      }
    } catch {
      throw StudioError(.unreachable, "The service cannot be started: \(error).")
    }
  }
}

/// Lets time pass without a timer of Dispatch, which would wake an idle program ever after.
func pause(_ duration: Duration) async {
  _ = try? await blocking { () throws(PosixError) in try Poll.wait(for: [], timeout: duration) }
}

/// The right to start the service of a gallery, until `end`.
private final class Turn: Sendable {
  private let lock: Mutex<FileLock?>

  init(_ lock: consuming sending FileLock) {
    self.lock = Mutex(lock)
  }

  func end() {
    lock.withLock { $0 = nil }
  }
}

/// What a service that was started says through its `--ready-fd`: nothing where all is well, else why it
/// ended.
package struct StartupResult: Equatable {
  /// One sentence for a user; empty where all is well.
  var sentence: String
  /// Whether another process works on the gallery, which may be a service that is just coming or going.
  var isGalleryInUse: Bool

  private static let mark: Character = "!"

  package init(_ sentence: String, isGalleryInUse: Bool) {
    self.sentence = sentence
    self.isGalleryInUse = isGalleryInUse
  }

  /// As received.
  init(received text: String) {
    isGalleryInUse = text.first == Self.mark
    sentence = text.dropFirst(isGalleryInUse ? 1 : 0).split(separator: "\n").joined(separator: " ")
  }

  /// As sent.
  package var text: String { (isGalleryInUse ? String(Self.mark) : "") + sentence + "\n" }
}
