internal import Posix

/// A picture on its way: the bytes received so far, in a temporary file of the day it will lie in.
///
/// Removed with its bytes when it ends unfinished. After a crash the file stays at `temporaryPath`;
/// `GalleryWriter.adopt` takes it up again.
package struct PictureDraft: ~Copyable, Sendable {
  package let id: PictureID
  package let created: Timestamp
  let directory: String
  var file: PendingFile

  init(id: PictureID, created: Timestamp, directory: String) throws(PosixError) {
    self.id = id
    self.created = created
    self.directory = directory
    file = try PendingFile(in: directory)
  }

  /// Where the bytes are now.
  package var temporaryPath: String { file.temporaryPath }

  /// Bytes received so far.
  package var byteCount: Int { file.byteCount }

  /// Adds bytes as they arrive. Throws `noSpace` or `cannotWrite`.
  package mutating func write(_ bytes: [UInt8]) throws(GalleryError) {
    do {
      try file.write(bytes)
    } catch {
      throw GalleryError(writing: error)
    }
  }
}
