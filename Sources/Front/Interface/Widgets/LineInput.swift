import Screen

/// A one-line input: a label, a text, and a sentence below where the text will not do.
struct LineInput: Equatable, Sendable {
  /// What may be named in the text, so that it goes on by itself.
  enum Names: Equatable, Sendable {
    case nothing
    /// A path, a URL or the id of a picture.
    case reference
    /// Paths, separated by spaces.
    case files
  }

  let label: String
  let names: Names
  var editor: TextEditor
  /// Why the text was refused; gone with the next change.
  var message: String?
  /// Whether somebody is looking at what was typed.
  var isBusy = false

  init(label: String, text: String = "", names: Names = .nothing) {
    self.label = label
    self.names = names
    editor = TextEditor(text, isSingleLine: true)
  }

  /// The text; nil where there are only blanks.
  var content: String? { editor.isBlank ? nil : editor.text }

  /// What is typed of a path; nil where none is.
  var openPath: String? {
    guard !isBusy else { return nil }
    return switch names {
    case .nothing: nil
    case .reference: editor.text.trimmed
    case .files: PathWords.last(of: editor.text).word
    }
  }

  /// What becomes of the text where its path goes on, and what there is to say of it: what all that fits has in common
  /// is put in.
  ///
  /// - Parameters:
  ///   - typed: what there was of the path.
  ///   - found: all that begins with it.
  func completed(_ typed: String, among found: [String]) -> (text: TextEditor?, notice: Notice?) {
    guard let first = found.first else {
      return (nil, Notice(.information, "Nothing begins with '\(DisplayText.visible(typed))'."))
    }
    let common = found.dropFirst().reduce(first) { String($0.commonPrefix(with: $1)) }
    let text =
      common.count <= typed.count
      ? nil : names == .files ? PathWords.completing(editor.text, with: common) : common
    let names = found.prefix(8).map { path in
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return DisplayText.visible(name + (path.hasSuffix("/") ? "/" : ""))
    }
    let more = found.count > names.count ? ", … \(found.count) in all" : ""
    return (
      text.map { TextEditor($0, isSingleLine: true) },
      found.count == 1 ? nil : Notice(.information, names.joined(separator: ", ") + more)
    )
  }

  /// Changes the text, unless somebody is looking at it. A changed one is not refused any more.
  mutating func edit(_ change: (inout TextEditor) -> Void) {
    guard !isBusy else { return }
    let before = editor.stamp
    change(&editor)
    if editor.stamp != before { message = nil }
  }

  /// Draws label and text on one row.
  /// - Returns: where the caret is.
  func draw(on canvas: inout Canvas, row: Int, column: Int, columns: Int) -> Position {
    let area = Rect(row: row, column: column, rows: 1, columns: columns)
    canvas.fill(area)
    let used = canvas.write(label + " ", row: row, column: column, Style(.label), clip: area)
    let room = Rect(row: row, column: column + used, rows: 1, columns: columns - used)
    guard !room.isEmpty else { return Position(row: row, column: column) }
    let caret = editor.characters[..<editor.caret].reduce(0) { $0 + TextWidth.columns(of: $1) }
    // Scrolls by half the room at a time, so that most letters change one cell only.
    let step = max(1, room.columns / 2)
    let hidden = caret < room.columns ? 0 : ((caret - room.columns) / step + 1) * step
    var place = room.column - hidden
    for (offset, character) in editor.characters.enumerated() {
      let isSelected = editor.selection?.contains(offset) ?? false
      place += canvas.put(
        character, row: row, column: place, Style(isSelected ? .selection : .value), clip: room)
      if place >= room.column + room.columns { break }
    }
    return Position(row: row, column: room.column + caret - hidden)
  }
}

extension String {
  /// The beginning that two texts have in common.
  fileprivate func commonPrefix(with other: String) -> Substring {
    let count = zip(self, other).prefix { $0 == $1 }.count
    return prefix(count)
  }
}
