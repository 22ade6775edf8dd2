import App
import Gallery
import HTTP
import Posix
import Settings
import Studio

/// Where a service can be reached: its socket, and the note in the gallery that says where that is.
///
/// A service outlives the session that started it, and the runtime directory of a user goes with the
/// last session (pam_systemd(8)): it then listens somewhere else.
struct ServiceEndpoint: ~Copyable {
  private let workspace: Workspace
  private let studio: Studio
  private let onStop: @Sendable () -> Void
  private var socket: String
  /// The last one is open to newcomers; those before still have their listeners.
  private var servers: [ControlServer]
  /// Nil where the directory cannot be watched: then nothing is noticed.
  private var watch: DirectoryWatch?

  /// Listens; whoever knocks is answered from now on.
  init(
    _ workspace: Workspace, _ studio: Studio, onStop: @escaping @Sendable () -> Void
  ) throws {
    let socket = try workspace.paths.controlSocket()
    let server = try Self.server(workspace, studio, socket, onStop)
    self.workspace = workspace
    self.studio = studio
    self.onStop = onStop
    self.socket = socket
    servers = [server]
    watch = try? DirectoryWatch(FileSystem.parent(of: socket))
    writeNote()
  }

  /// For `Poll.wait`: readable when the socket may have gone.
  var descriptors: [Int32] {
    switch watch {
    case .some(let watch): [watch.descriptor]
    case nil: []
    }
  }

  /// Listens elsewhere where the socket was taken away.
  mutating func reopenIfGone() {
    watch?.clear()
    guard !FileSystem.exists(socket) else { return }
    do {
      let place = try workspace.paths.controlSocket()
      servers.append(try Self.server(workspace, studio, place, onStop))
      socket = place
      watch = try? DirectoryWatch(FileSystem.parent(of: place))
      writeNote()
      Console.narrate("the socket was taken away; listening at \(place)")
    } catch {
      // Asked again whenever something happens; the runs do not depend on it.
      watch = nil
      Console.narrate("nobody can reach this service: \(Failures.sentence(error))")
    }
  }

  /// Ends all connections and takes the sockets away. The note goes first: whoever loses a connection
  /// and finds a note has lost a service that did not mean to end.
  func close() {
    try? FileSystem.remove(GalleryLayout(root: workspace.gallery).socketNote)
    for server in servers { server.stop() }
  }

  private static func server(
    _ workspace: Workspace, _ studio: Studio, _ socket: String,
    _ onStop: @escaping @Sendable () -> Void
  ) throws -> ControlServer {
    try ControlServer(
      studio: studio,
      greeting: ServiceGreeting(
        version: Version.number, processID: Int(ThisProcess.identifier),
        gallery: (try? FileSystem.realPath(workspace.gallery)) ?? workspace.gallery,
        network: NetworkSettings.own()),
      socket: socket, onStop: onStop)
  }

  /// Whoever has another runtime directory, or another path of the gallery, finds the socket by it.
  private func writeNote() {
    let note = GalleryLayout(root: workspace.gallery).socketNote
    try? DurableFile.write(Array(socket.utf8), to: note, mode: 0o600, replacing: true)
  }
}
