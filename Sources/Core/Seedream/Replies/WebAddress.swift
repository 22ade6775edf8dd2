/// The address of a picture as a reply writes it, made fit to be fetched.
package enum WebAddress {
  /// The longest that is believed, in bytes.
  private static let longest = 16_384

  /// The absolute address, with every letter that no address may have percent-encoded once; nil for what
  /// leads to no web server.
  ///
  /// An address that is fit already stays as it is to the last byte: a signature may cover it.
  ///
  /// - Parameter base: Where the request went, for addresses relative to it (RFC 3986, section 5).
  package static func absolute(_ text: String, base: String?) -> String? {
    let text = String(text.trimmed.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f })
    guard !text.isEmpty, text.utf8.count < longest else { return nil }
    if let scheme = scheme(of: text) {
      let rest = text.dropFirst(scheme.count + 1)
      guard ["http", "https"].contains(scheme.lowercased()), rest.hasPrefix("//") else {
        return nil
      }
      return encoded(scheme + ":", String(rest))
    }
    guard let base, let origin = Parts(base) else { return nil }
    if text.hasPrefix("//") { return encoded(origin.scheme + ":", text) }
    let place = "//" + origin.authority
    if text.hasPrefix("/") {
      return encoded(origin.scheme + ":", place + withoutDots(text))
    }
    if text.hasPrefix("?") { return encoded(origin.scheme + ":", place + origin.path + text) }
    guard !text.hasPrefix("#") else { return nil }
    let folder = origin.path.lastIndex(of: "/").map { origin.path[...$0] } ?? "/"
    return encoded(origin.scheme + ":", place + withoutDots(folder + text))
  }

  /// `https` of `https://…`; nil where the text begins with none.
  static func scheme(of text: String) -> String? {
    guard let colon = text.firstIndex(of: ":"), let first = text.first, first.isASCII,
      first.isLetter
    else { return nil }
    let scheme = text[..<colon]
    return scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
      ? String(scheme) : nil
  }

  /// Whether the path ends like the name of a picture.
  static func namesPicture(_ text: String) -> Bool {
    let path = text.prefix { $0 != "?" && $0 != "#" }.lowercased()
    return ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "heic", "avif"]
      .contains { path.hasSuffix("." + $0) }
  }

  private struct Parts {
    var scheme: String
    /// Without the user's name and password, which are no part of an address that is written down.
    var authority: String
    var path: String

    init?(_ base: String) {
      guard let mark = base.firstRange(of: "://") else { return nil }
      scheme = String(base[..<mark.lowerBound])
      let rest = base[mark.upperBound...]
      let authority = rest.prefix { !"/?#".contains($0) }
      let path = rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
      self.authority = authority.split(separator: "@").last.map(String.init) ?? ""
      self.path = path.isEmpty ? "/" : String(path)
      if self.authority.isEmpty { return nil }
    }
  }

  /// RFC 3986, section 5.2.4; what follows the path stays.
  private static func withoutDots(_ text: some StringProtocol) -> String {
    let path = text.prefix { $0 != "?" && $0 != "#" }
    let rest = text[path.endIndex...]
    var kept: [Substring] = []
    let segments = String(path).split(separator: "/", omittingEmptySubsequences: false)
    for (place, segment) in segments.enumerated() {
      let isLast = place == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        if kept.count > 1 { kept.removeLast() }
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return kept.joined(separator: "/") + rest
  }

  /// - Parameter rest: From the two slashes on.
  private static func encoded(_ scheme: String, _ rest: String) -> String? {
    let authority = rest.dropFirst(2).prefix { !"/?#".contains($0) }
    guard !authority.isEmpty, let host = HostName.ascii(String(authority)) else { return nil }
    return scheme + "//" + host + percentEncoded(rest[authority.endIndex...])
  }

  /// Letters no address may have, and a `%` that begins no escape.
  private static func percentEncoded(_ text: Substring) -> String {
    let bytes = Array(text.utf8)
    var encoded: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let isEscape =
        byte != UInt8(ascii: "%")
        || index + 2 < bytes.count && isHexadecimal(bytes[index + 1])
          && isHexadecimal(bytes[index + 2])
      if byte > 0x20, byte < 0x7f, isEscape, !"\"<>`{}".utf8.contains(byte) {
        encoded.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += ("%" + (digits.count < 2 ? "0" : "") + digits).utf8
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}
