import Gallery
import Posix
import Settings
import Studio
import Synchronization

/// Finds the service of a gallery, or starts one that outlives this process and its terminal.
struct ServiceLauncher {
  let workspace: Workspace

  /// A client of the service that runs, or was just started.
  /// - Throws: `unreachable` with the sentence the service died with.
  func client() async throws(StudioError) -> StudioClient {
    if let client = try await runningClient() { return client }
    // Two that start one at the same time would each find the other's in the way.
    let turn = try await turnToStart()
    defer { turn.end() }
    if let client = try await runningClient() { return client }
    let said = try await start()
    if let client = try await runningClient() { return client }
    throw StudioError(
      .unreachable, said.isEmpty ? "The service did not start." : said)
  }

  /// A client of the service that runs; nil where none answers.
  func runningClient() async throws(StudioError) -> StudioClient? {
    if let client = try await client(on: try socket()) { return client }
    // A service outlives the session that started it, and with it the runtime directory.
    let note = GalleryLayout(root: workspace.gallery).socketNote
    guard let bytes = try? FileSystem.read(note, limit: 200) else { return nil }
    return try await client(on: String(decoding: bytes, as: UTF8.self))
  }

  private func client(on socket: String) async throws(StudioError) -> StudioClient? {
    guard socket.hasPrefix("/"), FileSystem.exists(socket) else { return nil }
    let client = try StudioClient(socket: socket)
    do {
      _ = try await client.greeting()
      return client
    } catch {
      if error.code == .unreachable { return nil }
      throw error
    }
  }

  /// Without the variables that hold keys: those come over the socket with the jobs that need them.
  private var environment: [String: String] {
    Environment.all.filter { !workspace.settings.keyVariables.contains($0.key) }
  }

  private func turnToStart() async throws(StudioError) -> Turn {
    let path = try socket() + ".lock"
    do {
      return try await blocking { () throws(PosixError) in Turn(try FileLock.acquire(path: path)) }
    } catch {
      throw StudioError(.unreachable, "The service cannot be started: \(error).")
    }
  }

  private func socket() throws(StudioError) -> String {
    do {
      return try workspace.places.controlSocket()
    } catch {
      throw StudioError(.unreachable, "The service cannot be reached: \(error).")
    }
  }

  /// Starts a service and waits until it listens or has given up; returns what it said.
  private func start() async throws(StudioError) -> String {
    do {
      let ready = try Pipe()
      try workspace.places.makeStateDirectory()
      let descriptor = ready.writingEnd.number
      var words = ["service", "--gallery", workspace.gallery, "--ready-fd", "\(descriptor)"]
      if FileSystem.exists(workspace.configurationFile) {
        words += ["--config", workspace.configurationFile]
      }
      _ = try Posix.Command(
        workspace.executable, words, environment: environment, keptDescriptors: [descriptor]
      )
      .spawnDetached(log: workspace.places.serviceLog)
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
        return String(decoding: said, as: UTF8.self).trimmingWhitespace()
      }
    } catch {
      throw StudioError(.unreachable, "The service cannot be started: \(error).")
    }
  }
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
