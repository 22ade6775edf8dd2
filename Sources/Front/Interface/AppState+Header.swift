import Screen

extension AppState {
  /// The first line: whose pictures these are and what they cost, or the panes where one fills the screen.
  func drawHeader(on canvas: inout Canvas, _ layout: Layout) {
    let line = layout.header
    guard !line.isEmpty else { return }
    if layout.isSingle {
      drawPaneNames(on: &canvas, in: line)
      return
    }
    var column = line.column + 1
    column += canvas.write("Darkroom", row: line.row, column: column, Style(.focusedTitle)) + 2
    let (text, role) = providerNote
    canvas.write(
      DisplayText.visible(text), row: line.row, column: column, Style(role), clip: line)
    if let status = serviceNote {
      canvas.write(
        status, row: line.row,
        column: line.columns - TextWidth.columns(of: status) - 1, Style(.dim), clip: line)
    }
  }

  private func drawPaneNames(on canvas: inout Canvas, in line: Rect) {
    var column = line.column
    for pane in Pane.allCases {
      let isFocused = pane == focus
      column +=
        canvas.write(
          isFocused ? "▸\(pane.title)" : pane.title, row: line.row, column: column,
          Style(isFocused ? .focusedTitle : .title), clip: line) + 1
    }
    let name = DisplayText.visible(parameters.provider)
    for note in ["\(name): \(costNote)", name] {
      let start = line.columns - TextWidth.columns(of: note)
      guard start > column else { continue }
      canvas.write(note, row: line.row, column: start, Style(.dim), clip: line)
      return
    }
  }

  private var providerNote: (String, Role) {
    let name = parameters.provider
    guard let item = parameters.providerItem else {
      return ("\(name): not in the configuration", .warning)
    }
    if item.isSandbox {
      return ("\(name): pictures are drawn locally, nothing is paid", .success)
    }
    return item.hasKey
      ? ("\(name): \(costNote)", .text)
      : ("\(name): no key found, see darkroom doctor", .warning)
  }

  /// The price of the next send.
  private var costNote: String {
    if parameters.providerItem?.isSandbox == true { return "free" }
    let cost = parameters.highestCost(references: references.items.count)
    return cost.map { "at most \($0)" } ?? "price not known"
  }

  private var serviceNote: String? {
    switch service {
    case .connecting: "connecting"
    case .connected: nil
    case .lost: "service lost"
    }
  }
}
