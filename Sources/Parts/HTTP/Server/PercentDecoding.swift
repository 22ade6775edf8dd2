/// Percent-decoding that refuses what it does not understand (RFC 3986, section 2.1).
package enum PercentDecoding {
  /// Nil for a broken escape, a NUL, or bytes that are not UTF-8.
  static func decode(_ bytes: some Collection<UInt8>) -> String? {
    self.bytes(bytes).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Nil for a broken escape or a NUL.
  package static func bytes(_ bytes: some Collection<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
      else { return nil }
      decoded.append(high << 4 | low)
    }
    return decoded.contains(0) ? nil : decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
