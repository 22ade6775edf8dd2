internal import Hashing
package import Posix

/// The name of one small view of one picture.
package struct ThumbnailName: Hashable, Sendable {
  /// A file name.
  package let text: String

  /// Of a file that is there now: by where it lies on the disk, its size and when it was changed, so that a file
  /// in its place has another name, and one that was only moved the same.
  ///
  /// - Parameter form: What kind of view it is; letters, digits and `-`.
  package init(of file: FileInformation, form: String) {
    let facts =
      "\(file.identity.device) \(file.identity.inode) \(file.size) \(file.modified.bitPattern)"
    text = SHA256.hexDigest(of: facts.utf8) + "-" + form
  }
}
