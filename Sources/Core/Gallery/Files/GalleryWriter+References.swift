internal import Hashing
package import Seedream

extension GalleryWriter {
  /// Keeps an input picture under the hash of its bytes; one that is there already is not written
  /// again.
  ///
  /// - Parameter origin: Where it came from: a path, or the id of a picture.
  ///
  /// Throws `notAPicture` or `tooLarge` with a sentence that names `origin`, else what writing throws.
  package func storeReference(
    _ bytes: [UInt8], origin: String, limits: ReferenceLimits = ReferenceLimits()
  ) throws(GalleryError) -> StoredReference {
    let format = try limits.format(of: bytes, named: origin)
    return try keep(bytes, format, origin: origin)
  }

  /// Keeps the picture in a file.
  package func storeReference(
    file path: String, limits: ReferenceLimits = ReferenceLimits()
  ) throws(GalleryError) -> StoredReference {
    let (bytes, format) = try limits.read(file: path)
    return try keep(bytes, format, origin: path)
  }

  private func keep(
    _ bytes: [UInt8], _ format: ImageFormat, origin: String
  ) throws(GalleryError) -> StoredReference {
    let reference = StoredReference(
      sha256: SHA256.hexDigest(of: bytes), format: format, byteCount: bytes.count, origin: origin)
    try keep(bytes, as: reference)
    return reference
  }

  private func keep(_ bytes: [UInt8], as reference: StoredReference) throws(GalleryError) {
    let blob = BlobID.reference(sha256: reference.sha256)
    if let kept = try? blobs.open(blob), kept.byteCount == bytes.count { return }
    // One of another size under this hash is damaged: the right bytes take its place.
    try blobs.write(bytes, as: blob, replacing: true)
  }
}
