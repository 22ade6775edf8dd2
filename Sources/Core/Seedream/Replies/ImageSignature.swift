/// The first bytes by which the formats of pictures are told: those the gallery takes, and AVIF.
///
/// Sources: ITU-T T.81 B.1.1; PNG 5.2; GIF89a 17; RFC 9649 2.4; TIFF 6.0 section 2; ISO/IEC 23008-12.
enum ImageSignature {
  /// How many bytes are looked at.
  static let length = 12

  /// Whether bytes begin like a picture; false where there are fewer than `length`.
  static func begins(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= length else { return false }
    func has(_ text: String, at place: Int = 0) -> Bool {
      bytes[place...].starts(with: text.utf8)
    }
    if bytes.starts(with: [0xff, 0xd8, 0xff]) { return bytes[3] >= 0xc0 }
    if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return true }
    if has("GIF87a") || has("GIF89a") || has("RIFF") && has("WEBP", at: 8) { return true }
    if bytes.starts(with: [0x49, 0x49, 42, 0]) || bytes.starts(with: [0x4d, 0x4d, 0, 42]) {
      return true
    }
    // Two letters alone are too many texts; the four bytes are reserved.
    if has("BM") { return bytes[6..<10].allSatisfy { $0 == 0 } }
    return has("ftyp", at: 4)
      && ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis"]
        .contains { has($0, at: 8) }
  }

  /// Whether bytes may still turn out to begin like one.
  static func mayBegin(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, bytes.count < length else { return begins(bytes) }
    return [0xff, 0x89, 0x47, 0x52, 0x49, 0x4d, 0x42, 0x00].contains(first)
  }
}
