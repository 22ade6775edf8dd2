internal import FoundationEssentials
internal import Posix
internal import Seedream

/// What other programs can read in the file itself: the prompt and the model in the form galleries
/// know, the label that a machine drew it, and the birth record for our own recovery.
///
/// Embedded once, before the file takes its name, without decoding or changing the picture data.
struct EmbeddedMetadata {
  private let parameters: String
  private let origin: PictureOrigin
  /// Nil if it cannot be encoded.
  private let birthJSON: String?

  /// - Parameters:
  ///   - width: Pixels of the picture as it arrived.
  ///   - height: Pixels of the picture as it arrived.
  init(_ origin: PictureOrigin, width: Int, height: Int) {
    self.origin = origin.withoutPaths
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    birthJSON = (try? encoder.encode(self.origin)).map { String(decoding: $0, as: UTF8.self) }
    parameters = GenerationText.text(origin, width: width, height: height)
  }

  /// Bytes that go into a file, and the place before which they go.
  struct Insertion {
    var place: Int
    var bytes: [UInt8]
  }

  /// What makes the metadata a part of the file; nil where nothing is to be embedded: a format without a
  /// place for it, a signed file (C2PA) that any change would invalidate, or bytes that are not in order.
  func insertion(into picture: PictureReader, _ format: FileFormat) -> Insertion? {
    switch format {
    case .jpeg: insertionIntoJPEG(picture)
    case .png: insertionIntoPNG(picture)
    default: nil
    }
  }

  /// The origin embedded in a file, if there is one; no error is worth more than its absence.
  static func origin(in path: String) -> PictureOrigin? {
    guard let picture = try? PictureReader(path: path) else { return nil }
    let json =
      PNGChunks.text(birthKeyword, in: picture) ?? JPEGSegments.xmp(in: picture).flatMap(XMP.origin)
    return json.flatMap { try? JSONDecoder().decode(PictureOrigin.self, from: Data($0.utf8)) }
  }

  private static let birthKeyword = "darkroom"
  private static let parametersKeyword = "parameters"

  /// Where in a file the bytes are that were inserted when it was filed: what is around them arrived.
  ///
  /// Found by making them once more from the origin that is among them; nil where none are.
  static func insertedRange(
    of picture: PictureReader, at path: String,
    _ header: PictureCheck
  ) -> Range<Int>? {
    guard let origin = origin(in: path) else { return nil }
    let metadata = EmbeddedMetadata(origin, width: header.width, height: header.height)
    let (start, parts): (Int?, [[UInt8]]) =
      switch header.format {
      case .jpeg:
        (JPEGSegments(picture)?.insertionPoint, [metadata.exifSegment, metadata.xmpSegment])
      case .png: (PNGChunks(picture)?.insertionPoint, metadata.texts.map(\.chunk))
      default: (nil, [])
      }
    guard let start else { return nil }
    var end = start
    for part in parts where picture[end..<end + part.count].elementsEqual(part) {
      end += part.count
    }
    return end > start ? start..<end : nil
  }

  private var exifSegment: [UInt8] {
    JPEGSegments.application1(JPEGSegments.exifName, Exif.userComment(parameters)) ?? []
  }

  /// The packet has to fit one segment: without the birth record if need be.
  private var xmpSegment: [UInt8] {
    JPEGSegments.application1(JPEGSegments.xmpName, XMP.packet(origin, json: birthJSON))
      ?? JPEGSegments.application1(JPEGSegments.xmpName, XMP.packet(origin, json: nil)) ?? []
  }

  private var texts: [(keyword: String, chunk: [UInt8])] {
    let packet = String(decoding: XMP.packet(origin, json: nil), as: UTF8.self)
    return [
      (Self.parametersKeyword, parameters), (PNGChunks.xmpKeyword, packet),
      (Self.birthKeyword, birthJSON),
    ].compactMap { keyword, text in
      text.map { (keyword, PNGChunks.internationalText(keyword, $0)) }
    }
  }

  private func insertionIntoJPEG(_ picture: PictureReader) -> Insertion? {
    guard let segments = JPEGSegments(picture), !segments.isSigned else { return nil }
    let added =
      (segments.hasExif ? [] : exifSegment) + (segments.hasXMP ? [] : xmpSegment)
    return added.isEmpty ? nil : Insertion(place: segments.insertionPoint, bytes: added)
  }

  private func insertionIntoPNG(_ picture: PictureReader) -> Insertion? {
    guard let chunks = PNGChunks(picture), !chunks.isSigned else { return nil }
    let added = texts.filter { !chunks.textKeywords.contains($0.keyword) }.flatMap(\.chunk)
    return added.isEmpty ? nil : Insertion(place: chunks.insertionPoint, bytes: added)
  }
}

extension PictureOrigin {
  /// Pictures are shared; where their references lay on this machine is nobody's business.
  fileprivate var withoutPaths: PictureOrigin {
    var origin = self
    origin.request?.references = (request?.references ?? []).map { reference in
      guard case .stored(var stored) = reference, PictureID(stored.origin) == nil else {
        return reference
      }
      stored.origin = ""
      return .stored(stored)
    }
    origin.request?.references.removeAll { if case .file = $0 { true } else { false } }
    return origin
  }
}
