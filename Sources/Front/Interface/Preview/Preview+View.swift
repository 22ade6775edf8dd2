import Jobs
import Screen
import Seedream

extension Preview {
  /// Where a picture goes, above its facts and, where there is room, its path.
  static func pictureArea(in rect: Rect) -> Rect {
    rect.splitTop(rect.rows - (rect.rows >= 8 ? 2 : rect.rows > 2 ? 1 : 0)).top
  }

  func draw(
    _ item: PictureItem, on canvas: inout Canvas, in rect: Rect, key: PreviewKey?,
    place: String
  ) {
    let area = Self.pictureArea(in: rect)
    switch key.flatMap({ self[$0] }) {
    case .picture(let picture):
      canvas.show(
        picture, row: area.row + max(0, (area.rows - picture.size.rows) / 2),
        column: area.column + max(0, (area.columns - picture.size.columns) / 2), in: area)
    case .failed(let message):
      TextBlock.draw(message, on: &canvas, in: area, Style(.error))
    case nil: break
    }
    Self.drawFacts(of: item, on: &canvas, in: rect.splitTop(area.rows).rest, place: place)
  }

  private static func drawFacts(
    of item: PictureItem, on canvas: inout Canvas, in rect: Rect, place: String
  ) {
    guard !rect.isEmpty else { return }
    var column = rect.column
    column += canvas.write(item.id, row: rect.row, column: column, Style(.accent), clip: rect) + 1
    let size = item.width > 0 ? "\(item.width)x\(item.height)" : "size unknown"
    let name = item.isPart ? item.layer?.name.map { " '\($0)'" } ?? "" : ""
    let layers = item.layers.isEmpty ? "" : " \(Wording.layers(item.layers.count))"
    let facts = "\(size)\(name)\(layers) \(item.modelName) \(Wording.bytes(item.byteCount))"
    column += canvas.write(
      DisplayText.visible(facts), row: rect.row, column: column, Style(.text), clip: rect)
    let isBelow = rect.rows > 1
    let start = isBelow ? rect.column : column + 1
    canvas.write(
      tail(
        of: DisplayText.visible(place), columns: rect.column + rect.columns - start),
      row: rect.row + (isBelow ? 1 : 0), column: start, Style(.dim), clip: rect)
  }

  /// The sentence, the prompt and the message of a job in place of a picture.
  static func draw(
    _ job: JobStatus, on canvas: inout Canvas, in rect: Rect, _ facts: ViewFacts,
    picturesPane: PicturesPane
  ) {
    let words = JobWords.of(job, now: facts.now, in: picturesPane, facts.keymap)
    var rest = rect
    func paragraph(_ text: String, _ role: Role, gap: Int = 0) {
      guard !text.isEmpty else { return }
      let used = TextBlock.draw(text, on: &canvas, in: rest, Style(role))
      rest = rest.splitTop(used + gap).rest
    }
    paragraph("\(words.symbol) \(job.id) \(job.modelName)", .accent)
    paragraph(words.sentence, words.role)
    if case .running = job.state, picturesPane.isCurrent, let usual = job.usualSeconds, usual > 0,
      let start = job.sent
    {
      paragraph(bar(share: (facts.now - start) / usual, columns: min(40, rest.columns)), .accent)
    }
    if job.request.count > 1 {
      paragraph("\(job.pictures.count) of \(job.request.count) arrived.", .text)
    }
    if let group = job.group { paragraph(group.sentence, .dim) }
    for line in job.memberLines { paragraph(line.text, line.role) }
    paragraph(
      job.note ?? "", job.state.needsKey ? .warning : job.state.isFinal ? .error : .text)
    paragraph(job.priceLine ?? "", .dim)
    if job.state.isUnresolved {
      paragraph(job.sent.map { "Sent \(facts.wall.time($0).full)" } ?? "", .dim)
      paragraph(job.clientRequestID.map { "Its id \($0)" } ?? "", .dim)
    }
    rest = rest.splitTop(1).rest
    paragraph(String(job.request.prompt.prefix(rest.rows * rest.columns)), .dim)
  }

  private static func bar(share: Double, columns: Int) -> String {
    let filled = Int(min(max(0, share), 1) * Double(columns))
    return String(repeating: "━", count: filled) + String(repeating: "─", count: columns - filled)
  }

  /// The end of a path, which tells more than its beginning.
  private static func tail(of text: String, columns: Int) -> String {
    guard TextWidth.columns(of: text) > columns else { return text }
    if columns > 1, TextWidth.isPlain(text) {
      return "…" + String(Substring(text.utf8.suffix(columns - 1)))
    }
    var tail = Array(text.suffix(max(0, columns - 1)))
    while tail.reduce(0, { $0 + TextWidth.columns(of: $1) }) > columns - 1, !tail.isEmpty {
      tail.removeFirst()
    }
    return columns > 1 ? "…" + String(tail) : ""
  }
}
