import Gallery
import Posix
import Settings
package import Studio

/// A service that answers.
package struct RunningService {
  package let client: StudioClient
  package let greeting: ServiceGreeting
}

/// Finds the running service of a gallery.
///
/// The socket lies where `Paths` puts it. A service outlives the session that started it, though, and
/// may be known to others under another path of the gallery: so it also leaves a note in the gallery.
package struct ServiceLocator {
  let workspace: Workspace

  /// How long a service may take to say what it is; one that is well answers at once.
  let patience: Duration

  package init(workspace: Workspace, patience: Duration = .seconds(10)) {
    self.workspace = workspace
    self.patience = patience
  }

  /// The service that runs; nil where none answers.
  /// - Throws: `notAnswering` where there is one that says nothing.
  package func running() async throws(StudioError) -> RunningService? {
    if let running = try await running(on: try socket(), isOwn: true) { return running }
    guard let note = try? FileSystem.readFile(layout.socketNote, limit: 4096) else { return nil }
    guard let path = String(validating: note, as: UTF8.self) else { return nil }
    return try await running(on: path, isOwn: false)
  }

  /// Where the socket of the gallery's service lies.
  func socket() throws(StudioError) -> String {
    do {
      return try workspace.paths.controlSocket()
    } catch {
      throw StudioError(.unreachable, "The service cannot be reached: \(error).")
    }
  }

  private var layout: GalleryLayout { GalleryLayout(root: workspace.gallery) }

  private func running(
    on socket: String, isOwn: Bool
  ) async throws(StudioError) -> RunningService? {
    guard socket.isAbsolutePath, isTrusted(socket) else { return nil }
    let client = StudioClient(
      socket: socket,
      budget: { [workspace] () throws(StudioError) in try workspace.currentBudget() })
    do {
      let greeting = try await client.greeting(within: patience)
      return isOfThisGallery(greeting, isOwn: isOwn)
        ? RunningService(client: client.known(as: greeting.processID), greeting: greeting) : nil
    } catch {
      switch error.code {
      case .unreachable: return nil
      case .badAnswer:
        throw StudioError(
          .badAnswer,
          "The service of this gallery is of a version of Darkroom that this one (\(Version.number)) "
            + "cannot talk to: use that version, or end the service with it.")
      default: throw error
      }
    }
  }

  /// Keys go through the socket: it must be this user's. A note in a gallery could name any.
  private func isTrusted(_ socket: String) -> Bool {
    guard let owner = try? FileInformation(of: socket, followingLinks: false).owner else {
      return false
    }
    if owner == ThisProcess.user { return true }
    // The superuser in somebody's gallery works with that user's service.
    return ThisProcess.user == 0 && owner == (try? FileInformation(of: workspace.gallery).owner)
  }

  /// A copied gallery has a copied note.
  private func isOfThisGallery(_ greeting: ServiceGreeting, isOwn: Bool) -> Bool {
    guard let here = try? FileInformation(of: workspace.gallery).identity,
      let there = try? FileInformation(of: greeting.gallery).identity
    else { return isOwn }
    return here == there
  }
}
