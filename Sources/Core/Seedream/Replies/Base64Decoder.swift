/// Base64 of either alphabet (RFC 4648, sections 4 and 5) decoded in pieces of any length.
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
    index += decodeGroups(bytes.span.extracting(index..<range.upperBound), into: &output)
    while index < range.upperBound, push(bytes[index], into: &output) { index += 1 }
    return index
  }

  /// Decodes whole groups of four and returns where they end. They go straight into the room they need:
  /// appending single bytes to an array takes twice as long.
  private func decodeGroups(_ text: Span<UInt8>, into output: inout [UInt8]) -> Int {
    let before = output.count
    let sextets = Self.sextets
    output.append(addingCapacity: text.count / 4 * 3) { output in
      var index = 0
      while index + 4 <= text.count {
        let word =
          sextets.first[Int(text[index])] | sextets.second[Int(text[index + 1])]
          | sextets.third[Int(text[index + 2])] | sextets.fourth[Int(text[index + 3])]
        guard word < Sextets.outside else { return }
        output.append(UInt8(truncatingIfNeeded: word >> 16))
        output.append(UInt8(truncatingIfNeeded: word >> 8))
        output.append(UInt8(truncatingIfNeeded: word))
        index += 4
      }
    }
    return (output.count - before) / 3 * 4
  }

  /// Takes one byte; false where it is not of the alphabet or follows padding.
  mutating func push(_ byte: UInt8, into output: inout [UInt8]) -> Bool {
    let value = Self.sextets.fourth[Int(byte)]
    guard value < Sextets.outside, padding == 0 else { return false }
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

  /// Whether a byte is of one of the alphabets.
  static func isLetter(_ byte: UInt8) -> Bool {
    sextets.fourth[Int(byte)] < Sextets.outside
  }

  /// The first bytes of a text, as far as it is base64.
  static func start(of letters: some Sequence<UInt8>) -> [UInt8] {
    var decoder = Base64Decoder()
    var bytes: [UInt8] = []
    for letter in letters where !decoder.push(letter, into: &bytes) { break }
    return bytes
  }

  /// Takes one `=`; false where none may stand.
  mutating func pad() -> Bool {
    padding += 1
    return carried >= 2 && carried + padding <= 4
  }

  /// Ends the text, with or without padding; false where it ends in the middle of a byte, whose beginning is
  /// left out.
  mutating func finish(into output: inout [UInt8]) -> Bool {
    defer { self = Base64Decoder() }
    let word = carry << UInt32(24 - 6 * carried)
    if carried >= 2 { output.append(UInt8(truncatingIfNeeded: word >> 16)) }
    if carried == 3 { output.append(UInt8(truncatingIfNeeded: word >> 8)) }
    return carried != 1 && (padding == 0 || carried + padding == 4)
  }

  private static let sextets = Sextets()
}

/// What each byte of a group of four adds to its 24 bits, by its place in the group.
///
/// A class, since a struct of this size is copied wherever a closure takes it.
private final class Sextets: Sendable {
  typealias Table = InlineArray<256, UInt32>

  /// Of the bytes that are not of the alphabet: no sum of the others reaches it.
  static let outside: UInt32 = 1 << 24

  let first = table(shift: 18)
  let second = table(shift: 12)
  let third = table(shift: 6)
  let fourth = table(shift: 0)

  private static func table(shift: UInt32) -> Table {
    var table = Table(repeating: outside)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, byte) in alphabet.utf8.enumerated() { table[Int(byte)] = UInt32(value) << shift }
    // The letters of section 5 beside those of section 4: relays take either.
    table[Int(UInt8(ascii: "-"))] = 62 << shift
    table[Int(UInt8(ascii: "_"))] = 63 << shift
    return table
  }
}
