import FoundationEssentials
import HTTP

/// The ways in which a provider may write the key it was given: as it is, as text of JSON, HTML or an
/// address, or inside something in base64.
enum KeySpelling {
  /// All that differ, the longest first.
  static func all(of key: String) -> [String] {
    let spellings: Set<String> =
      [
        key, json(key), json(key).replacing("/", with: "\\/"), html(key),
        PercentEncoding.encode(key, isUppercase: true),
        PercentEncoding.encode(key, isUppercase: false),
        PercentEncoding.encode(key, isUppercase: true).replacing("%20", with: "+"),
      ].reduce(into: Set(base64(key))) { $0.insert($1) }
    return spellings.sorted { ($0.count, $0) > ($1.count, $1) }
  }

  /// RFC 8259, section 7.
  private static func json(_ key: String) -> String {
    key.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  private static func html(_ key: String) -> String {
    key.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

  /// Those letters that depend on nothing but the key, at each of the three places where it may begin in a
  /// group of three bytes; in both alphabets of RFC 4648.
  private static func base64(_ key: String) -> [String] {
    (0..<3).flatMap { place in
      let bytes = [UInt8](repeating: 0, count: place) + Array(key.utf8)
      let letters = Data(bytes).base64EncodedString()
      let first = [0, 2, 3][place]
      let text = String(letters.prefix(bytes.count * 8 / 6).dropFirst(first))
      return [text, text.replacing("+", with: "-").replacing("/", with: "_")]
    }
  }
}
