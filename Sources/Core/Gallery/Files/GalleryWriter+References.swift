internal import Hashing
internal import Posix
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
    let name = printable(Address.withoutSecrets(origin))
    let header = try PictureCheck.header(bytes, of: name)
    guard bytes.count <= limits.maximumBytes else {
      throw GalleryError(
        .tooLarge,
        "\(name) has \(megabytes(bytes.count)); \(megabytes(limits.maximumBytes)) are allowed.")
    }
    guard header.width * header.height <= limits.maximumPixels else {
      throw GalleryError(
        .tooLarge,
        "\(name) is \(header.width)x\(header.height); \(limits.maximumPixels) pixels are allowed.")
    }
    guard min(header.width, header.height) >= limits.minimumSide else {
      throw GalleryError(
        .notAPicture,
        "\(name) is \(header.width)x\(header.height); each side needs \(limits.minimumSide) pixels."
      )
    }
    guard PictureCheck.isWhole(PictureReader(bytes), header.format) else {
      throw GalleryError(.truncated, "The end of \(name) is missing.")
    }
    let reference = StoredReference(
      sha256: SHA256.hexDigest(of: bytes), format: header.format, byteCount: bytes.count,
      origin: origin)
    try keep(bytes, as: reference)
    return reference
  }

  /// Keeps the picture in a file.
  package func storeReference(
    file path: String, limits: ReferenceLimits = ReferenceLimits()
  ) throws(GalleryError) -> StoredReference {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, limit: limits.maximumBytes)
    } catch {
      if error.code == PosixError.tooLarge {
        throw GalleryError(
          .tooLarge, "\(printable(path)) has more than \(megabytes(limits.maximumBytes)).")
      }
      throw GalleryError(reading: error)
    }
    return try storeReference(bytes, origin: path, limits: limits)
  }

  private func keep(_ bytes: [UInt8], as reference: StoredReference) throws(GalleryError) {
    guard let path = layout.reference(sha256: reference.sha256) else { return }
    do throws(PosixError) {
      if let size = try? FileInformation(of: path).size, size == bytes.count { return }
      try FileSystem.createDirectory(FileSystem.parent(of: path), mode: 0o700)
      // A file of another size under this hash is damaged: the right bytes take its place.
      try DurableFile.write(bytes, to: path, mode: 0o600, replacing: true)
    } catch {
      throw GalleryError(writing: error)
    }
  }

  private func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes * 10 + (1 << 19)) >> 20
    return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
  }
}
