import App
import Gallery
import Gateway
import Posix
import Seedream
import Settings
import Studio

extension Recorder {
  /// Records in the gallery of a workspace, with its provider; starts the service where none runs.
  ///
  /// - Throws: One sentence where there is no key, or the gallery cannot be written.
  init(_ workspace: Workspace) async throws {
    let connection = ServiceConnection(workspace: workspace)
    // Once, not for every request: a key may come from a command that asks a user.
    let order = try await workspace.submission(
      workspace.request(), provider: workspace.providerName)
    try await connection.connect()
    let key = try AddressKey(workspace.layout)
    let pictures = try PictureLookup(workspace)
    let profile = workspace.choice.profile
    self.init(
      submit: { request, fingerprint throws(RecordingError) in
        let request = profile.namingFamily(of: request)
        let submission = JobSubmission(
          request: request, provider: order.provider, key: order.key, fingerprint: fingerprint,
          notices: workspace.lifeProblem(of: request, at: profile).map { [$0.message] })
        do throws(StudioError) {
          // Under a client's name a second hand-over may buy twice.
          return try await connection.submit(submission, joins: false)
        } catch {
          throw RecordingError(error)
        }
      },
      follow: { await connection.follow($0) },
      file: { await pictures.file(of: $0) },
      sign: { key.signature(of: $0) },
      isSignature: { key.isSignature($0, of: $1) })
  }
}

extension RecordedFile {
  /// Nil for a name that is not a picture's.
  fileprivate init?(_ path: String, byteCount: Int) {
    guard let dot = path.lastIndex(of: "."),
      let format = FileFormat(fileExtension: path[path.index(after: dot)...])
    else { return nil }
    self.init(path: path, byteCount: byteCount, format: format.image)
  }
}

extension RecordingError {
  /// Why there is no job of a request that was to be handed to the service.
  fileprivate init(_ error: StudioError) {
    switch error.code {
    case .refused: self.init(.refused(error.problems), error.message)
    case .overBudget: self.init(.overBudget, error.message)
    case .unclear: self.init(.unclear, error.message)
    case .noSuchJob, .notPossible, .gallery, .inUse, .ending, .unreachable, .notAnswering,
      .badAnswer:
      self.init(.notTaken, error.message)
    }
  }
}

/// Finds files of the gallery's pictures, on a thread of its own: the index may wait for the disk.
private actor PictureLookup {
  private nonisolated let queue: WorkQueue
  private let index: any PictureIndex
  /// By paths without links in that of the gallery.
  private let blobs: any BlobStore

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  init(_ workspace: Workspace) throws(PosixError) {
    queue = try WorkQueue()
    let gallery = GalleryAccess(
      GalleryLayout(root: try FileSystem.realPath(workspace.gallery)))
    index = gallery.makeIndex()
    blobs = gallery.blobs
  }

  /// - Parameter id: The whole one. Nil for a picture that is not there, or lies in the trash.
  func file(of id: String) -> RecordedFile? {
    guard let whole = PictureID(id), let picture = try? index.picture(id), picture.id == whole,
      let path = blobs.localPath(of: .picture(picture.path))
    else { return nil }
    // Whoever puts a link in a picture's place must not have this process read what it leads to.
    guard let descriptor = try? FileDescriptor(readingWithoutLinks: path),
      let file = try? FileInformation(of: descriptor), file.kind == .file
    else { return nil }
    return RecordedFile(path, byteCount: file.size)
  }
}
