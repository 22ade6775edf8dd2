internal import Hashing
package import Posix

/// The name of one small view of one picture.
package struct ThumbnailName: Hashable, Sendable {
  /// A file name.
  package let text: String

  /// Of a picture in a file that is there now: by the hash of the picture, which the index knows, with the size of
  /// the file and the time when it was changed. One that was moved, copied or restored with its time keeps the name;
  /// one that was changed by whomever has another.
  ///
  /// - Parameters:
  ///   - imageHash: Of the picture as it came; where it is not known, the place of the file on the disk is in its
  ///     stead.
  ///   - form: What kind of view it is; letters, digits and `-`.
  package init(of file: FileInformation, imageHash: String? = nil, form: String) {
    let picture = imageHash ?? "\(file.identity.device) \(file.identity.inode)"
    let facts = "\(picture) \(file.size) \(file.modified.bitPattern)"
    text = SHA256.hexDigest(of: facts.utf8) + "-" + form
  }
}
