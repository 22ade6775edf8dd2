import Screen

/// Where a text breaks into lines of the screen: at line ends, after spaces, and beside wide graphemes.
struct TextWrap: Equatable, Sendable {
  /// One line on the screen, as offsets of graphemes. The `\n` that ends it is not part of it.
  struct Line: Equatable, Sendable {
    var start: Int
    var end: Int
    /// Whether a `\n` or the end of the text follows, not merely the next part of a long line.
    var isParagraphEnd: Bool
  }

  /// Columns a line may fill. Spaces that would go further hang over the edge, unseen.
  let columns: Int
  /// Never empty: an empty text has one empty line.
  private(set) var lines: [Line] = []

  init(_ text: [Character], columns: Int) {
    self.columns = max(1, columns)
    wrap(text, from: 0)
  }

  /// The same for a text that has changed from an offset on; what lies well before it is kept.
  func rewrapped(_ text: [Character], from offset: Int) -> TextWrap {
    var wrap = self
    // A line ends where it does because of what begins the next one, or at most the one after.
    let kept = max(0, line(at: offset) - 2)
    let start = lines[kept].start
    wrap.lines.removeSubrange(kept...)
    wrap.wrap(text, from: start)
    return wrap
  }
  /// The line an offset stands on. One between two parts of a long line belongs to the second.
  func line(at offset: Int) -> Int {
    var low = 0
    var high = lines.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lines[middle].start <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The column at which the grapheme behind an offset begins; at most `columns`.
  func column(of offset: Int, in text: [Character]) -> Int {
    let line = lines[line(at: offset)]
    let width = text[line.start..<offset].reduce(0) { $0 + TextWidth.columns(of: $1) }
    return min(width, columns)
  }

  /// The last offset of a line that is still shown on it.
  func lastOffset(ofLine index: Int) -> Int {
    let line = lines[index]
    return line.isParagraphEnd ? line.end : max(line.start, line.end - 1)
  }

  /// The offset on a line that is nearest to a column without passing it.
  func offset(atColumn column: Int, ofLine index: Int, in text: [Character]) -> Int {
    let last = lastOffset(ofLine: index)
    var reached = 0
    var offset = lines[index].start
    while offset < last {
      reached += TextWidth.columns(of: text[offset])
      if reached > column { break }
      offset += 1
    }
    return offset
  }

  private mutating func wrap(_ text: [Character], from offset: Int) {
    var start = offset
    while let end = text[start...].firstIndex(of: "\n") {
      wrap(text, start..<end)
      start = end + 1
    }
    wrap(text, start..<text.count)
  }

  private mutating func wrap(_ text: [Character], _ paragraph: Range<Int>) {
    var start = paragraph.lowerBound
    var filled = 0
    var opportunity: Int?
    var previousWidth = 0
    for offset in paragraph {
      let character = text[offset]
      let width = TextWidth.columns(of: character)
      if character == " " {
        filled = min(columns, filled + 1)
        opportunity = offset + 1
      } else {
        if offset > start, width == 2 || previousWidth == 2,
          LineBreak.isAllowed(between: text[offset - 1], and: character)
        {
          opportunity = offset
        }
        while filled + width > columns, offset > start {
          let end = opportunity ?? offset
          lines.append(Line(start: start, end: end, isParagraphEnd: false))
          filled = text[end..<offset].reduce(0) { $0 + TextWidth.columns(of: $1) }
          start = end
          opportunity = nil
        }
        filled += width
      }
      previousWidth = width
    }
    lines.append(Line(start: start, end: paragraph.upperBound, isParagraphEnd: true))
  }
}

/// The few rules of UAX #14 that matter beside wide graphemes: no closing mark begins a line, no
/// opening one ends it.
private enum LineBreak {
  static let notAtStart: Set<Character> = [
    "，", "。", "、", "；", "：", "！", "？", "）", "」", "』", "》", "】", "”", "’", "…", "·", "ー", ",", ".",
    ";",
    ":", "!", "?", ")", "]", "}",
  ]
  static let notAtEnd: Set<Character> = ["（", "「", "『", "《", "【", "“", "‘", "(", "[", "{"]

  static func isAllowed(between before: Character, and after: Character) -> Bool {
    !notAtStart.contains(after) && !notAtEnd.contains(before)
  }
}
