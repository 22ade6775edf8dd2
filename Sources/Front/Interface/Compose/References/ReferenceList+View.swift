import Screen
import Seedream

extension ReferenceList {
  /// - Returns: the caret of the input, or the selected row.
  func draw(
    on canvas: inout Canvas, in rect: Rect, _ facts: ViewFacts
  ) -> Position? {
    let (isFocused, home, keymap) = (facts.isFocused, facts.home, facts.keymap)
    let inputRows = line == nil ? 0 : min(2, rect.rows)
    let (list, foot) = rect.splitTop(rect.rows - inputRows)
    if items.isEmpty, line == nil {
      TextBlock.draw(
        "None. Press \(keymap.label(.addReference)) to add a picture, a file or a URL.",
        on: &canvas, in: list, Style(.placeholder))
    }
    for place in 0..<list.rows {
      guard let row = window.row(atLine: place, count: items.count) else { break }
      draw(
        row, on: &canvas,
        in: Rect(row: list.row + place, column: list.column, rows: 1, columns: list.columns),
        isFocused: isFocused && line == nil, home: home)
    }
    if let line { return draw(line, on: &canvas, in: foot, keymap) }
    guard isFocused, !rect.isEmpty else { return nil }
    let place = min(max(0, selected - window.top), max(0, list.rows - 1))
    return Position(row: list.row + place, column: list.column)
  }

  /// What is to be said of the selected one on the message line.
  var selectedNotice: Notice? {
    guard items.indices.contains(selected) else { return nil }
    return items[selected].problem.map { Notice(.error, $0) } ?? problems[selected]?.notice
  }

  private func draw(
    _ row: Int, on canvas: inout Canvas, in line: Rect, isFocused: Bool, home: HomeDirectory
  ) {
    let item = items[row]
    let isBlocked = item.problem != nil || problems[row]?.severity == .blocking
    let number = "\(row + 1) "
    var column = line.column
    column += canvas.write(number, row: line.row, column: column, Style(.accent), clip: line)
    if isBlocked {
      column += canvas.write("! ", row: line.row, column: column, Style(.error), clip: line)
    }
    let details = item.problem ?? problems[row]?.sentence ?? item.details
    let room = line.column + line.columns - column
    let detailsWidth = TextWidth.columns(of: details)
    let visibleName = DisplayText.visible(home.shown(item.name))
    let nameRoom = max(min(16, room), room - detailsWidth - 2)
    let name = DisplayText.truncated(visibleName, to: nameRoom)
    column += canvas.write(name, row: line.row, column: column, Style(.value), clip: line) + 2
    let shown = DisplayText.truncated(details, to: line.column + line.columns - column)
    canvas.write(
      shown, row: line.row, column: column, Style(isBlocked ? .error : .dim), clip: line)
    if row == selected, isFocused { canvas.restyle(line, Style(.selection)) }
  }

  private func draw(
    _ input: LineInput, on canvas: inout Canvas, in foot: Rect, _ keymap: Keymap
  ) -> Position? {
    guard !foot.isEmpty else { return nil }
    let caret = input.draw(on: &canvas, row: foot.row, column: foot.column, columns: foot.columns)
    guard foot.rows > 1 else { return caret }
    let below = Rect(row: foot.row + 1, column: foot.column, rows: 1, columns: foot.columns)
    canvas.write(
      DisplayText.truncated(
        "Path, URL or id, then \(keymap.label(.acceptLine))", to: below.columns),
      row: below.row, column: below.column, Style(.hint), clip: below)
    return caret
  }
}

extension ReferenceList.Item {
  var name: String {
    if case .ready(let facts) = state { return facts.name }
    return text
  }

  var problem: String? {
    if case .refused(let message) = state { return message }
    return nil
  }

  /// `jpeg 2048x2048 1.2 MB`, as far as known.
  var details: String {
    switch state {
    case .checking: return "looking at it…"
    case .refused(let message): return message
    case .ready(let facts):
      var parts: [String] = []
      if let format = facts.format { parts.append(format.rawValue) }
      if let width = facts.width, let height = facts.height { parts.append("\(width)x\(height)") }
      if let count = facts.byteCount { parts.append(Wording.bytes(count)) }
      if parts.isEmpty, case .url = facts.reference { parts.append("URL") }
      return parts.joined(separator: " ")
    }
  }
}
