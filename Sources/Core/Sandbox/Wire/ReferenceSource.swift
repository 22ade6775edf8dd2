import FoundationEssentials
import Imaging
import SandboxArt
import Seedream

/// A reference of a request: inline bytes, or an address that the sandbox never asks.
enum ReferenceSource: Equatable {
  case bytes([UInt8])
  case url(String)

  /// Longest side of a reference in pixels once it is decoded: enough for its colours and a print.
  static let side = 640
  /// Bytes of one inline picture.
  static let maximumBytes = 30 << 20

  static func all(
    _ texts: [String], limit: ClosedRange<Int>
  ) throws(ArkRefusal) -> [ReferenceSource] {
    guard texts.count <= limit.upperBound else {
      throw .invalid(
        "image", "number of reference images cannot exceed \(limit.upperBound)")
    }
    guard texts.count >= limit.lowerBound else { throw .missing("image") }
    var sources: [ReferenceSource] = []
    for text in texts { sources.append(try ReferenceSource(text)) }
    return sources
  }

  init(_ text: String) throws(ArkRefusal) {
    guard !text.isEmpty else { throw Self.refusal("EmptyURL", "the image URL is empty.") }
    let scheme = text.prefix(8).lowercased()
    if scheme.hasPrefix("http://") || scheme.hasPrefix("https://") {
      self = .url(text)
      return
    }
    guard text.hasPrefix("data:image/"), let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")),
      let subtype = Self.subtype(text[..<comma])
    else { throw .invalid("image", "invalid url specified") }
    // A subtype in capitals is refused by the live service, too.
    guard Self.subtypes.contains(subtype) else {
      throw Self.refusal("UnsupportedImageFormat", "the image format is not supported.")
    }
    guard text.utf8.count / 4 * 3 <= Self.maximumBytes + 64 else {
      throw .invalid("image", "image size cannot exceed 30 MB")
    }
    guard let data = Data(base64Encoded: String(text[text.index(after: comma)...])) else {
      throw Self.refusal("InvalidFormat", "the base64 data cannot be decoded.")
    }
    let bytes = Array(data)
    try Self.check(bytes)
    self = .bytes(bytes)
  }

  /// The picture itself, or a stand-in drawn from the words of its address. Blocks while it decodes.
  func pixels() throws(ImagingError) -> Pixels {
    switch self {
    case .bytes(let bytes): return try PixelDecoder.decode(bytes: bytes, fitting: Self.side)
    case .url(let address):
      return try SandboxPainter.draw(
        .init(
          prompt: words, width: 480, height: 360,
          seed: Int(truncatingIfNeeded: Chance.hash(address) >> 33)))
    }
  }

  /// What its address says, for a stand-in.
  var words: String {
    guard case .url(let address) = self else { return "" }
    return address.split { !$0.isLetter && !$0.isNumber }.dropFirst().suffix(24)
      .joined(separator: " ")
  }

  private static let subtypes: Set<String> = [
    "jpeg", "jpg", "png", "webp", "bmp", "tiff", "gif", "heic", "heif",
  ]

  private static func subtype(_ head: Substring) -> String? {
    guard head.hasSuffix(";base64") else { return nil }
    return String(head.dropFirst("data:image/".count).dropLast(";base64".count))
  }

  /// The bounds of the Seedream 4.0-5.0 tutorial (doc 1824121).
  private static func check(_ bytes: [UInt8]) throws(ArkRefusal) {
    guard let header = ImageHeader.read(bytes) else {
      throw refusal("InvalidFormat", "the image cannot be decoded.")
    }
    let (width, height) = (header.width, header.height)
    guard min(width, height) > 14 else {
      throw .invalid("image", "image width and height must be greater than 14 pixels")
    }
    guard width * height <= 36_000_000 else {
      throw .invalid("image", "image size cannot exceed 36000000 pixels")
    }
    guard max(width, height) <= 16 * min(width, height) else {
      throw .invalid("image", "image aspect ratio must be between 1/16 and 16")
    }
  }

  private static func refusal(_ suffix: String, _ reason: String) -> ArkRefusal {
    let family = suffix == "UnsupportedImageFormat" ? "InvalidParameter" : "InvalidImageURL"
    return ArkRefusal(
      status: 400, code: "\(family).\(suffix)",
      message: ServiceWords.invalid("image", reason),
      type: "BadRequest")
  }
}
