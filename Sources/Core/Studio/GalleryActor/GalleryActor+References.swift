import FoundationEssentials
import Gallery
import Imaging
import Posix
import Seedream

extension GalleryActor {
  /// References as they can be sent, and a sentence about each that was changed for it.
  struct StoredReferences: Sendable {
    var references: [Reference] = []
    var notices: [String] = []
  }

  /// Stores files, pictures of the gallery and data URIs; addresses stay as they are. What is too large
  /// is made smaller.
  ///
  /// - Parameter leastPixels: What a picture must have at least for what is to be done with it.
  /// - Throws: `refused` with the reference that cannot be used and why.
  func store(
    _ references: [Reference], leastPixels: Int = 0
  ) async throws(StudioError) -> StoredReferences {
    var stored = StoredReferences()
    for (index, reference) in references.enumerated() {
      do {
        let kept = try await store(reference, at: index, &stored.notices)
        try check(kept, leastPixels: leastPixels)
        stored.references.append(kept)
      } catch {
        let isGallery = error.code == .noSpace || error.code == .cannotWrite
        throw StudioError(
          isGallery ? .gallery : .refused, "Reference \(index + 1): \(error.message)",
          problems: [Problem(.references, error.message, referenceIndex: index)])
      }
    }
    return stored
  }

  private func store(
    _ reference: Reference, at index: Int, _ notices: inout [String]
  ) async throws(GalleryError) -> Reference {
    switch reference {
    case .url(let address) where address.hasPrefix("data:"):
      return .stored(
        try writer.storeReference(
          bytes(ofDataURI: address), origin: String(address.prefix { $0 != "," }), limits: .wire))
    case .url: return reference
    case .stored(let kept):
      // The name of a file of the gallery: whoever hands it over may be wrong about it.
      let file = try? blobs.open(.reference(sha256: kept.sha256))
      guard let file, file.byteCount == kept.byteCount else {
        throw GalleryError(.notFound, "Its file is gone from the gallery; add the picture again.")
      }
      return reference
    case .file(let path):
      return .stored(try await store(file: path, origin: path, at: index, &notices))
    case .picture(let id):
      let picture = try reader.pictureAnywhere(id)
      guard let path = blobs.localPath(of: .picture(picture.path)) else {
        throw GalleryError(
          .cannotRead,
          "\(picture.id) has no file in the gallery, or is a link that leads out of it: add that file itself."
        )
      }
      // One that leads to another place of the gallery may be any file of it, its key among them.
      if (try? FileInformation(of: path, followingLinks: false))?.kind == .symbolicLink {
        throw GalleryError(
          .cannotRead,
          "\(picture.id) is a link in the gallery to another file: add that file itself.")
      }
      return .stored(
        try await store(
          file: path, origin: picture.id.description, at: index,
          &notices))
    }
  }

  private func store(
    file path: String, origin: String, at index: Int, _ notices: inout [String]
  ) async throws(GalleryError) -> StoredReference {
    var kept: StoredReference
    do throws(GalleryError) {
      kept = try writer.storeReference(file: path, limits: .wire)
    } catch {
      guard error.code == .tooLarge, let reducer else { throw error }
      let bytes = try await reducer.reduce(
        path, bytes: ReferenceLimits.wire.maximumBytes, pixels: ReferenceLimits.wire.maximumPixels)
      kept = try writer.storeReference(bytes, origin: path, limits: .wire)
      notices.append(
        "Reference \(index + 1) was made smaller: \(error.message) The original is unchanged.")
    }
    kept.origin = origin
    return kept
  }

  private func check(_ reference: Reference, leastPixels: Int) throws(GalleryError) {
    guard case .stored(let kept) = reference, let header = header(of: kept),
      header.width * header.height < leastPixels
    else { return }
    throw GalleryError(
      .notAPicture,
      "\(printable(kept.origin)) is \(header.width)x\(header.height); a split into layers needs "
        + "\(leastPixels) pixels, 512x512 or more.")
  }

  private func header(of kept: StoredReference) -> ImageHeader? {
    let file = try? blobs.open(.reference(sha256: kept.sha256))
    var start: [UInt8] = []
    while start.count < ImageHeader.prefixLength,
      let more = try? file?.next(ImageHeader.prefixLength - start.count), !more.isEmpty
    { start += more }
    return ImageHeader.read(start)
  }

  private func bytes(ofDataURI address: String) throws(GalleryError) -> [UInt8] {
    guard let comma = address.utf8.firstIndex(of: UInt8(ascii: ",")),
      let data = Data(base64Encoded: String(address[address.utf8.index(after: comma)...]))
    else { throw GalleryError(.notAPicture, "The data URI is not proper base64.") }
    return Array(data)
  }
}
