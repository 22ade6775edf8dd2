import FoundationEssentials
import Seedream

/// A whole short reply in the provider's own words, for a client that may understand what this program does not:
/// nobody else has it.
struct RawReply: Sendable {
  let text: [UInt8]
  /// What it begins with, behind white space and a byte order mark.
  private let lead: UInt8?

  init(_ text: [UInt8]) {
    self.text = text
    lead = text.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
  }

  private var isJSON: Bool { lead.map { "{[\"".utf8.contains($0) } ?? false }

  /// Whether a picture may be in it, in whatever form: neither nothing, nor JSON without a single text, nor a
  /// page, which some gateway before the provider sends.
  var mayHoldPicture: Bool {
    guard let lead, lead != UInt8(ascii: "<") else { return false }
    return !isJSON || JSONStrings(text).contains { !$0.isName && $0.range.count > 2 }
  }

  /// How many pictures stand where the vendor and OpenAI have them, `data[].url` or `data[].b64_json`.
  var picturesInData: Int {
    let document = try? JSONDecoder().decode(VendorsForm.self, from: Data(text))
    return document?.data.count { $0.url != nil || $0.base64 != nil } ?? 0
  }

  private struct VendorsForm: Decodable {
    struct Member: Decodable {
      var url: String?
      var base64: String?

      enum CodingKeys: String, CodingKey {
        case url
        case base64 = "b64_json"
      }
    }

    var data: [Member]
  }

  var contentType: String {
    isJSON ? "application/json; charset=utf-8" : "text/plain; charset=utf-8"
  }

  /// The same as one event of a stream.
  var event: [UInt8] {
    var event = Array("data: ".utf8)
    for byte in text where byte != 0x0d {
      event.append(byte)
      if byte == 0x0a { event += "data: ".utf8 }
    }
    return event + [0x0a, 0x0a]
  }
}
