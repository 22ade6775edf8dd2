import Jobs
import Screen
import Seedream

/// The first line: whose pictures these are and what they cost, or the panes where one fills the screen.
struct Header {
  let compose: Compose
  /// The job that is edited, as the service has it.
  let edited: JobStatus?
  let queue: QueueStatus
  let budget: [BudgetItem]
  let service: ServiceStatus
  let focus: Pane
  let keymap: Keymap

  func draw(on canvas: inout Canvas, _ layout: Layout) {
    let line = layout.header
    guard !line.isEmpty else { return }
    if layout.isSingle {
      drawPaneNames(on: &canvas, in: line)
      return
    }
    var column = line.column + 1
    column += canvas.write("Darkroom", row: line.row, column: column, Style(.focusedTitle)) + 2
    let (told, role) = editingNote ?? draftedNote ?? providerNote
    let text = DisplayText.truncated(
      DisplayText.visible(told), to: max(0, line.columns - column))
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
    let name = DisplayText.visible(compose.parameters.provider)
    let urgent =
      compose.editing.map { "editing \($0.jobID)" } ?? (queue.isPaused ? "paused" : nil)
    // The price stays on the screen, the names of panes give way.
    let price = "\(name): \(compose.costNote)"
    let wanted = urgent.map { [$0, compose.costNote] } ?? [price]
    let lines: [(names: [String], note: String)] = [
      (Pane.allCases.map { title($0) }, (wanted).joined(separator: " ")),
      (Pane.allCases.map { title($0, isShort: true) }, wanted.joined(separator: " ")),
      ([title(focus)], wanted.joined(separator: " ")),
      ([title(focus)], urgent ?? compose.costNote),
    ]
    func columns(_ names: [String]) -> Int {
      names.reduce(0) { $0 + TextWidth.columns(of: $1) + 1 }
    }
    let fitting = lines.first {
      columns($0.names) + TextWidth.columns(of: $0.note) <= line.columns
    }
    let (names, note) = fitting ?? ([title(focus)], "")
    var column = line.column
    for title in names {
      let isFocused = title.hasPrefix("▸")
      column +=
        canvas.write(
          title, row: line.row, column: column, Style(isFocused ? .focusedTitle : .title),
          clip: line) + 1
    }
    canvas.write(
      note, row: line.row, column: max(column, line.columns - TextWidth.columns(of: note)),
      Style(urgent == nil && compose.endNotice == nil ? .dim : .warning), clip: line)
  }

  private func title(_ pane: Pane, isShort: Bool = false) -> String {
    pane == focus ? "▸\(pane.title)" : isShort ? String(pane.title.prefix(3)) : pane.title
  }

  private var providerNote: (String, Role) {
    let name = compose.parameters.provider
    guard let item = compose.parameters.providerItem else {
      return ("\(name): not in the configuration", .warning)
    }
    if item.isSandbox {
      return ("\(name): pictures are drawn locally, nothing is paid", .success)
    }
    guard item.hasKey else { return ("\(name): no key found, see darkroom doctor", .warning) }
    let paid = "\(name): \(compose.costNote)\(budgetNote)"
    guard let end = compose.endNotice else { return (paid, .text) }
    let verb = end.isReported ? "is reported to have ended here" : "has ended here"
    return ("\(name): \(compose.costNote), \(compose.parameters.modelName) \(verb)", .warning)
  }

  /// Beside whom the next request goes to: whom the draft was written for.
  private var draftedNote: (String, Role)? {
    compose.draftNote.map { ("\(providerNote.0); \($0)", .warning) }
  }

  /// Said in the place of the provider while a job is edited.
  private var editingNote: (String, Role)? {
    guard let editing = compose.editing else { return nil }
    let (key, back) = (keymap.label(.send), keymap.label(.back))
    return editing.isPossible
      ? (
        "Editing \(editing.jobID), \(compose.costNote): \(key) changes the job, \(back) keeps it",
        .warning
      )
      : (
        "Job \(editing.jobID) \(JobWords.fate(of: edited)): \(key) sends this as a new one, \(compose.costNote); \(back) drops it",
        .error
      )
  }

  /// What is left of the limit that has room for the fewest sends such as the next one.
  private var budgetNote: String {
    let cost = compose.highestCost
    let rooms = budget.compactMap { item -> (sends: Double, shown: String)? in
      switch item.unit {
      case .pictures:
        return (Double(item.left) / Double(max(1, compose.parameters.outgoing.count)), item.shown)
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
    case .connecting(isLate: true): return [("connecting", .dim)]
    // A word that goes at once would only flicker.
    case .connecting(isLate: false): break
    case .lost: return [("service lost", .dim)]
    case .connected: break
    }
    if queue.isPaused {
      return [
        ("queue paused (\(keymap.keys(.pauseQueue, from: focus)))", .warning), ("paused", .warning),
      ]
    }
    return queue.trouble == nil ? [] : [("queue held", .warning)]
  }
}
