import Screen

/// All keys, those of the focused pane first. Made from the registry of actions.
struct HelpPage: Equatable, Sendable {
  enum Line: Equatable, Sendable {
    case heading(String)
    case binding(keys: String, help: String)
    /// A part of what has no room beside the other.
    case keys(String)
    case help(String)
    case gap
  }

  private static let keyColumns = 30
  private static let helpColumn = 33

  let lines: [Line]
  /// The same as there is room for them.
  private(set) var rows: [Line]
  var window = ListWindow()

  /// - Parameter contexts: where keys are looked up now.
  init(for contexts: [KeyContext], _ keymap: Keymap = .standard) {
    let near = contexts.flatMap { context in
      [context] + KeyContext.allCases.filter { $0.neighbour == context.name }
    }
    let ordered = near.enumerated().filter { near.firstIndex(of: $1) == $0 }.map(\.element)
    let others = KeyContext.allCases.filter { !ordered.contains($0) }
    let sections = (ordered + others).map { Self.section($0, keymap) }
    lines = Array(sections.filter { !$0.isEmpty }.joined(separator: [.gap]))
    rows = lines
  }

  /// Puts keys and sentence below one another where one of them has not the room.
  mutating func lay(outIn columns: Int) {
    rows = lines.flatMap { line -> [Line] in
      guard case .binding(let keys, let help) = line,
        TextWidth.columns(of: keys) > Self.keyColumns
          || Self.helpColumn + TextWidth.columns(of: help) > columns
      else { return [line] }
      return Self.parts(of: keys, columns - 2).map(Line.keys)
        + Self.parts(of: help, columns - 4).map(Line.help)
    }
  }

  private static func parts(of text: String, _ columns: Int) -> [String] {
    let characters = Array(text)
    return TextWrap(characters, columns: max(1, columns)).lines.map {
      String(characters[$0.start..<$0.end])
    }
  }

  /// The help's box, in the middle of the screen.
  func area(on size: Size, above message: Int?) -> Rect {
    let columns = min(size.columns, 76)
    let rows = size.rows > 12 ? size.rows - 4 : size.rows
    return Rect(
      row: (size.rows - rows) / 2, column: (size.columns - columns) / 2, rows: rows,
      columns: columns)
  }

  func draw(on canvas: inout Canvas, in box: Rect, _ facts: ViewFacts) -> Position? {
    canvas.fill(box)
    let isMore = window.top + window.rows < rows.count
    let closes = "\(facts.keymap.label(.back)) closes"
    let rect = Box.draw(
      on: &canvas, box, title: "Keys",
      note: isMore ? "\(facts.keymap.label(.down)) more, \(closes)" : closes, isFocused: true)
    guard !rect.isEmpty else { return nil }
    for line in 0..<rect.rows {
      guard let index = window.row(atLine: line, count: rows.count) else { break }
      let row = rect.row + line
      switch rows[index] {
      case .heading(let text):
        canvas.write(text, row: row, column: rect.column + 1, Style(.accent), clip: rect)
      case .binding(let keys, let help):
        canvas.write(keys, row: row, column: rect.column + 2, Style(.key), clip: rect)
        canvas.write(
          help, row: row, column: rect.column + Self.helpColumn, Style(.text), clip: rect)
      case .keys(let keys):
        canvas.write(keys, row: row, column: rect.column + 2, Style(.key), clip: rect)
      case .help(let help):
        canvas.write(help, row: row, column: rect.column + 4, Style(.text), clip: rect)
      case .gap: break
      }
    }
    return Position(row: rect.row, column: rect.column)
  }

  /// Actions with the same sentence share a line.
  private static func section(_ context: KeyContext, _ keymap: Keymap) -> [Line] {
    var rows: [(keys: [String], help: String)] = []
    for action in ActionRegistry.actions(in: context) {
      let labels = keymap.keys(of: action).map(\.label)
      if let index = rows.firstIndex(where: { $0.help == action.summary }) {
        rows[index].keys += labels
      } else {
        rows.append((labels, action.summary))
      }
    }
    guard !rows.isEmpty else { return [] }
    return [.heading(context.title)]
      + rows.map { .binding(keys: $0.keys.joined(separator: ", "), help: $0.help) }
  }
}
