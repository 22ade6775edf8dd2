/// A picture in base64 inside a JSON string, decoded as it goes by.
struct InlineImage {
  /// What a byte means to the picture.
  enum Step: Equatable {
    case goesOn
    /// The quotation mark that ends the string ends the picture.
    case ended
    /// The picture has ended before these bytes of the string, which are none of it.
    case endedBefore([UInt8])
  }

  /// Its place among the images of the reply.
  let number: Int
  private(set) var byteCount = 0
  /// Its first bytes, by which formats are told.
  private var start: [UInt8] = []
  /// Whether the text turned out not to be base64.
  private(set) var isDamaged = false
  /// Whether other text stands around it, which ends it.
  private let isEmbedded: Bool
  private var decoder = Base64Decoder()
  private var unescaper = JSONUnescaper()
  /// The bytes of a percent-encoded letter so far, without the mark; nil outside of one.
  private var percent: [UInt8]?

  init(number: Int, isEmbedded: Bool = false) {
    self.number = number
    self.isEmbedded = isEmbedded
  }

  /// Decodes a run of base64; the index returned is that of the first byte that needs a look.
  mutating func decodeRun(
    _ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]
  ) -> Int {
    guard !unescaper.isInEscape, percent == nil else { return range.lowerBound }
    let before = output.count
    let end = decoder.decode(bytes, range, into: &output)
    note(output, from: before)
    return end
  }

  /// Takes letters that are known to belong to it.
  mutating func take(letters: some Sequence<UInt8>, into output: inout [UInt8]) {
    let before = output.count
    for letter in letters { takePlain(letter, into: &output) }
    note(output, from: before)
  }

  /// Takes one byte of the string.
  mutating func take(_ byte: UInt8, into output: inout [UInt8]) -> Step {
    let before = output.count
    defer { note(output, from: before) }
    if !unescaper.isInEscape, byte == UInt8(ascii: "\"") {
      finish(into: &output)
      return .ended
    }
    let escape = unescaper.escape
    let letter: UInt8
    switch unescaper.take(byte) {
    case .none: return .goesOn
    case .plain(let plain), .escaped(let plain): letter = plain
    case .foreign: letter = 0
    }
    if isEmbedded, !isPart(letter) {
      finish(into: &output)
      return .endedBefore(escape + [byte])
    }
    takePlain(letter, into: &output)
    return .goesOn
  }

  /// Decodes one at once.
  ///
  /// - Parameter text: Base64, or a data URI of it.
  static func read(_ text: String, as number: Int) -> (image: InlineImage, bytes: [UInt8]) {
    var image = InlineImage(number: number)
    var bytes: [UInt8] = []
    let comma = text.hasPrefix("data:") ? text.utf8.firstIndex(of: UInt8(ascii: ",")) : nil
    image.take(
      letters: text.utf8[(comma.map { text.utf8.index(after: $0) } ?? text.startIndex)...],
      into: &bytes)
    image.end(into: &bytes)
    return (image, bytes)
  }

  /// Whether an escape of the string has begun and not ended.
  var isInEscape: Bool { unescaper.isInEscape }

  /// Ends it where no letter of the string says so.
  mutating func end(into output: inout [UInt8]) {
    let before = output.count
    finish(into: &output)
    note(output, from: before)
  }

  private mutating func note(_ output: [UInt8], from place: Int) {
    byteCount += output.count - place
    let missing = ImageSignature.length - start.count
    if missing > 0 { start += output[place...].prefix(missing) }
  }

  /// Whether it begins like a picture of a format that is known.
  var beginsLikePicture: Bool { ImageSignature.begins(start) }

  /// Whether nothing is in it that could be one.
  var isLost: Bool { byteCount == 0 || isDamaged && !beginsLikePicture }

  /// The text around it has ended.
  mutating func finish(into output: inout [UInt8]) {
    let isWhole = decoder.finish(into: &output)
    if percent != nil || !isWhole { isDamaged = true }
  }

  private func isPart(_ letter: UInt8) -> Bool {
    percent != nil || Base64Decoder.isLetter(letter) || letter == UInt8(ascii: "=")
      || letter == UInt8(ascii: "%")
  }

  /// Letters that are none of the alphabet are left out (RFC 2045, section 6.8), and padding within it ends one
  /// part of what was put together.
  private mutating func takePlain(_ byte: UInt8, into output: inout [UInt8]) {
    if var digits = percent {
      digits.append(byte)
      percent = digits.count < 2 ? digits : nil
      if digits.count == 2 {
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        takePlain(value == UInt8(ascii: "%") ? 0 : value ?? 0, into: &output)
      }
      return
    }
    switch byte {
    case 0x20, 0x0a, 0x0d, 0x09: break
    case UInt8(ascii: "="): if !decoder.pad() { isDamaged = true }
    // A data URI is an address, and its letters may be percent-encoded (RFC 2397).
    case UInt8(ascii: "%"): percent = []
    default:
      if decoder.push(byte, into: &output) { return }
      isDamaged = true
      if Base64Decoder.isLetter(byte) {
        _ = decoder.finish(into: &output)
        _ = decoder.push(byte, into: &output)
      }
    }
  }
}

extension InlineImage {
  /// What stands in the text of a reply in the place of an image.
  static func mark(_ number: Int) -> String { "\(markStart)\(number);" }

  private static let markStart = "darkroom-image:"

  /// The numbers of the images that stood in a text, in order.
  static func numbers(in text: String) -> [Int] {
    guard text.contains(markStart) else { return [] }
    return text.ranges(of: markStart).compactMap { range in
      let digits = text[range.upperBound...].prefix { $0 != ";" }
      return digits.utf8.count < 6 ? Int(digits) : nil
    }
  }
}
