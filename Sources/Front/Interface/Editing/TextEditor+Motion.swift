import Screen

extension TextEditor {
  mutating func move(_ motion: Motion, selecting: Bool) {
    chain = .none
    if selecting {
      anchor = anchor ?? caret
    } else if let selection, motion == .left || motion == .right {
      caret = motion == .left ? selection.lowerBound : selection.upperBound
      anchor = nil
      wantedColumn = nil
      return
    } else {
      anchor = nil
    }
    if let lines = motion.lines(page: pageRows) {
      moveLines(lines)
    } else {
      caret = target(of: motion)
      wantedColumn = nil
    }
  }

  /// Puts the caret where a pointer is: line and column count from the first line of the text.
  mutating func moveCaret(line: Int, column: Int, selecting: Bool = false) {
    anchor = selecting ? anchor ?? caret : nil
    let index = min(max(0, line), wrap.lines.count - 1)
    caret = wrap.offset(atColumn: max(0, column), ofLine: index, in: characters)
    wantedColumn = nil
    chain = .none
  }

  func wordStart(before offset: Int) -> Int {
    var offset = offset
    while offset > 0, kind(offset - 1) == .gap { offset -= 1 }
    guard offset > 0 else { return 0 }
    let word = kind(offset - 1)
    while offset > 0, kind(offset - 1) == word { offset -= 1 }
    return offset
  }

  func wordEnd(after offset: Int) -> Int {
    var offset = offset
    while offset < characters.count, kind(offset) == .gap { offset += 1 }
    guard offset < characters.count else { return offset }
    let word = kind(offset)
    while offset < characters.count, kind(offset) == word { offset += 1 }
    return offset
  }

  func shellWordStart(before offset: Int) -> Int {
    var offset = offset
    while offset > 0, characters[offset - 1].isWhitespace { offset -= 1 }
    while offset > 0, !characters[offset - 1].isWhitespace { offset -= 1 }
    return offset
  }

  func paragraphStart(of offset: Int) -> Int {
    characters[..<offset].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  func paragraphEnd(of offset: Int) -> Int {
    characters[offset...].firstIndex(of: "\n") ?? characters.count
  }

  /// The first press stays on the line of the screen, the next goes on to the end of the paragraph.
  private func target(of motion: Motion) -> Int {
    switch motion {
    case .left: return max(0, caret - 1)
    case .right: return min(characters.count, caret + 1)
    case .wordLeft: return wordStart(before: caret)
    case .wordRight: return wordEnd(after: caret)
    case .lineStart:
      let start = wrap.lines[wrap.line(at: caret)].start
      return start == caret ? paragraphStart(of: caret) : start
    case .lineEnd:
      let end = wrap.lastOffset(ofLine: wrap.line(at: caret))
      return end == caret ? paragraphEnd(of: caret) : end
    case .textStart: return 0
    case .textEnd: return characters.count
    case .up, .down, .pageUp, .pageDown: return caret
    }
  }

  private mutating func moveLines(_ count: Int) {
    let current = wrap.line(at: caret)
    let column = wantedColumn ?? wrap.column(of: caret, in: characters)
    let goal = min(max(0, current + count), wrap.lines.count - 1)
    if goal == current {
      caret = count < 0 ? 0 : characters.count
    } else {
      caret = wrap.offset(atColumn: column, ofLine: goal, in: characters)
    }
    wantedColumn = column
  }

  private enum Kind { case gap, narrow, wide }

  /// Runs of letters and digits are words, and so are runs of wide ones, which use no spaces.
  private func kind(_ offset: Int) -> Kind {
    let character = characters[offset]
    guard character.isLetter || character.isNumber || TextWidth.columns(of: character) == 2,
      !character.isPunctuation
    else { return .gap }
    return TextWidth.columns(of: character) == 2 ? .wide : .narrow
  }
}

extension Motion {
  /// How many lines down it goes; nil where it does not go by lines.
  fileprivate func lines(page: Int) -> Int? {
    switch self {
    case .up: -1
    case .down: 1
    case .pageUp: -max(1, page - 1)
    case .pageDown: max(1, page - 1)
    default: nil
    }
  }
}
