/// Percent-encoding of all but unreserved letters (RFC 3986, sections 2.1 and 2.3).
package enum PercentEncoding {
  /// - Parameter isUppercase: How the digits of an escape are written; both mean the same.
  package static func encode(_ text: String, isUppercase: Bool = true) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || "-._~".utf8.contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: isUppercase)
    }.joined()
  }
}
