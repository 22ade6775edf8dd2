internal import Posix

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
  /// What is shorter is looked at as a text.
  private static let shortestMiddle = 4096
  /// In the middle of a picture so many letters are held back; of fewer the rest is overwritten when it comes.
  private static let heldInPicture = 4

  private let redaction: Redaction
  private var held: [UInt8] = []
  /// What went out last, up to `pictureRun`.
  private var tail: [UInt8] = []
  /// The run of base64 at the end of what went out.
  private var run = LetterRun()
  /// Whether what went out may end with the first letters of a secret.
  private var goesOn = false

  package init(_ redaction: Redaction) { self.redaction = redaction }

  /// The next bytes; what comes back may be passed on.
  package mutating func take(_ piece: [UInt8]) -> [UInt8] { take(piece, isLast: false) }

  /// What was held back.
  package mutating func finish() -> [UInt8] { take([], isLast: true) }

  mutating func take(_ piece: [UInt8], isLast: Bool) -> [UInt8] {
    guard let search = redaction.search else { return piece }
    let text = held.isEmpty ? piece : held + piece
    guard !text.isEmpty else { return [] }
    let kind = text.count < Self.shortestMiddle ? .other : Run(text[...])
    let least = kind == .unbroken ? Self.heldInPicture : 1
    let scan = Scan(text, search, isLast: isLast, kind, least: least)
    let end = text.count - scan.end > Self.longestHeld ? text.count : scan.end
    var found = scan.found.filter { $0.range.lowerBound < end }
    if goesOn, let rest = rest(in: text, search) {
      found = [rest] + found.filter { $0.range.lowerBound >= rest.range.upperBound }
    }
    held = end == text.count ? [] : Array(text[end...])
    goesOn =
      held.isEmpty
      && (least > 1 && search.beginning(before: end, in: text) != nil
        || goesOn && text.count < search.longest)
    defer {
      let last = text[..<end].suffix(Self.pictureRun)
      tail = tail.suffix(Self.pictureRun - last.count) + last
      run.take(text[..<end], isUnbroken: kind != .other)
    }
    guard !found.isEmpty else { return end == text.count ? text : Array(text[..<end]) }
    return replace(found, in: text, to: end)
  }

  /// The rest of a secret whose first letters have gone out in the middle of a picture.
  private func rest(in text: [UInt8], _ search: NeedleSearch) -> Scan.Found? {
    let before = tail.suffix(search.longest)
    var end = 0
    let isPicture = run.beginsLikePicture(before: 0, in: text)
    search.matches(in: Array(before) + Array(text.prefix(search.longest))) { range, letters in
      if range.lowerBound < before.count, letters >= Self.certain || !isPicture {
        end = max(end, range.upperBound - before.count)
      }
    }
    return end > 0 ? Scan.Found(range: 0..<end, letters: max(end, Self.certain)) : nil
  }

  private func replace(_ found: [Scan.Found], in text: [UInt8], to end: Int) -> [UInt8] {
    var kept: [UInt8] = []
    var copied = 0
    for secret in found {
      let isInPicture = isInPicture(secret.range, text)
      if isInPicture, secret.letters < Self.certain,
        run.beginsLikePicture(before: secret.range.lowerBound, in: text)
      {
        continue
      }
      var start = secret.range.lowerBound
      // The sign of an escape whose letter goes would be left behind alone.
      if Self.isEscaped(start, text) { start -= 1 }
      kept += text[copied..<max(copied, start)]
      kept +=
        isInPicture
        ? [UInt8](repeating: UInt8(ascii: "A"), count: min(secret.letters, secret.range.count))
        : Array(Redaction.mark.utf8)
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
    while start > 0, range.lowerBound - start < Self.pictureRun, LetterRun.has(text[start - 1]) {
      start -= 1
    }
    let earlier = start == 0 ? tail.reversed().prefix { LetterRun.has($0) }.count : 0
    while end < text.count, end - range.upperBound < Self.pictureRun, LetterRun.has(text[end]) {
      end += 1
    }
    return range.lowerBound - start + earlier + end - range.upperBound >= Self.pictureRun
  }
}

/// How the run of base64 letters began that bytes end with.
private struct LetterRun {
  private static let longest = 24
  private static let window = 4096
  /// What the base64 of pictures begins with (`ImageSignature` has the sources): JPEG, PNG, GIF, WebP, TIFF, BMP,
  /// HEIC and other files in boxes, JPEG XL.
  private static let pictures = [
    "/9j/", "_9j_", "iVBORw0K", "R0lGOD", "UklGR", "SUkqA", "TU0AK", "Qk", "AAAA", "/wo",
  ]

  private var start: [UInt8] = []

  /// Letters, and the escapes that some write them with (`\/`).
  static func has(_ byte: UInt8) -> Bool { byte.isBase64Letter || byte == Escape.backslash }

  mutating func take(_ text: ArraySlice<UInt8>, isUnbroken: Bool) {
    if isUnbroken, !start.isEmpty { return }
    let first = Self.first(before: text.endIndex, in: text)
    let letters = text[first...].prefix(Self.longest)
    if first > text.startIndex {
      start = Array(letters)
    } else if start.count < Self.longest {
      start += letters
    }
  }

  func beginsLikePicture(before place: Int, in text: [UInt8]) -> Bool {
    let first = Self.first(before: place, in: text[...])
    let letters = (first == 0 ? start : []) + text[first..<place].prefix(Self.longest)
    let plain = letters.filter { $0 != Escape.backslash }
    return Self.pictures.contains { plain.starts(with: $0.utf8) }
  }

  /// Where the run begins that ends there.
  private static func first(before place: Int, in text: ArraySlice<UInt8>) -> Int {
    var first = place
    while first > text.startIndex {
      if first - text.startIndex > window, Run(text[first - window..<first]) != .other {
        first -= window
        continue
      }
      var left = window
      while first > text.startIndex, left > 0 {
        guard has(text[first - 1]) else { return first }
        first -= 1
        left -= 1
      }
    }
    return first
  }
}
