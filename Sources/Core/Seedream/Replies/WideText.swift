/// Text in units of two or four bytes, which becomes UTF-8 while it arrives: some relays send JSON so.
///
/// Which units they are, a mark says or the zeros around the first letters (RFC 4627, section 3).
struct WideText: Sendable {
  /// Bytes of a unit.
  private let width: Int
  private let isBigEndian: Bool
  /// Bytes of a unit that is not whole, and a first half of a pair.
  private var carry: [UInt8] = []
  private var firstHalf: UInt32?

  /// How many bytes are looked at.
  static let length = 8

  /// Nil for text in bytes, and for what is no text.
  ///
  /// - Parameter start: Its first bytes, `length` of them where there are as many.
  init?(_ start: [UInt8]) {
    guard start.count >= 4 else { return nil }
    let mark = Array(start.prefix(4))
    if mark == [0xff, 0xfe, 0, 0] || mark == [0, 0, 0xfe, 0xff] {
      (width, isBigEndian) = (4, mark[0] == 0)
    } else if mark.starts(with: [0xff, 0xfe]) || mark.starts(with: [0xfe, 0xff]) {
      (width, isBigEndian) = (2, mark[0] == 0xfe)
    } else if let units = Self.units(start) {
      (width, isBigEndian) = units
    } else {
      return nil
    }
  }

  /// Where each of the first letters is ASCII with zeros beside it.
  private static func units(_ start: [UInt8]) -> (Int, Bool)? {
    for width in [4, 2] where start.count >= width {
      for isBigEndian in [true, false] {
        let isWide = start.indices.allSatisfy { place in
          let isLetter = place % width == (isBigEndian ? width - 1 : 0)
          return isLetter ? (0x09..<0x7f).contains(start[place]) : start[place] == 0
        }
        if isWide { return (width, isBigEndian) }
      }
    }
    return nil
  }

  /// The letters of the next bytes in UTF-8, without the mark.
  mutating func decode(_ bytes: [UInt8]) -> [UInt8] {
    carry += bytes
    var text: [UInt8] = []
    text.reserveCapacity(carry.count / width)
    var index = 0
    while index + width <= carry.count {
      var unit: UInt32 = 0
      for place in 0..<width {
        unit = unit << 8 | UInt32(carry[index + (isBigEndian ? place : width - 1 - place)])
      }
      index += width
      take(unit, into: &text)
    }
    carry.removeFirst(index)
    return text
  }

  private mutating func take(_ unit: UInt32, into text: inout [UInt8]) {
    if unit < 0x80 {
      if firstHalf != nil { put(0xfffd, into: &text) }
      firstHalf = nil
      return text.append(UInt8(unit))
    }
    if let first = firstHalf {
      firstHalf = nil
      if (0xdc00..<0xe000).contains(unit) {
        return put(0x10000 + (first - 0xd800) << 10 + (unit - 0xdc00), into: &text)
      }
      put(0xfffd, into: &text)
    }
    if width == 2, (0xd800..<0xdc00).contains(unit) {
      firstHalf = unit
    } else if unit != 0xfeff {
      put(unit, into: &text)
    }
  }

  private func put(_ value: UInt32, into text: inout [UInt8]) {
    text += String(Character(Unicode.Scalar(value) ?? "\u{fffd}")).utf8
  }

  /// A whole text in UTF-8; the bytes as they are where they are no wide text.
  static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
    guard var text = WideText(Array(bytes.prefix(length))) else { return bytes }
    return text.decode(bytes)
  }
}
