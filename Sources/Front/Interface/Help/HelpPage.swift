import Screen

/// All keys, those of the focused pane first. Made from the registry of actions.
struct HelpPage: Equatable, Sendable {
  enum Line: Equatable, Sendable {
    case heading(String)
    case binding(keys: String, help: String)
    case gap
  }

  let lines: [Line]
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
    let isMore = window.top + window.rows < lines.count
    let closes = "\(facts.keymap.label(.back)) closes"
    let rect = Box.draw(
      on: &canvas, box, title: "Keys",
      note: isMore ? "\(facts.keymap.label(.down)) more, \(closes)" : closes, isFocused: true)
    guard !rect.isEmpty else { return nil }
    for line in 0..<rect.rows {
      guard let index = window.row(atLine: line, count: lines.count) else { break }
      let row = rect.row + line
      switch lines[index] {
      case .heading(let text):
        canvas.write(text, row: row, column: rect.column + 1, Style(.accent), clip: rect)
      case .binding(let keys, let help):
        let label = DisplayText.truncated(keys, to: 30)
        canvas.write(label, row: row, column: rect.column + 2, Style(.key), clip: rect)
        canvas.write(help, row: row, column: rect.column + 33, Style(.text), clip: rect)
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
