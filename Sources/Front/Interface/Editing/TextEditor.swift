/// A text being edited: graphemes, a caret, a selection, soft wrap, undo and a kill buffer.
///
/// Offsets count graphemes from the start of the text. An edit wraps anew what lies behind it: about a
/// millisecond for ten thousand graphemes, far less at the end of the text.
struct TextEditor: Equatable, Sendable {
  /// What the last command was, where the next one may continue it.
  enum Chain: Equatable, Sendable {
    case none, typing, deletingBackward, deletingForward, killing
  }

  let isSingleLine: Bool
  private(set) var characters: [Character] = []
  /// Tells a text from another one without a look at either; a copy of the text, kept to compare it, would have the
  /// next edit copy all of it. Mixed from the edits, so that two ways to one text differ.
  private(set) var stamp = EditStamp()
  var caret = 0
  /// The other end of the selection.
  var anchor: Int?
  private(set) var wrap: TextWrap
  /// Lines a page motion moves by.
  var pageRows = 10
  var wantedColumn: Int?
  var chain = Chain.none
  var killed: [Character] = []
  private var history = EditHistory()

  init(_ text: String = "", isSingleLine: Bool = false) {
    self.isSingleLine = isSingleLine
    characters = TextCleaning.regrouped(
      TextCleaning.graphemes(of: text, isSingleLine: isSingleLine))
    caret = characters.count
    stamp.mix(0..<0, characters)
    wrap = TextWrap(characters, columns: .max)
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }

  /// Whether there is anything but blanks.
  var isBlank: Bool { characters.allSatisfy(\.isWhitespace) }

  var selection: Range<Int>? {
    guard let anchor, anchor != caret else { return nil }
    return min(anchor, caret)..<max(anchor, caret)
  }

  /// The columns lines may fill from now on. A single line never wraps.
  mutating func setColumns(_ columns: Int) {
    guard !isSingleLine, columns != wrap.columns else { return }
    wrap = TextWrap(characters, columns: columns)
  }

  /// What a key typed: one step of undo together with the rest of its word.
  mutating func type(_ character: Character) {
    let startsWord = caret > 0 && characters[caret - 1] == " " && character != " "
    if chain != .typing || startsWord || selection != nil { history.beginGroup() }
    replace(selection ?? caret..<caret, with: cleaned(String(character)))
    chain = .typing
  }

  /// Text that came in one piece: one step of undo, in place of the selection.
  mutating func insert(_ text: String) {
    history.beginGroup()
    replace(selection ?? caret..<caret, with: cleaned(text))
    chain = .none
  }

  /// Another text in place of all of it: one step of undo.
  mutating func replaceAll(with text: String) {
    let new = cleaned(text)
    guard new != characters else { return }
    history.beginGroup()
    replace(0..<characters.count, with: new)
    chain = .none
  }

  mutating func perform(_ command: EditCommand) {
    switch command {
    case .move(let motion): move(motion, selecting: false)
    case .select(let motion): move(motion, selecting: true)
    case .newline:
      if !isSingleLine { insert("\n") }
    case .deleteBackward: delete(to: caret - 1, .deletingBackward)
    case .deleteForward: delete(to: caret + 1, .deletingForward)
    case .killWordBackward: kill(to: shellWordStart(before: caret))
    case .killPartBackward: kill(to: wordStart(before: caret))
    case .killPartForward: kill(to: wordEnd(after: caret))
    case .killToLineStart: kill(to: paragraphStart(of: caret))
    case .killToLineEnd:
      let end = paragraphEnd(of: caret)
      kill(to: end == caret ? min(caret + 1, characters.count) : end)
    case .yank: insert(String(killed))
    case .copy: copySelection()
    case .undo: undo()
    case .redo: redo()
    }
  }

  private func cleaned(_ text: String) -> [Character] {
    TextCleaning.graphemes(of: text, isSingleLine: isSingleLine)
  }

  private mutating func delete(to target: Int, _ kind: Chain) {
    let goal = min(max(0, target), characters.count)
    let range = selection ?? min(goal, caret)..<max(goal, caret)
    guard !range.isEmpty else { return }
    if chain != kind { history.beginGroup() }
    replace(range, with: [])
    chain = kind
  }

  private mutating func kill(to target: Int) {
    let range = selection ?? min(target, caret)..<max(target, caret)
    guard !range.isEmpty else { return }
    let cut = Array(characters[range])
    if chain != .killing {
      killed = cut
      history.beginGroup()
    } else {
      killed = range.lowerBound < caret ? cut + killed : killed + cut
    }
    replace(range, with: [])
    chain = .killing
  }

  private mutating func copySelection() {
    guard let selection else { return }
    killed = Array(characters[selection])
    anchor = nil
    chain = .none
  }

  private mutating func undo() {
    for edit in history.takeBack() {
      apply(edit.offset..<edit.offset + edit.inserted.count, edit.removed, caret: edit.caretBefore)
    }
    chain = .none
  }

  private mutating func redo() {
    for edit in history.doAgain() {
      apply(edit.offset..<edit.offset + edit.removed.count, edit.inserted, caret: edit.caretAfter)
    }
    chain = .none
  }

  /// The one place where text changes and is recorded. Graphemes that grow together across the seam,
  /// such as a letter and an accent typed after it, become one.
  private mutating func replace(_ range: Range<Int>, with new: [Character]) {
    let before = range.lowerBound > 0 ? [characters[range.lowerBound - 1]] : []
    let after = range.upperBound < characters.count ? [characters[range.upperBound]] : []
    let regrouped = TextCleaning.regrouped(before + new + after)
    let caretBefore = caret
    var offset = range.lowerBound
    var removed = Array(characters[range])
    var inserted = new
    var caretAfter = offset + new.count
    if regrouped != before + new + after {
      offset -= before.count
      removed = before + removed + after
      inserted = regrouped
      caretAfter = offset + TextCleaning.regrouped(before + new).count
    }
    apply(offset..<offset + removed.count, inserted, caret: caretAfter)
    guard removed != inserted else { return }
    history.record(
      at: offset, removed: removed, inserted: inserted, caretBefore: caretBefore,
      caretAfter: caret)
  }

  private mutating func apply(_ range: Range<Int>, _ new: [Character], caret newCaret: Int) {
    caret = min(newCaret, characters.count - range.count + new.count)
    anchor = nil
    wantedColumn = nil
    guard !characters[range].elementsEqual(new) else { return }
    characters.replaceSubrange(range, with: new)
    stamp.mix(range, new)
    wrap = wrap.rewrapped(characters, from: range.lowerBound)
  }
}

/// A number that every edit changes (FNV-1a, draft-eastlake-fnv).
struct EditStamp: Equatable, Sendable {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func mix(_ range: Range<Int>, _ new: [Character]) {
    mix(UInt64(range.lowerBound))
    mix(UInt64(range.count))
    for character in new {
      for byte in character.utf8 { mix(UInt64(byte)) }
    }
  }

  private mutating func mix(_ number: UInt64) { value = (value ^ number) &* 0x100_0000_01B3 }
}
