internal import Posix

/// A picture on its way: the bytes received so far, in a temporary file of the day it will lie in.
///
/// Removed with its bytes when it ends unfinished. After a crash the file stays at `temporaryPath`;
/// `GalleryWriter.adopt` takes it up again.
package struct PictureDraft: ~Copyable, Sendable {
  /// Nil where the reply says only later which picture of the set this is.
  package let id: PictureID?
  package let created: Timestamp
  let directory: String
  var file: PendingFile

  /// Opens a draft from any thread, for bytes whose place in the set is not known yet.
  ///
  /// Throws `noSpace` or `cannotWrite`.
  package init(
    _ layout: GalleryLayout, id: PictureID? = nil, created: Timestamp
  ) throws(GalleryError) {
    self.id = id
    self.created = created
    directory = layout.dayDirectory(created)
    do throws(PosixError) {
      try FileSystem.createDirectory(directory)
      file = try PendingFile(in: directory)
    } catch {
      throw GalleryError(writing: error)
    }
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
