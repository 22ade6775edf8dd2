/// Standard base64 (RFC 4648 section 4) decoded in pieces of any length.
struct Base64Decoder {
  /// Six-bit values that do not yet make a byte, and how many they are.
  private var carry: UInt32 = 0
  private var carried = 0
  private var padding = 0

  /// Decodes up to the first byte that is not of the alphabet, whose index is returned.
  mutating func decode(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) -> Int {
    var index = range.lowerBound
    while carried != 0, index < range.upperBound, push(bytes[index], into: &output) { index += 1 }
    guard carried == 0, padding == 0 else { return index }
    index = decodeGroups(bytes.span, index..<range.upperBound, into: &output)
    while index < range.upperBound, push(bytes[index], into: &output) { index += 1 }
    return index
  }

  /// Decodes whole groups of four into room reserved once: letting the array grow costs
  /// half as much again.
  private func decodeGroups(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into output: inout [UInt8]
  ) -> Int {
    var index = range.lowerBound
    let values = Self.values.span
    output.reserveCapacity(output.count + range.count / 4 * 3)
    while index + 4 <= range.upperBound {
      let first = values[Int(bytes[index])]
      let second = values[Int(bytes[index + 1])]
      let third = values[Int(bytes[index + 2])]
      let fourth = values[Int(bytes[index + 3])]
      guard first | second | third | fourth < 64 else { break }
      let word = first << 18 | second << 12 | third << 6 | fourth
      output.append(UInt8(truncatingIfNeeded: word >> 16))
      output.append(UInt8(truncatingIfNeeded: word >> 8))
      output.append(UInt8(truncatingIfNeeded: word))
      index += 4
    }
    return index
  }

  /// Takes one byte; false where it is not of the alphabet or follows padding.
  mutating func push(_ byte: UInt8, into output: inout [UInt8]) -> Bool {
    let value = Self.values[Int(byte)]
    guard value < 64, padding == 0 else { return false }
    carry = carry << 6 | value
    carried += 1
    if carried == 4 {
      output.append(UInt8(truncatingIfNeeded: carry >> 16))
      output.append(UInt8(truncatingIfNeeded: carry >> 8))
      output.append(UInt8(truncatingIfNeeded: carry))
      (carry, carried) = (0, 0)
    }
    return true
  }

  /// Takes one `=`; false where none may stand.
  mutating func pad() -> Bool {
    padding += 1
    return carried >= 2 && carried + padding <= 4
  }

  /// Ends the text, with or without padding; false where it ends in the middle of a byte.
  mutating func finish(into output: inout [UInt8]) -> Bool {
    defer { self = Base64Decoder() }
    guard carried != 1, padding == 0 || carried + padding == 4 else { return false }
    let word = carry << UInt32(24 - 6 * carried)
    if carried >= 2 { output.append(UInt8(truncatingIfNeeded: word >> 16)) }
    if carried == 3 { output.append(UInt8(truncatingIfNeeded: word >> 8)) }
    return true
  }

  /// The value of each byte; 255 for those outside the alphabet.
  private static let values: [UInt32] = {
    var values = [UInt32](repeating: 255, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt32(value) }
    return values
  }()
}
