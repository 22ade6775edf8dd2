import Gallery
import Synchronization

/// The bytes of one picture on their way to disk, filled on the client's thread and saved by the archive.
final class PictureBytes: Sendable {
  /// Where they are until they are saved.
  let temporaryPath: String
  private let draft: Mutex<PictureDraft?>

  /// Opens a file that has no name yet, where it will be published.
  init(_ layout: GalleryLayout) throws(GalleryError) {
    let draft = try PictureDraft(layout, created: Timestamp.now())
    temporaryPath = draft.temporaryPath
    self.draft = Mutex(draft)
  }

  /// Takes over bytes that are here already.
  init(_ draft: consuming PictureDraft) {
    temporaryPath = draft.temporaryPath
    self.draft = Mutex(draft)
  }

  /// How many bytes have arrived.
  var count: Int {
    draft.withLock { draft in
      switch draft {
      case .some(let draft): draft.byteCount
      case .none: 0
      }
    }
  }

  func append(_ bytes: [UInt8]) throws(GalleryError) {
    let failure = draft.withLock { draft -> GalleryError? in
      do throws(GalleryError) {
        try draft?.write(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Keeps the bytes beyond this process and says where, relative to the gallery's root; nil when they
  /// are lent.
  func keep() -> String? {
    draft.withLock { $0?.keep() }
  }

  /// Lends the file to whoever saves it.
  func withDraft<Value: Sendable>(
    _ body: (inout PictureDraft) throws(GalleryError) -> sending Value
  ) throws(GalleryError) -> Value {
    let result = draft.withLock { draft -> Result<Value, GalleryError> in
      guard var taken = draft.take() else {
        return .failure(GalleryError(.notFound, "The bytes of the picture are gone."))
      }
      let result: Result<Value, GalleryError>
      do throws(GalleryError) {
        result = .success(try body(&taken))
      } catch {
        result = .failure(error)
      }
      draft = consume taken
      return result
    }
    return try result.get()
  }
}
