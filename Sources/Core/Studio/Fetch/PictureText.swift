import Gallery
import Seedream

/// A text that an address gave in the place of a picture: the picture in base64, or where it is.
///
/// A page, which may show anything, is never taken for one.
struct PictureText {
  enum Content: Equatable, Sendable {
    case picture([UInt8])
    case address(String)
  }

  let content: Content

  /// Nil for a text in which nothing can be recognised.
  ///
  /// - Parameter address: Where it was found; what leads there again leads nowhere.
  init?(_ text: [UInt8], at address: String) {
    guard let document = Self.document(text) else { return nil }
    var parser = ReplyParser(
      limits: ReplyLimits(documentBytes: max(document.count, 1)), address: address,
      sent: [address])
    var bytes: [Int: [UInt8]] = [:]
    for event in parser.consume(document) + parser.finish() {
      switch event {
      case .imageBytes(let image, let piece): bytes[image, default: []] += piece
      case .picture(let picture):
        switch picture.source {
        case .url(let url):
          content = .address(url)
          return
        case .inline(let image, _):
          guard let found = bytes[image], FileFormat.isRecognised(found) else { continue }
          content = .picture(found)
          return
        }
      default: break
      }
    }
    return nil
  }

  /// As JSON: what is none is one address, one `data:` address, or base64.
  private static func document(_ text: [UInt8]) -> [UInt8]? {
    let blanks: [UInt8] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]
    guard let first = text.first(where: { !blanks.contains($0) }) else { return nil }
    if ["{", "[", "\""].contains(Character(Unicode.Scalar(first))) { return text }
    // Base64 comes in lines.
    let word = text.filter { !blanks.contains($0) }
    guard word.allSatisfy({ (0x21...0x7e).contains($0) && !"\"\\<>".utf8.contains($0) }) else {
      return nil
    }
    let isAddress = ["http://", "https://"].contains { word.starts(with: $0.utf8) }
    let name = isAddress ? "url" : "b64_json"
    return Array(#"{"data":[{"\#(name)":""#.utf8) + word + Array(#""}]}"#.utf8)
  }
}
