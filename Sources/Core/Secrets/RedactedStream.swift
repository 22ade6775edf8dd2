/// Takes secrets out of bytes that come in pieces: one that lies over the edge of two is found as well.
/// Holds back no more than may be the beginning of a secret.
///
/// A picture inside is a run of base64 far longer than any text, and it is paid for: in it a secret is
/// overwritten letter by letter, so that the picture keeps its form, and what is short enough to be there by
/// chance is left alone.
package struct RedactedStream: Sendable {
  /// So many letters in a row are a picture.
  private static let pictureRun = 512
  /// 96 bits are nowhere by chance.
  private static let certain = 16
  /// Of spellings that go on and on: what is longer is none.
  private static let longestHeld = 16 << 10

  private let redaction: Redaction
  private var held: [UInt8] = []
  /// What went out last, up to `pictureRun`.
  private var tail: [UInt8] = []

  package init(_ redaction: Redaction) { self.redaction = redaction }

  /// The next bytes; what comes back may be passed on.
  package mutating func take(_ piece: [UInt8]) -> [UInt8] { take(piece, isLast: false) }

  /// What was held back.
  package mutating func finish() -> [UInt8] { take([], isLast: true) }

  mutating func take(_ piece: [UInt8], isLast: Bool) -> [UInt8] {
    guard let search = redaction.search else { return piece }
    let text = held.isEmpty ? piece : held + piece
    guard !text.isEmpty else { return [] }
    let scan = Scan(text, search, isLast: isLast)
    let end = text.count - scan.end > Self.longestHeld ? text.count : scan.end
    held = end == text.count ? [] : Array(text[end...])
    defer { note(text, to: end) }
    let found = scan.found.filter { $0.range.lowerBound < end }
    guard !found.isEmpty else { return end == text.count ? text : Array(text[..<end]) }
    return replace(found, in: text, to: end)
  }

  private func replace(_ found: [Scan.Found], in text: [UInt8], to end: Int) -> [UInt8] {
    var kept: [UInt8] = []
    var copied = 0
    for secret in found {
      let isInPicture = isInPicture(secret.range, text)
      if isInPicture, secret.letters < Self.certain { continue }
      var start = secret.range.lowerBound
      // The sign of an escape whose letter goes would be left behind alone.
      if Self.isEscaped(start, text) { start -= 1 }
      kept += text[copied..<max(copied, start)]
      kept +=
        isInPicture
        ? [UInt8](repeating: UInt8(ascii: "A"), count: secret.letters) : Array(Redaction.mark.utf8)
      copied = secret.range.upperBound
    }
    return kept + text[copied..<max(copied, end)]
  }

  private static func isEscaped(_ place: Int, _ text: [UInt8]) -> Bool {
    var start = place
    while start > 0, text[start - 1] == Escape.backslash { start -= 1 }
    return (place - start) % 2 == 1
  }

  private func isInPicture(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
    var start = range.lowerBound
    var end = range.upperBound
    while start > 0, range.lowerBound - start < Self.pictureRun, Self.isOfRun(text[start - 1]) {
      start -= 1
    }
    let earlier = start == 0 ? tail.reversed().prefix { Self.isOfRun($0) }.count : 0
    while end < text.count, end - range.upperBound < Self.pictureRun, Self.isOfRun(text[end]) {
      end += 1
    }
    return range.lowerBound - start + earlier + end - range.upperBound >= Self.pictureRun
  }

  /// Letters, and the escapes that some write them with (`\/`).
  private static func isOfRun(_ byte: UInt8) -> Bool {
    byte.isBase64Letter || byte == Escape.backslash
  }

  private mutating func note(_ text: [UInt8], to end: Int) {
    let last = text[..<end].suffix(Self.pictureRun)
    tail = tail.suffix(Self.pictureRun - last.count) + last
  }
}
