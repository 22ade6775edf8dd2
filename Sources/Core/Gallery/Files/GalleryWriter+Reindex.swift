internal import Hashing
internal import Posix
internal import Seedream

extension GalleryWriter {
  /// Rebuilds the index from pictures and records, and gives every picture a record.
  ///
  /// Readers see the old index until the new one is complete.
  ///
  /// - Parameter birth: What the journal knows of a picture that has no record.
  @discardableResult
  package func reindex(
    birth: (PictureID) -> Birth? = { _ in nil }
  ) throws(GalleryError) -> MendReport {
    do {
      return try withoutActuallyEscaping(birth) { birth in
        let scan = try GalleryScan(layout, birth: birth)
        try index.replaceAll(scan.records.sorted { ($0.created, $0.path) < ($1.created, $1.path) })
        return scan.report
      }
    } catch {
      throw GalleryIndex.error(error, layout.index)
    }
  }
}

extension FileFacts {
  /// The facts of a picture that lies in the gallery.
  init(reading path: String) throws(GalleryError) {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, limit: GalleryWriter.maximumPictureBytes)
    } catch {
      throw GalleryError(reading: error)
    }
    let header = try PictureCheck.header(bytes, of: printable(path))
    let hash = SHA256.hexDigest(of: bytes)
    self.init(
      name: FileSystem.name(of: path), format: header.format, width: header.width,
      height: header.height, byteCount: bytes.count, sha256: hash, receivedSHA256: hash)
  }
}
