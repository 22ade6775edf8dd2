import Screen

/// Which part of the screen shows what.
struct Layout: Equatable, Sendable {
  /// Whether only the focused pane is shown, under a line of pane names.
  let isSingle: Bool
  private let size: Size
  private(set) var header: Rect
  /// Frames included, except where there is one pane only.
  private(set) var panes = Panes()
  private(set) var preview: Rect?
  private(set) var message: Rect
  /// The same line as `message` where there is one pane only.
  private(set) var hints: Rect

  /// The rectangle of each pane that is shown. Several are made for every key: a dictionary would take longer.
  struct Panes: Equatable, Sendable {
    private var rects = [Rect?](repeating: nil, count: Pane.allCases.count)

    subscript(pane: Pane) -> Rect? {
      get { rects[pane.rawValue] }
      set { rects[pane.rawValue] = newValue }
    }

    var shown: [(pane: Pane, rect: Rect)] {
      Pane.allCases.compactMap { pane in self[pane].map { (pane, $0) } }
    }
  }

  /// - Parameter fieldCount: how many rows the parameters would like.
  init(size: Size, focus: Pane, fieldCount: Int) {
    self.size = size
    let screen = Rect(size)
    isSingle = size.columns < 60 || size.rows < 15
    let split = screen.splitTop(min(1, size.rows))
    header = split.top
    let footRows = isSingle ? 1 : 2
    let (body, foot) = split.rest.splitTop(split.rest.rows - footRows)
    message = foot.splitTop(1).top
    hints = isSingle ? message : foot.splitTop(1).rest
    if isSingle {
      arrangeSingle(body, focus)
    } else {
      arrange(body, fieldCount)
    }
  }

  /// The most rows a message may take, upwards from its line, so that a row of each pane stays in sight.
  var messageRoom: Int {
    isSingle ? max(1, min(3, panes.shown.map(\.rect.rows).min() ?? 1)) : 3
  }

  /// The part of a pane its contents are drawn in.
  func content(of pane: Pane) -> Rect {
    guard let rect = panes[pane] else { return Rect(row: 0, column: 0, rows: 0, columns: 0) }
    return isSingle ? rect : rect.inset()
  }

  /// What of that no long message covers.
  ///
  /// - Parameter messageRows: how many rows the message has, upwards from its line.
  func content(of pane: Pane, under messageRows: Int) -> Rect {
    let content = content(of: pane)
    let end = message.row - max(0, messageRows - 1)
    return content.splitTop(end - content.row).top
  }

  /// A layer's part of the screen.
  func area(of layer: any LayerState, under messageRows: Int) -> Rect {
    if let pane = layer.pane { return content(of: pane, under: messageRows) }
    return layer.area(on: size, above: messageRows > 0 ? message.row - messageRows + 1 : nil)
  }

  var previewContent: Rect {
    guard let preview else { return Rect(row: 0, column: 0, rows: 0, columns: 0) }
    return isSingle ? preview : preview.inset()
  }

  func pane(at position: Position) -> Pane? {
    if let found = panes.shown.first(where: { $0.rect.contains(position) }) { return found.pane }
    return preview?.contains(position) == true ? .history : nil
  }

  /// Prompt above parameters and references. With room enough the pictures' list goes below them and
  /// the preview has the other half to itself; else the list goes below the preview.
  private mutating func arrange(_ body: Rect, _ fieldCount: Int) {
    let (left, right) = body.splitLeft(min(60, body.columns / 2))
    let wanted = fieldCount + 2
    if left.columns >= 56, body.rows >= 30 {
      let (upper, history) = left.splitTop(left.rows - max(8, (left.rows - wanted) / 2))
      let (prompt, below) = upper.splitTop(upper.rows - wanted)
      let (parameters, references) = below.splitLeft(left.columns / 2)
      panes[.prompt] = prompt
      panes[.parameters] = parameters
      panes[.references] = references
      panes[.history] = history
      preview = right
      return
    }
    if left.columns >= 56 {
      let (prompt, below) = left.splitTop(max(5, left.rows - max(10, wanted)))
      panes[.prompt] = prompt
      let (parameters, references) = below.splitLeft(left.columns / 2)
      panes[.parameters] = parameters
      panes[.references] = references
    } else {
      let references = 4
      let prompt = max(5, left.rows - wanted - references)
      let (top, below) = left.splitTop(prompt)
      panes[.prompt] = top
      let (parameters, rest) = below.splitTop(below.rows - references)
      panes[.parameters] = parameters
      panes[.references] = rest
    }
    let (preview, history) = right.splitTop(right.rows * 2 / 3)
    self.preview = preview
    panes[.history] = history
  }

  private mutating func arrangeSingle(_ body: Rect, _ focus: Pane) {
    guard focus == .history, body.rows >= 8 else {
      panes[focus] = body
      return
    }
    let (top, rest) = body.splitTop(body.rows - max(3, body.rows * 2 / 5))
    preview = top
    panes[focus] = rest
  }
}
