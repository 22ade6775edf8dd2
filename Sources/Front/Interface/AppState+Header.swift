import Screen
import Seedream

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
    let (told, role) = editingNote ?? providerNote
    let text = DisplayText.visible(told)
    canvas.write(
      text, row: line.row, column: column, Style(role), clip: line)
    column += TextWidth.columns(of: text) + 2
    for (note, role) in notes {
      let start = line.columns - TextWidth.columns(of: note) - 1
      guard start >= column else { continue }
      canvas.write(note, row: line.row, column: start, Style(role), clip: line)
      return
    }
  }

  private func drawPaneNames(on canvas: inout Canvas, in line: Rect) {
    let name = DisplayText.visible(parameters.provider)
    let urgent = editing.map { "editing \($0.jobID)" } ?? (history.queue.isPaused ? "paused" : nil)
    let notes = urgent.map { [$0] } ?? ["\(name): \(costNote)", name]
    var column = line.column
    for pane in panesNamed(beside: urgent, columns: line.columns) {
      let isFocused = pane == focus
      column +=
        canvas.write(
          isFocused ? "▸\(pane.title)" : pane.title, row: line.row, column: column,
          Style(isFocused ? .focusedTitle : .title), clip: line) + 1
    }
    for note in notes {
      let start = line.columns - TextWidth.columns(of: note)
      guard start > column else { continue }
      canvas.write(
        note, row: line.row, column: start, Style(urgent == nil ? .dim : .warning), clip: line)
      return
    }
  }

  /// All panes, or only the focused one where what is urgent needs the room of the others.
  private func panesNamed(beside urgent: String?, columns: Int) -> [Pane] {
    guard let urgent else { return Pane.allCases }
    let names = Pane.allCases.reduce(1) { $0 + TextWidth.columns(of: $1.title) + 1 }
    return names + TextWidth.columns(of: urgent) < columns ? Pane.allCases : [focus]
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
      ? ("\(name): \(costNote)\(budgetNote)", .text)
      : ("\(name): no key found, see darkroom doctor", .warning)
  }

  /// The price of the next send.
  var costNote: String {
    if parameters.providerItem?.isSandbox == true { return "free" }
    let cost = parameters.highestCost(references: references.items.count)
    return cost.map { "at most \($0)" } ?? "price not known"
  }

  /// Said in the place of the provider while a job is edited.
  private var editingNote: (String, Role)? {
    guard let editing else { return nil }
    if editing.isDone, !isHalfEdited {
      return ("Job \(editing.jobID) was changed: Esc brings your draft back", .success)
    }
    return editing.isPossible
      ? (
        "Editing \(editing.jobID), \(costNote): \(Keymap.label(of: .send)) changes the job, Esc keeps it",
        .warning
      )
      : ("Job \(editing.jobID) was sent meanwhile and cannot be edited: Esc leaves it", .error)
  }

  /// What is left of the limit that has room for the fewest sends such as the next one.
  private var budgetNote: String {
    let cost = parameters.highestCost(references: references.items.count)
    let rooms = budget.compactMap { item -> (sends: Double, shown: String)? in
      switch item.unit {
      case .pictures:
        return (Double(item.left) / Double(max(1, parameters.outgoing.count)), item.shown)
      case .currency(let name):
        guard let cost, cost.currency.rawValue == name else { return nil }
        return (Double(item.left) / Double(max(1, cost.tenThousandths * 100)), item.shown)
      }
    }
    return rooms.min { $0.sends < $1.sends }.map { ", \($0.shown)" } ?? ""
  }

  /// What is to be said at the right, the first that has room.
  private var notes: [(String, Role)] {
    switch service {
    case .connecting: return [("connecting", .dim)]
    case .lost: return [("service lost", .dim)]
    case .connected: break
    }
    if history.queue.isPaused {
      return [
        ("queue paused (\(Keymap.label(of: .focus(.history))) P)", .warning), ("paused", .warning),
      ]
    }
    return history.queue.trouble == nil ? [] : [("queue held", .warning)]
  }
}
