/// A JSON string that holds a picture, decoded as it goes by.
struct InlineImage {
  /// Its place among the images of the reply.
  let number: Int
  private(set) var byteCount = 0
  /// Whether the text turned out not to be base64.
  private(set) var isDamaged = false
  private var decoder = Base64Decoder()
  /// The bytes of a JSON escape so far, without the backslash.
  private var escape: [UInt8]?

  init(number: Int) {
    self.number = number
  }

  /// Decodes a run of base64; the index returned is that of the first byte that needs a look.
  mutating func decodeRun(
    _ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]
  ) -> Int {
    guard escape == nil, !isDamaged else { return range.lowerBound }
    let before = output.count
    let end = decoder.decode(bytes, range, into: &output)
    byteCount += output.count - before
    return end
  }

  /// Takes one byte of the string; true for the quotation mark that ends it.
  mutating func take(_ byte: UInt8, into output: inout [UInt8]) -> Bool {
    let before = output.count
    defer { byteCount += output.count - before }
    if escape != nil {
      takeEscaped(byte, into: &output)
      return false
    }
    switch byte {
    case UInt8(ascii: "\""):
      if !isDamaged, !decoder.finish(into: &output) { isDamaged = true }
      return true
    case UInt8(ascii: "\\"): escape = []
    default: takePlain(byte, into: &output)
    }
    return false
  }

  private mutating func takePlain(_ byte: UInt8, into output: inout [UInt8]) {
    guard !isDamaged else { return }
    switch byte {
    case 0x20, 0x0a, 0x0d, 0x09: break
    case UInt8(ascii: "="): isDamaged = !decoder.pad()
    default: isDamaged = !decoder.push(byte, into: &output)
    }
  }

  /// Some encoders write `\/` for `/` and `\u002b` for `+`.
  private mutating func takeEscaped(_ byte: UInt8, into output: inout [UInt8]) {
    var taken = escape ?? []
    taken.append(byte)
    escape = taken
    switch taken.first {
    case UInt8(ascii: "u"):
      guard taken.count == 5 else { return }
      let value = UInt8(String(decoding: taken.dropFirst(), as: UTF8.self), radix: 16)
      takePlain(value ?? 0, into: &output)
    case UInt8(ascii: "/"): takePlain(byte, into: &output)
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): break
    default: isDamaged = true
    }
    escape = nil
  }
}
