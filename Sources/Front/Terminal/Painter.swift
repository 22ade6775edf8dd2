import Screen

/// Puts a canvas on the screen, as few bytes as it takes.
///
/// What did not change since the last canvas is not even looked at by ncurses; what did, ncurses
/// turns into the shortest way of saying it. For what ncurses cannot draw it is given no-break spaces,
/// and `CellWriter` writes over those afterwards.
///
/// Pictures that the terminal draws itself stand in front of the cells. Nothing is moved under one, and no blank to the
/// end of a row runs through one, since ncurses has no-break spaces there too.
struct Painter: ~Copyable {
  private let screen: CursesScreen
  private let driver: any ImageDriver
  private var images = ImageLayer()
  private var quantizer: ColorQuantizer
  private var shown: Canvas?
  private var shownTheme: Theme?
  /// The last one of the frame that is painted.
  private var ink: Ink?
  private var caret = Position(row: 0, column: 0)
  private var isCaretShown = false
  /// Whether colours by value are written as such; ncurses is told of none.
  private var writesValues: Bool

  /// Unchanged cells between changed ones that ncurses may draw again because moving the cursor over
  /// them is no shorter (`_inline_cost` of its lib_mvcur.c): more than any cursor move has bytes.
  private static let redrawnGap = 16

  init(
    screen: consuming CursesScreen, usesColor: Bool, writesValues: Bool, driver: any ImageDriver
  ) {
    self.driver = driver
    let count = usesColor ? screen.colors : 0
    quantizer = ColorQuantizer(count: count)
    self.writesValues = writesValues && count > 0
    self.screen = screen
  }

  /// - Parameters:
  ///   - size: what the terminal has; a canvas of another size is cut or leaves the rest blank.
  ///   - isSynchronized: whether the terminal can take a large frame as one.
  mutating func paint(
    _ frame: Frame, theme: Theme, size: Size, isSynchronized: Bool, on line: inout TTY
  ) {
    let canvas = frame.canvas
    if theme != shownTheme || canvas.size != shown?.size {
      shown = nil
      // What is moved then must not carry a picture along.
      if images.shown.isEmpty { screen.blank() } else { screen.invalidate() }
    }
    let wanted = driver.draws ? ImageLayer.visible(frame.images, on: size) : []
    let leaving = images.leaving(for: shown == nil ? [] : wanted)
    let removal = leaving.map { driver.removing($0) }.joined()
    if shown == nil { images.forget() }
    ink = nil
    // Where a picture goes or comes, the blanks of ncurses are others.
    let unsettled = (leaving + images.coming(wanted)).map(\.rect)
    // A whole screen may be moved as well: all that ncurses does not know is written anew behind it.
    let isByRow = shown != nil
    // Whether ncurses has a changed row that it was not told to write yet: the last one goes with the cursor.
    var isRowWaiting = false
    var spans: [RowSpan] = []
    var count = 0
    for row in 0..<min(canvas.size.rows, size.rows) {
      let changed = changes(to: canvas, row: row, unsettled).prefix { $0 < size.columns }
      if isRowWaiting, !changed.isEmpty { screen.updateRow() }
      count += changed.count
      var span: ClosedRange<Int>?
      for column in changed {
        if let done = span, column - done.upperBound > Self.redrawnGap {
          spans.append(.init(row: row, columns: done))
          span = nil
        }
        let isCorner = screen.insertsCorner && row == size.rows - 1 && column == size.columns - 1
        span = (span?.lowerBound ?? max(0, isCorner ? column - 1 : column))...column
        let isUnderImage = wanted.contains { $0.rect.columns(ofRow: row)?.contains(column) == true }
        draw(canvas, row: row, column: column, theme, isUnderImage)
      }
      guard let span else { continue }
      spans.append(.init(row: row, columns: span))
      isRowWaiting = isByRow
    }
    var writer = write(
      canvas, spans, uncovered: isByRow ? leaving.map(\.rect) : [], wanted, theme, size)

    if let cursor = frame.cursor { caret = cursor }
    caret = Position(
      row: min(max(0, caret.row), max(0, size.rows - 1)),
      column: min(max(0, caret.column), max(0, size.columns - 1)))
    // What shows or hides the cursor is said at once.
    if isRowWaiting, isCaretShown != (frame.cursor != nil) { screen.updateRow() }
    isCaretShown = frame.cursor != nil
    writer.finish(at: caret)
    screen.moveCursor(to: caret)
    screen.showCursor(isCaretShown)

    // The marks are 16 bytes: worth it only where a frame could be seen half drawn.
    let isBracketed =
      isSynchronized
      && (count > 200 || removal.utf8.count + writer.output.count > 400)
    screen.update()
    line.write(
      Array(((isBracketed ? ModeSequences.synchronizedOn : "") + removal).utf8)
        + screen.takeOutput()
        + writer.output + Array((isBracketed ? ModeSequences.synchronizedOff : "").utf8))
    shown = canvas
    shownTheme = theme
  }

  /// Writes colours by value from now on, and those on the screen anew.
  mutating func writeValues(
    size: Size, isSynchronized: Bool, on line: inout TTY
  ) {
    guard !writesValues, quantizer.depth != .none else { return }
    writesValues = true
    guard let canvas = shown, let theme = shownTheme else { return }
    var others = canvas
    for row in 0..<canvas.size.rows {
      for column in 0..<canvas.size.columns
      where theme.appearance(of: canvas.style(row: row, column: column)).hasValues {
        others.put(" ", row: row, column: column)
      }
    }
    shown = others
    let frame = Frame(
      canvas: canvas, cursor: isCaretShown ? caret : nil, images: images.shown)
    paint(frame, theme: theme, size: size, isSynchronized: isSynchronized, on: &line)
  }

  /// Forgets what is on the screen, as after a resize or another program's use of it.
  mutating func invalidate() {
    shown = nil
    screen.invalidate()
  }

  func resize(to size: Size) { screen.resize(to: size) }

  /// - Returns: what gives the screen back.
  mutating func leave() -> [UInt8] {
    let clearing = images.shown.isEmpty ? "" : driver.clearing
    images.forget()
    screen.leave()
    return Array(clearing.utf8) + screen.takeOutput()
  }

  /// Writes what ncurses cannot, and then the pictures, to go out behind its update.
  /// - Parameters:
  ///   - spans: What was given to ncurses.
  ///   - uncovered: Where pictures were: ncurses takes what stood under them for seen.
  private mutating func write(
    _ canvas: Canvas, _ spans: [RowSpan], uncovered: [Rect], _ wanted: [ImagePlacement],
    _ theme: Theme, _ size: Size
  ) -> CellWriter {
    let corner = Position(row: size.rows - 1, column: size.columns - 1)
    var writer = CellWriter(
      canvas, theme: theme, writesValues: writesValues,
      leavingOut: screen.wrapsAtOnce ? corner : nil)
    var written = spans.map { writer.draw($0, &quantizer) }
    for rect in uncovered {
      for row in rect.row..<rect.row + rect.rows {
        guard var columns = rect.columns(ofRow: row) else { continue }
        if canvas[row, columns.lowerBound].character == nil {
          columns = max(0, columns.lowerBound - 1)...columns.upperBound
        }
        written.append(writer.draw(.init(row: row, columns: columns), &quantizer, isWhole: true))
      }
    }
    for placement in images.take(wanted, written: written) {
      let corner = Position(row: placement.rect.row, column: placement.rect.column)
      writer.put(driver.placing(placement), at: corner)
    }
    return writer
  }

  /// The places in a row that are not on the screen yet, or in cells that ncurses is to be told anew.
  private func changes(to canvas: Canvas, row: Int, _ unsettled: [Rect]) -> [Int] {
    let columns = 0..<canvas.size.columns
    guard let shown else { return Array(columns) }
    let changed = canvas.differences(from: shown, row: row)
    let told = unsettled.compactMap { $0.columns(ofRow: row) }
    return told.isEmpty ? changed : Set(changed).union(told.joined()).intersection(columns).sorted()
  }

  private mutating func draw(
    _ canvas: Canvas, row: Int, column: Int, _ theme: Theme, _ isUnderImage: Bool
  ) {
    let ink = ink(for: canvas.style(row: row, column: column), theme)
    if let scalar = canvas.scalar(row: row, column: column), !ink.isByValue,
      !(isUnderImage && scalar == " "), !RiskyGrapheme.isRisky(scalar)
    {
      // Where nothing was known to be shown, ncurses has plain blanks already.
      if shown == nil, scalar == " ", ink.isPlain { return }
      screen.put(scalar, row: row, column: column, ink.attributes, pair: ink.pair)
      return
    }
    guard let character = canvas[row, column].character else { return }
    let isCovered = isUnderImage && character == " "
    guard isCovered || ink.isByValue || RiskyGrapheme.isRisky(character) else {
      screen.put(
        character.unicodeScalars, row: row, column: column, ink.attributes, pair: ink.pair)
      return
    }
    // Not plain blanks: those would be wiped to the end of the line together with what covers them.
    for offset in 0..<TextWidth.columns(of: character) {
      screen.put("\u{A0}", row: row, column: column + offset, ink.attributes, pair: ink.pair)
    }
  }

  /// What ncurses is told of a style. Cells beside one another mostly share it.
  private mutating func ink(for style: Style, _ theme: Theme) -> Ink {
    if let ink, ink.style == style { return ink }
    let wanted = theme.appearance(of: style)
    let isByValue = writesValues && wanted.hasValues
    let appearance = isByValue ? Appearance() : wanted
    var attributes: CursesScreen.Attributes = []
    if appearance.isBold { attributes.insert(.bold) }
    if appearance.isDim { attributes.insert(.dim) }
    if appearance.isReversed { attributes.insert(.reversed) }
    if appearance.isUnderlined { attributes.insert(.underlined) }
    let pair = screen.pair(
      quantizer.number(appearance.foreground), quantizer.number(appearance.background))
    let ink = Ink(style: style, isByValue: isByValue, attributes: attributes, pair: pair)
    self.ink = ink
    return ink
  }

  private struct Ink {
    let style: Style
    /// Whether the cell is written behind ncurses' back.
    let isByValue: Bool
    let attributes: CursesScreen.Attributes
    let pair: Int32

    /// Whether it is how an untouched cell looks.
    var isPlain: Bool { attributes.isEmpty && pair == 0 }
  }
}
