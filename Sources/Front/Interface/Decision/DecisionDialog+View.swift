import Screen
import Seedream

extension DecisionDialog {
  private static let labelColumns = 9

  /// In the middle of the screen, above the message line and the hints.
  ///
  /// - Parameter top: the row at which a message begins, where there is one.
  static func box(on size: Size, above top: Int? = nil) -> Rect {
    let columns = min(size.columns, 76)
    let rows = size.rows > 15 ? min(size.rows - 4, 18) : min(max(0, size.rows - 1), top ?? .max)
    return Rect(
      row: size.rows > 15 ? (size.rows - 2 - rows) / 2 : 0, column: (size.columns - columns) / 2,
      rows: rows, columns: columns)
  }

  /// The rows of the choices, or of the input, at the foot of the box.
  private static func foot(of content: Rect) -> Rect {
    content.splitTop(max(0, content.rows - Choice.allCases.count)).rest
  }

  /// Selects what was clicked.
  mutating func select(at position: Position, in box: Rect) {
    let foot = Self.foot(of: box.inset())
    guard input == nil, foot.contains(position),
      let choice = Choice(rawValue: position.row - foot.row + firstShown(of: foot))
    else { return }
    select(choice)
  }

  /// The first choice shown where there is no room for all: the selected one is among them.
  private func firstShown(of foot: Rect) -> Int { max(0, selected.rawValue - foot.rows + 1) }

  /// - Returns: the caret of the input, or the selected choice.
  func draw(on canvas: inout Canvas, in box: Rect) -> Position? {
    canvas.fill(box)
    let content = Box.draw(
      on: &canvas, box, title: "Job \(job.id): outcome unknown", isFocused: true)
    guard !content.isEmpty else { return nil }
    let foot = Self.foot(of: content)
    drawFacts(on: &canvas, in: content.splitTop(content.rows - foot.rows - 1).top)
    return input.map { draw($0, on: &canvas, in: foot) } ?? drawChoices(on: &canvas, in: foot)
  }

  private func drawFacts(on canvas: inout Canvas, in rect: Rect) {
    var rest = rect
    let used = TextBlock.draw(
      isSettled
        ? Self.settled
        : job.message
          ?? "The request left and no answer came. It may have been drawn and paid for; it is not sent "
          + "again by itself.", on: &canvas, in: rest, Style(.warning))
    rest = rest.splitTop(used + 1).rest
    for (label, text, rows) in facts {
      guard let text, !rest.isEmpty else { continue }
      canvas.write(label, row: rest.row, column: rest.column, Style(.label), clip: rest)
      let value = rest.splitTop(min(rows, rest.rows)).top
        .splitLeft(min(Self.labelColumns, rest.columns)).rest
      let drawn = TextBlock.draw(text, on: &canvas, in: value, Style(.value))
      rest = rest.splitTop(max(1, drawn)).rest
    }
  }

  /// Label, value, and the rows it may take.
  private var facts: [(String, String?, Int)] {
    let request = job.draft?.request
    let what =
      ([job.draft?.provider, job.modelName]
      + [
        Wording.counted(job.expectedCount, "picture", "pictures"), request?.size.description,
      ]).compactMap(\.self).joined(separator: ", ")
    return [
      ("Sent", job.sentTime ?? "not known when", 1),
      ("To", what, 1),
      ("Prompt", DisplayText.visible(String(job.prompt.prefix(400)).replacing("\n", with: " ")), 2),
      ("At risk", job.highestPrice ?? "its price is not known", 1),
      ("Its id", job.clientRequestID, 1),
    ]
  }

  private func drawChoices(on canvas: inout Canvas, in foot: Rect) -> Position? {
    guard !foot.isEmpty else { return nil }
    let first = firstShown(of: foot)
    for choice in Choice.allCases.dropFirst(first).prefix(foot.rows) {
      let row = foot.row + choice.rawValue - first
      let line = Rect(row: row, column: foot.column, rows: 1, columns: foot.columns)
      canvas.write(choice.key, row: row, column: foot.column + 1, Style(.key), clip: line)
      canvas.write(choice.title, row: row, column: foot.column + 5, Style(.text), clip: line)
      if choice == selected { canvas.restyle(line, Style(.selection)) }
    }
    return Position(row: foot.row + selected.rawValue - first, column: foot.column)
  }

  private func draw(_ input: LineInput, on canvas: inout Canvas, in foot: Rect) -> Position? {
    guard !foot.isEmpty else { return nil }
    let caret = input.draw(on: &canvas, row: foot.row, column: foot.column, columns: foot.columns)
    let text =
      input.isBusy
      ? "Taking it in…"
      : input.message
        ?? "Paths of its pictures, in order, separated by spaces; quote those that have some. Enter takes them in, Esc goes back."
    let isRefused = input.message != nil && !input.isBusy
    TextBlock.draw(
      text, on: &canvas, in: foot.splitTop(1).rest, Style(isRefused ? .error : .hint))
    return caret
  }
}
