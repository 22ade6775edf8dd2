internal import Posix

/// A text with its outermost escapes undone, and lines of base64 joined, which remembers where each byte
/// came from.
struct UnescapedText: Sendable {
  /// How often escapes may be nested.
  static let deepest = 8

  /// From here on bytes are as many as in the text above; an escape is a unit of its own.
  private struct Place {
    var start: Int
    var source: Int
    var isEscape: Bool
  }

  private(set) var bytes: [UInt8] = []
  /// Where in the text above an escape begins whose end has not come.
  private(set) var unfinished: Int?
  private var places: [Place] = []
  private var copied = 0

  /// Nil where there is nothing to be undone, not even perhaps.
  ///
  /// - Parameter isWhole: Whether nothing more will come.
  init?(of text: [UInt8], isWhole: Bool) {
    var signs = Signs(text)
    var index = 0
    while let place = signs.next(from: index) {
      if text[place] == Signs.newline {
        index = join(at: place, text)
        continue
      }
      // Some write every slash of a picture's base64 so.
      if text[place] == Escape.backslash, place + 1 < text.count,
        Escape.standsForItself(text[place + 1])
      {
        copy(text, to: place)
        places.append(Place(start: bytes.count, source: place, isEscape: true))
        bytes.append(text[place + 1])
        places.append(Place(start: bytes.count, source: place + 2, isEscape: false))
        copied = place + 2
        index = copied
        continue
      }
      switch Escape(at: place, in: text) {
      case .bytes(let decoded, let end):
        copy(text, to: place)
        places.append(Place(start: bytes.count, source: place, isEscape: true))
        bytes += decoded
        places.append(Place(start: bytes.count, source: end, isEscape: false))
        copied = end
        index = end
      case .unfinished where !isWhole:
        unfinished = place
        if !places.isEmpty { copy(text, to: place) }
        return
      case .unfinished, .none: index = place + 1
      }
    }
    if places.isEmpty { return nil }
    copy(text, to: text.count)
  }

  /// Whether anything was undone; else `bytes` has nothing.
  var isChanged: Bool { !places.isEmpty }

  /// Where the bytes of a range stand in the text above.
  func source(of range: Range<Int>) -> Range<Int> {
    source(of: range.lowerBound)..<sourceEnd(of: range.upperBound - 1)
  }

  /// Where a byte stands in the text above, or the escape that it comes from.
  func source(of index: Int) -> Int {
    guard let place = place(of: index) else { return index }
    return places[place].isEscape
      ? places[place].source : places[place].source + index - places[place].start
  }

  private func sourceEnd(of index: Int) -> Int {
    guard let place = place(of: index) else { return index + 1 }
    return places[place].isEscape
      ? places[place + 1].source : places[place].source + index - places[place].start + 1
  }

  /// The last that begins at or before the index.
  private func place(of index: Int) -> Int? {
    var range = 0..<places.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if places[middle].start <= index {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return range.lowerBound == 0 ? nil : range.lowerBound - 1
  }

  /// Leaves out the end of a line within base64 (RFC 2045, section 6.8); returns where to go on.
  private mutating func join(at place: Int, _ text: [UInt8]) -> Int {
    var start = place
    if start > copied, text[start - 1] == 0x0D { start -= 1 }
    var end = place + 1
    while end < text.count, [0x09, 0x0A, 0x0D, 0x20].contains(text[end]) { end += 1 }
    let before = start > copied ? text[start - 1] : bytes.last
    guard end < text.count, text[end].isBase64Letter, before?.isBase64Letter == true else {
      return end
    }
    copy(text, to: start)
    places.append(Place(start: bytes.count, source: end, isEscape: false))
    copied = end
    return end
  }

  private mutating func copy(_ text: [UInt8], to end: Int) {
    bytes += text[copied..<end]
    copied = end
  }
}

/// The next place of each sign at which something may be undone.
private struct Signs {
  static let newline: UInt8 = 0x0A
  private static let all = [Escape.backslash, Escape.percent, Escape.ampersand, newline]

  private let text: [UInt8]
  private var places = [Int](repeating: -1, count: Signs.all.count)

  init(_ text: [UInt8]) { self.text = text }

  mutating func next(from index: Int) -> Int? {
    var nearest = Int.max
    for (number, sign) in Self.all.enumerated() {
      if places[number] < index {
        places[number] = firstIndex(of: sign, in: text, from: index) ?? .max
      }
      nearest = min(nearest, places[number])
    }
    return nearest == .max ? nil : nearest
  }
}
