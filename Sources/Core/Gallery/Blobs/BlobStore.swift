package import Posix

/// What names bytes of a gallery, whatever keeps them.
package enum BlobID: Hashable, Sendable {
  /// A picture by the name that the index has (`PictureRecord.path`).
  case picture(String)
  /// The birth record of a picture, by the picture's name.
  case record(ofPicture: String)
  /// An input picture by the hash of its bytes: 64 lower-case hex digits.
  case reference(sha256: String)
  /// A small view of a picture, which may be lost at any time.
  case thumbnail(ThumbnailName)

  /// Whether a blob can be called so: a name of the gallery leads nowhere else, a hash has 64 lower-case hex digits.
  package var isSound: Bool {
    switch self {
    case .picture(let name), .record(let name):
      !name.split(separator: "/", omittingEmptySubsequences: false)
        .contains { $0.isEmpty || $0 == "." || $0 == ".." }
    case .reference(let hash):
      hash.utf8.count == 64
        && hash.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    case .thumbnail: true
    }
  }
}

/// Bytes that are read from their beginning to their end.
///
/// Not `Sendable`: for one reader. Every call may wait for the disk.
package protocol BlobReader: AnyObject {
  /// Of all of it, when it was opened.
  var byteCount: Int { get }

  /// The next bytes, at most `limit`; none at the end. Throws `cannotRead`.
  func next(_ limit: Int) throws(GalleryError) -> [UInt8]
}

/// What keeps the bytes of a gallery: pictures, their records, references, thumbnails. A blob is there whole or not
/// at all. Its bytes are never changed where they are: a `publish` that says so puts others in their place, and who
/// has begun to read goes on with those that were there.
///
/// Any thread may call it; every call may wait for the disk. Which pictures there are says the index.
package protocol BlobStore: Sendable {
  /// Throws `notFound` or `cannotRead`.
  func open(_ blob: BlobID) throws(GalleryError) -> any BlobReader

  /// A file for bytes that are to become a blob, which nobody sees before; removed if it is given up.
  ///
  /// Throws `noSpace` or `cannotWrite`, and `notFound` for a name that is not sound.
  func stage(_ blob: BlobID) throws(GalleryError) -> PendingFile

  /// Makes a blob of a staged file, or of the file of a `StagedPicture`; on the disk when this returns, but for a
  /// thumbnail.
  ///
  /// When it returns, the file `isPublished`; when it throws, that says how far it came. If false, the file is still pending, and another name can
  /// be tried. If true, it has its name, but a power cut may take it away again.
  ///
  /// Throws `noSpace`, `cannotWrite`, or `alreadyThere` for a name that is taken.
  ///
  /// - Parameter replacing: Takes the place of what has the name, in one step.
  func publish(
    _ file: inout PendingFile, as blob: BlobID, replacing: Bool
  ) throws(GalleryError)

  /// Removes a blob for good; nothing happens where there is none. Throws `cannotWrite`.
  func remove(_ blob: BlobID) throws(GalleryError)

  /// Gives a picture another name, with its record and all else that belongs to it: into the trash, or out of it. Where
  /// the name is taken, it gets a like one.
  ///
  /// When it throws, the picture has one of its names, and what belongs to it perhaps the other, which the store brings
  /// together when it is opened next, as `TrashRepair` does for files. In the gallery it is never without its record.
  /// Throws what writing throws, also where there is no such picture.
  ///
  /// - Returns: The name it has now.
  func move(picture name: String, to newName: String) throws(GalleryError) -> String

  /// Removes a picture for good, and all that belongs to it, the picture last. Throws `cannotWrite`.
  func erase(picture name: String) throws(GalleryError)

  /// The file that has a blob, whether or not it is there: for decoders, for `sendfile`, and for people. Nil where
  /// there are no files, for a name that is none, and where a link leads out of the gallery.
  func localPath(of blob: BlobID) -> String?
}

extension BlobStore {
  /// All bytes of a blob. Throws `notFound`, `cannotRead`, or `tooLarge` beyond `limit`.
  package func read(_ blob: BlobID, limit: Int) throws(GalleryError) -> [UInt8] {
    let reader = try open(blob)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(reader.byteCount, limit))
    while bytes.count <= limit, reader.byteCount <= limit {
      let more = try reader.next(limit - bytes.count + 1)
      if more.isEmpty { return bytes }
      bytes += more
    }
    throw GalleryError(.tooLarge, "\(shown(blob)) has more than \(limit) bytes.")
  }

  /// Keeps bytes as a blob. Throws what `stage` and `publish` throw.
  package func write(
    _ bytes: [UInt8], as blob: BlobID, replacing: Bool = false
  ) throws(GalleryError) {
    var file = try stage(blob)
    do {
      try file.write(bytes)
    } catch {
      // The caller knows the name it asked for, not the temporary one.
      throw GalleryError(writing: PosixError("write", path: localPath(of: blob), code: error.code))
    }
    try publish(&file, as: blob, replacing: replacing)
  }

  /// What a sentence calls a blob.
  func shown(_ blob: BlobID) -> String {
    if let path = localPath(of: blob) { return printable(path) }
    switch blob {
    case .picture(let name): return "the picture \(printable(name))"
    case .record(let name): return "the record of \(printable(name))"
    case .reference(let hash): return "the reference \(printable(hash))"
    case .thumbnail: return "the view of a picture"
    }
  }
}
