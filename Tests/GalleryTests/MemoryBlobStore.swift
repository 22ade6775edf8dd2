import Gallery
import Posix
import Synchronization
import TestSupport

/// Blobs in memory.
final class MemoryBlobStore: BlobStore {
  private let kept = Mutex<[BlobID: [UInt8]]>([:])
  private let spool: TemporaryDirectory

  init() throws { spool = try TemporaryDirectory() }

  private final class Reader: BlobReader {
    let byteCount: Int
    private var left: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
      byteCount = bytes.count
      left = bytes[...]
    }

    func next(_ limit: Int) -> [UInt8] {
      defer { left = left.dropFirst(limit) }
      return Array(left.prefix(limit))
    }
  }

  func open(_ blob: BlobID) throws(GalleryError) -> any BlobReader {
    guard let bytes = kept.withLock({ $0[blob] }) else {
      throw GalleryError(.notFound, "There is no \(blob).")
    }
    return Reader(bytes)
  }

  func stage(_ blob: BlobID) throws(GalleryError) -> PendingFile {
    guard blob.isSound else {
      throw GalleryError(.notFound, "Nothing can be called \(blob).")
    }
    do {
      return try PendingFile(in: spool.path)
    } catch {
      throw GalleryError(.cannotWrite, "\(error)")
    }
  }

  func publish(
    _ file: inout PendingFile, as blob: BlobID, replacing: Bool
  ) throws(GalleryError) {
    var bytes: [UInt8] = []
    do throws(PosixError) {
      try file.forEachPiece { piece throws(PosixError) in bytes += piece }
    } catch {
      throw GalleryError(.cannotRead, "\(error)")
    }
    let isTaken = kept.withLock { kept in
      if !replacing, kept[blob] != nil { return true }
      kept[blob] = bytes
      return false
    }
    if isTaken { throw GalleryError(.alreadyThere, "There is a \(blob).") }
    do {
      // Nobody reads it: this is how a file is told that it is one.
      try file.commit(as: "published", replacing: true)
    } catch {
      throw GalleryError(.cannotWrite, "\(error)")
    }
  }

  func remove(_ blob: BlobID) { kept.withLock { $0[blob] = nil } }

  func move(picture name: String, to newName: String) throws(GalleryError) -> String {
    guard BlobID.picture(name).isSound, BlobID.picture(newName).isSound else {
      throw GalleryError(.notFound, "Nothing can be called so.")
    }
    let moved = kept.withLock { kept -> String? in
      guard kept[.picture(name)] != nil else { return nil }
      let names = [newName] + (2...99).map { "\(newName)-\($0)" }
      guard let free = names.first(where: { kept[.picture($0)] == nil }) else { return nil }
      kept[.picture(free)] = kept.removeValue(forKey: .picture(name))
      kept[.record(ofPicture: free)] = kept.removeValue(forKey: .record(ofPicture: name))
      return free
    }
    if let moved { return moved }
    throw GalleryError(.cannotWrite, "There is no \(name).")
  }

  func erase(picture name: String) throws(GalleryError) {
    guard BlobID.picture(name).isSound else {
      throw GalleryError(.notFound, "Nothing can be called so.")
    }
    remove(.record(ofPicture: name))
    remove(.picture(name))
  }

  func localPath(of blob: BlobID) -> String? { nil }
}
