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

  func localPath(of blob: BlobID) -> String? { nil }
}
