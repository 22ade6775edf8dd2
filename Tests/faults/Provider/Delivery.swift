import FoundationEssentials
import Hashing
import Posix
import TestSupport

/// The pictures in what was handed over of one answer, found without the product's parser.
///
/// A picture has arrived when the JSON string that holds it is closed. That counts for a cut too: the relay
/// ends a connection in order, so that everything before its end reaches the program.
struct Delivery {
  enum Picture: Equatable {
    /// Path and query.
    case address(String)
    /// The digest of the bytes.
    case inline(String)
  }

  /// Under their numbers in the set, from 1.
  private(set) var pictures: [Int: Picture] = [:]

  init(_ passed: [UInt8]) {
    let text = Self.body(passed)
    generated = Self.number(behind: "\"generated_images\":", in: text)
    var rest = text[...]
    var number = 0
    while let start = Self.firstMember(rest) {
      let value = rest[start.end...]
      guard let quote = value.firstIndex(of: 0x22) else { break }
      number += 1
      let content = value[..<quote]
      if start.isInline {
        let bytes = Data(base64Encoded: Data(content)) ?? Data()
        pictures[number] = .inline(SHA256.hexDigest(of: Array(bytes)))
      } else {
        let address = String(decoding: content, as: UTF8.self).replacing("\\/", with: "/")
        let path = address.dropFirst("http://".count)
        pictures[number] = .address(String(path.drop { $0 != "/" }))
      }
      rest = value[quote...]
    }
  }

  /// The number in an answer of the vendor's form.
  let generated: Int

  private static func firstMember(_ text: Data.SubSequence) -> (end: Data.Index, isInline: Bool)? {
    let address = text.firstRange(of: Data("\"url\":\"".utf8))
    let inline = text.firstRange(of: Data("\"b64_json\":\"".utf8))
    switch (address, inline) {
    case (let address?, let inline?):
      return address.lowerBound < inline.lowerBound
        ? (address.upperBound, false) : (inline.upperBound, true)
    case (let address?, nil): return (address.upperBound, false)
    case (nil, let inline?): return (inline.upperBound, true)
    case (nil, nil): return nil
    }
  }

  private static func number(behind name: String, in text: Data) -> Int {
    let name = Data(name.utf8)
    var (number, rest) = (0, text[...])
    while let mark = rest.firstRange(of: name) {
      rest = rest[mark.upperBound...]
      number = Int(String(decoding: rest.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)) ?? 0
    }
    return number
  }

  /// The body without its chunks (RFC 9112, section 7.1), as far as it came.
  static func body(_ passed: [UInt8]) -> Data {
    let bytes = Data(passed)
    let empty = Data("\r\n\r\n".utf8)
    guard let end = bytes.firstRange(of: empty) else { return Data() }
    var rest = bytes[end.upperBound...]
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
    guard head.contains("transfer-encoding: chunked") else { return Data(rest) }
    var body = Data()
    while let line = rest.firstRange(of: Data("\r\n".utf8)),
      let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), size > 0
    {
      body += rest[line.upperBound...].prefix(size)
      rest = rest[line.upperBound...].dropFirst(size + 2)
    }
    return body
  }
}
