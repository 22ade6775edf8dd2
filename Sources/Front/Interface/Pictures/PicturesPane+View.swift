import Jobs
import Screen
import Seedream

extension PicturesPane {
  /// How many there are, for the edge of the pane.
  var note: String {
    if !query.isEmpty { return "\(mark) match \(DisplayText.truncated(query, to: 16))" }
    let held = queue.isPaused ? "queue paused" : queue.trouble == nil ? "" : "queue held"
    let count = total == 0 ? "" : mark
    return held.isEmpty || count.isEmpty ? held + count : "\(held) · \(count)"
  }

  /// How many pictures there are, and where they do not all fit the number of the selected one before it:
  /// `1234/1000000`.
  private var mark: String {
    let isLong = rowCount > window.rows || goesOn.above || goesOn.below
    guard isLong, case .picture(let id)? = selected, let row = list.row(of: id),
      let number = list.number(ofRow: row)
    else { return "\(total)" }
    return "\(number)/\(total)"
  }

  /// Whether there are pictures above and below those that are in memory.
  var goesOn: (above: Bool, below: Bool) {
    (!list.pages.reachesStart, !list.pages.reachesEnd && list.isLoaded)
  }

  /// - Returns: the caret of the input, or the selected row.
  func draw(
    on canvas: inout Canvas, in rect: Rect, _ facts: ViewFacts
  ) -> Position? {
    let (isFocused, today, keymap) = (facts.isFocused, facts.wall.today, facts.keymap)
    let (list, foot) = rect.splitTop(rect.rows - (line == nil ? 0 : 1))
    if rowCount == 0 { drawEmpty(on: &canvas, in: list, keymap) }
    let chosen = presentRow
    for offset in 0..<list.rows {
      guard let row = window.row(atLine: offset, count: rowCount) else { break }
      let place = Rect(row: list.row + offset, column: list.column, rows: 1, columns: list.columns)
      if row < leading {
        draw(jobs[row], on: &canvas, in: place, now: facts.now, keymap)
      } else {
        draw(pictures[row - leading], on: &canvas, in: place, today)
      }
      if row == chosen {
        canvas.restyle(place, Style(isFocused ? .selection : .unfocusedSelection))
      }
    }
    if let line, !foot.isEmpty {
      return line.draw(on: &canvas, row: foot.row, column: foot.column, columns: foot.columns)
    }
    guard isFocused, !list.isEmpty else { return nil }
    let place = min(max(0, selectedRow - window.top), list.rows - 1)
    return Position(row: list.row + place, column: list.column)
  }

  private func drawEmpty(on canvas: inout Canvas, in rect: Rect, _ keymap: Keymap) {
    if let failure = list.failure {
      TextBlock.draw(failure, on: &canvas, in: rect, Style(.error))
    } else if !query.isEmpty {
      TextBlock.draw(
        "No picture matches. Press \(keymap.label(.search)) to search for something else, "
          + "\(keymap.label(.back)) to see all.",
        on: &canvas, in: rect, Style(.placeholder))
    } else if list.isLoaded {
      TextBlock.draw(
        "No pictures yet. Write a prompt and press \(keymap.label(.send)).", on: &canvas,
        in: rect,
        Style(.placeholder))
    }
  }

  private func draw(
    _ item: PictureItem, on canvas: inout Canvas, in line: Rect, _ today: LocalTime
  ) {
    var column = line.column
    let lead = item.isPart ? "    └" : item.created.short(on: today)
    column += canvas.write(lead, row: line.row, column: column, Style(.dim), clip: line) + 1
    column += canvas.write(item.id, row: line.row, column: column, Style(.accent), clip: line) + 1
    if let mark = jobList.groupMark(ofPicture: item.id) {
      column +=
        canvas.write(mark, row: line.row, column: column, Style(.dim), clip: line) + 1
    }
    if item.isPart || item.layers.isEmpty, let layer = item.layer, layer.order > 0 {
      writePrompt(layer.name ?? "layer \(layer.order)", on: &canvas, in: line, at: column)
      return
    }
    if !item.layers.isEmpty {
      let mark = list.open.contains(item.id) ? "▾" : "▸"
      column +=
        canvas.write(
          mark + Wording.layers(item.layers.count), row: line.row, column: column, Style(.dim),
          clip: line)
        + 1
    }
    writePrompt(item.prompt, on: &canvas, in: line, at: column)
  }

  private func draw(
    _ job: JobStatus, on canvas: inout Canvas, in line: Rect, now: Double, _ keymap: Keymap
  ) {
    let words = JobWords.of(job, now: now, in: self, keymap)
    var column = line.column
    column += canvas.write(
      "\(words.symbol) ", row: line.row, column: column, Style(words.role), clip: line)
    column += canvas.write(job.id, row: line.row, column: column, Style(.accent), clip: line) + 1
    if let mark = job.group?.mark {
      column += canvas.write(mark, row: line.row, column: column, Style(.dim), clip: line) + 1
    }
    column +=
      canvas.write(words.short, row: line.row, column: column, Style(words.role), clip: line) + 1
    writePrompt(job.request.prompt, on: &canvas, in: line, at: column)
  }

  private func writePrompt(_ prompt: String, on canvas: inout Canvas, in line: Rect, at column: Int)
  {
    let room = line.column + line.columns - column
    guard room > 0 else { return }
    // No more of a long prompt is looked at than could be shown.
    let isPlain = TextWidth.isPlain(prompt.utf8, room + 1)
    let start =
      isPlain ? String(Substring(prompt.utf8.prefix(room + 1))) : String(prompt.prefix(room + 1))
    let words = start.utf8.contains(0x0A) ? start.replacing("\n", with: " ") : start
    canvas.write(
      DisplayText.truncated(DisplayText.visible(words), to: room), row: line.row, column: column,
      Style(.text), clip: line)
  }
}
