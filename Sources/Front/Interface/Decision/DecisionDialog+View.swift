import Jobs
import Screen
import Seedream

extension DecisionDialog {
  private static let labelColumns = 9

  /// In the middle of the screen, above the message line and the hints.
  ///
  /// - Parameter top: the row at which a message begins, where there is one.
  func area(on size: Size, above top: Int?) -> Rect {
    let columns = min(size.columns, 76)
    let rows = size.rows > 15 ? min(size.rows - 4, 18) : min(max(0, size.rows - 1), top ?? .max)
    return Rect(
      row: size.rows > 15 ? (size.rows - 2 - rows) / 2 : 0, column: (size.columns - columns) / 2,
      rows: rows, columns: columns)
  }

  /// The rows of the choices, or of the input, at the foot of the box.
  private func foot(of content: Rect) -> Rect {
    content.splitTop(max(0, content.rows - choices.count)).rest
  }

  /// Selects what was clicked.
  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest] {
    let foot = foot(of: Rect(size).inset())
    let row = place.row - foot.row + firstShown(of: foot)
    guard line == nil, foot.contains(place), choices.indices.contains(row) else { return [] }
    select(choices[row])
    return []
  }

  /// The first choice shown where there is no room for all: the selected one is among them.
  private func firstShown(of foot: Rect) -> Int { max(0, selectedRow - foot.rows + 1) }

  /// - Returns: the caret of the input, or the selected choice.
  func draw(on canvas: inout Canvas, in box: Rect, _ facts: ViewFacts) -> Position? {
    canvas.fill(box)
    let content = Box.draw(
      on: &canvas, box, title: "Job \(job.id): outcome unknown", isFocused: true)
    guard !content.isEmpty else { return nil }
    let foot = foot(of: content)
    drawFacts(
      on: &canvas, in: content.splitTop(content.rows - foot.rows - (content.rows < 12 ? 0 : 1)).top,
      facts)
    return line.map { draw($0, on: &canvas, in: foot, facts.keymap) }
      ?? drawChoices(on: &canvas, in: foot, facts.keymap)
  }

  private func drawFacts(on canvas: inout Canvas, in rect: Rect, _ known: ViewFacts) {
    var rest = rect
    let sentence =
      isSettled
      ? Self.settled(known.keymap)
      : job.note
        ?? "The request left and no answer came. It may have been drawn and paid for; it is not sent "
        + "again by itself."
    guard rect.rows >= 8 else {
      // What is decided, and what it may cost, before anything is said about it.
      for text in ["At risk \(risk): \(what)", prompt(200)] where !rest.isEmpty {
        canvas.write(
          DisplayText.truncated(DisplayText.visible(text), to: rest.columns), row: rest.row,
          column: rest.column, Style(.value), clip: rest)
        rest = rest.splitTop(1).rest
      }
      TextBlock.draw(sentence, on: &canvas, in: rest, Style(.warning))
      return
    }
    let used = TextBlock.draw(sentence, on: &canvas, in: rest, Style(.warning))
    rest = rest.splitTop(used + 1).rest
    for (label, text, rows) in facts(known.wall) {
      guard let text, !rest.isEmpty else { continue }
      canvas.write(label, row: rest.row, column: rest.column, Style(.label), clip: rest)
      let value = rest.splitTop(min(rows, rest.rows)).top
        .splitLeft(min(Self.labelColumns, rest.columns)).rest
      let drawn = TextBlock.draw(text, on: &canvas, in: value, Style(.value))
      rest = rest.splitTop(max(1, drawn)).rest
    }
  }

  private var risk: String {
    isFree ? "nothing: it is free" : job.highestPrice?.shown ?? "its price is not known"
  }

  /// Whom it went to, and for what.
  private var what: String {
    [
      job.provider, job.modelName, Wording.counted(job.request.count, "picture", "pictures"),
      job.request.size.description,
    ].joined(separator: ", ")
  }

  private func prompt(_ count: Int) -> String {
    DisplayText.visible(String(job.request.prompt.prefix(count)).replacing("\n", with: " "))
  }

  /// Label, value, and the rows it may take.
  private func facts(_ wall: WallClock) -> [(String, String?, Int)] {
    [
      ("Sent", job.sent.map { wall.time($0).full } ?? "not known when", 1),
      ("To", what, 1),
      ("Prompt", prompt(400), 2),
      ("At risk", risk, 1),
      (
        "Kept",
        job.rawReply.map { "an answer of \(Wording.bytes($0.byteCount)), not read in whole" }, 1
      ),
      ("Its id", job.clientRequestID, 1),
    ]
  }

  private func drawChoices(
    on canvas: inout Canvas, in foot: Rect, _ keymap: Keymap
  ) -> Position? {
    guard !foot.isEmpty else { return nil }
    let first = firstShown(of: foot)
    for (place, choice) in choices.dropFirst(first).prefix(foot.rows).enumerated() {
      let row = foot.row + place
      let line = Rect(row: row, column: foot.column, rows: 1, columns: foot.columns)
      canvas.write(
        keymap.label(choice.action), row: row, column: foot.column + 1, Style(.key), clip: line)
      canvas.write(
        DisplayText.truncated(choice.title(isFree: isFree), to: foot.columns - 5), row: row,
        column: foot.column + 5, Style(.text), clip: line)
      if choice == selected { canvas.restyle(line, Style(.selection)) }
    }
    return Position(row: foot.row + selectedRow - first, column: foot.column)
  }

  private func draw(
    _ input: LineInput, on canvas: inout Canvas, in foot: Rect, _ keymap: Keymap
  ) -> Position? {
    guard !foot.isEmpty else { return nil }
    let caret = input.draw(on: &canvas, row: foot.row, column: foot.column, columns: foot.columns)
    let text =
      input.isBusy
      ? "Taking it in…"
      : input.message
        ?? "Paths of its pictures, in order, separated by spaces; quote those that have some. "
        + "\(keymap.label(.acceptLine)) takes them in, \(keymap.label(.back)) goes back."
    let isRefused = input.message != nil && !input.isBusy
    TextBlock.draw(
      text, on: &canvas, in: foot.splitTop(1).rest, Style(isRefused ? .error : .hint))
    return caret
  }
}
