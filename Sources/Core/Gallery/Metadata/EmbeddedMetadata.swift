internal import FoundationEssentials
internal import Posix
internal import Seedream

/// What other programs can read in the file itself: the prompt and the model in the form galleries
/// know, the label that a machine drew it, and the birth record for our own recovery.
///
/// Embedded once, before the file takes its name, without decoding or changing the picture data.
struct EmbeddedMetadata {
  private let parameters: String
  private let birth: Birth
  /// Nil if it cannot be encoded.
  private let birthJSON: String?

  /// - Parameters:
  ///   - width: Pixels of the picture as it arrived.
  ///   - height: Pixels of the picture as it arrived.
  init(_ birth: Birth, width: Int, height: Int) {
    self.birth = birth.withoutPaths
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    birthJSON = (try? encoder.encode(self.birth)).map { String(decoding: $0, as: UTF8.self) }
    parameters = GenerationText.text(birth, width: width, height: height)
  }

  /// Bytes that go into a file, and the place before which they go.
  struct Insertion {
    var place: Int
    var bytes: [UInt8]
  }

  /// What makes the metadata a part of the file; nil where nothing is to be embedded: a format without a
  /// place for it, a signed file (C2PA) that any change would invalidate, or bytes that are not in order.
  func insertion(into picture: PictureReader, _ format: ImageFormat) -> Insertion? {
    switch format {
    case .jpeg: insertionIntoJPEG(picture)
    case .png: insertionIntoPNG(picture)
    default: nil
    }
  }

  /// The birth embedded in a file, if there is one; no error is worth more than its absence.
  static func birth(in path: String) -> Birth? {
    guard let picture = try? PictureReader(path: path) else { return nil }
    let json =
      PNGChunks.text(birthKeyword, in: picture) ?? JPEGSegments.xmp(in: picture).flatMap(XMP.birth)
    return json.flatMap { try? JSONDecoder().decode(Birth.self, from: Data($0.utf8)) }
  }

  private static let birthKeyword = "darkroom"
  private static let parametersKeyword = "parameters"

  private func insertionIntoJPEG(_ picture: PictureReader) -> Insertion? {
    guard let segments = JPEGSegments(picture), !segments.isSigned else { return nil }
    var added: [UInt8] = []
    if !segments.hasExif {
      added += JPEGSegments.application1(JPEGSegments.exifName, Exif.userComment(parameters)) ?? []
    }
    if !segments.hasXMP {
      // The packet has to fit one segment: without the birth record if need be.
      added +=
        JPEGSegments.application1(JPEGSegments.xmpName, XMP.packet(birth, json: birthJSON))
        ?? JPEGSegments.application1(JPEGSegments.xmpName, XMP.packet(birth, json: nil)) ?? []
    }
    return added.isEmpty ? nil : Insertion(place: segments.insertionPoint, bytes: added)
  }

  private func insertionIntoPNG(_ picture: PictureReader) -> Insertion? {
    guard let chunks = PNGChunks(picture), !chunks.isSigned else { return nil }
    var texts = [(Self.parametersKeyword, parameters)]
    texts.append(
      (PNGChunks.xmpKeyword, String(decoding: XMP.packet(birth, json: nil), as: UTF8.self)))
    if let birthJSON { texts.append((Self.birthKeyword, birthJSON)) }
    let added = texts.filter { !chunks.textKeywords.contains($0.0) }
      .flatMap { PNGChunks.internationalText($0.0, $0.1) }
    return added.isEmpty ? nil : Insertion(place: chunks.insertionPoint, bytes: added)
  }
}

extension Birth {
  /// Pictures are shared; where their references lay on this machine is nobody's business.
  fileprivate var withoutPaths: Birth {
    var birth = self
    birth.request?.references = (request?.references ?? []).map { reference in
      guard case .stored(var stored) = reference, PictureID(stored.origin) == nil else {
        return reference
      }
      stored.origin = ""
      return .stored(stored)
    }
    birth.request?.references.removeAll { if case .file = $0 { true } else { false } }
    return birth
  }
}
