internal import Posix

/// A picture and the files beside it that belong to it: `NAME.jpg`, `NAME.jpg.json`, `NAME.jpg.xmp`.
struct PictureFiles: Equatable {
  /// Of the picture.
  let path: String

  var directory: String { FileSystem.parent(of: path) }
  var name: String { FileSystem.name(of: path) }

  /// What follows the picture's name in the names of the files that belong to it: `.json`, `.xmp`.
  func endings() throws(PosixError) -> [String] {
    guard FileSystem.exists(directory) else { return [] }
    return try DirectoryListing(of: directory).entries.map(\.name)
      .filter { $0.hasPrefix(name + ".") }.map { String($0.dropFirst(name.count)) }.sorted()
  }

  /// Which of the files is renamed first. The picture is never in the gallery without its record.
  enum Order {
    case pictureFirst, pictureLast
  }

  /// Gives all of it another path on the same file system, each step on the disk before the next. A name that is
  /// taken there is left to its owner, for `NAME-2.jpg`.
  ///
  /// When it throws, the picture is in one of the two places, and `TrashRepair` brings the rest to it.
  func move(to newPath: String, _ order: Order) throws(PosixError) -> PictureFiles {
    let moved = PictureFiles(path: try Self.freePath(like: newPath))
    let endings = try endings()
    for ending in order == .pictureFirst ? [""] + endings : endings + [""] {
      try Self.rename(path + ending, to: moved.path + ending)
    }
    return moved
  }

  /// On the disk when this returns.
  static func rename(_ path: String, to newPath: String) throws(PosixError) {
    try FileSystem.renameWithoutReplacing(path, to: newPath)
    try FileSystem.synchronizeDirectory(FileSystem.parent(of: newPath))
    try FileSystem.synchronizeDirectory(FileSystem.parent(of: path))
  }

  private static func freePath(like path: String) throws(PosixError) -> String {
    let (directory, name) = (FileSystem.parent(of: path), FileSystem.name(of: path))
    let taken = Set(try DirectoryListing(of: directory).entries.map(\.name))
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    var candidate = name
    var number = 1
    while taken.contains(candidate) || taken.contains(GalleryLayout.record(ofPicture: candidate)) {
      number += 1
      candidate = "\(name[..<dot])-\(number)\(name[dot...])"
    }
    return directory + "/" + candidate
  }
}
