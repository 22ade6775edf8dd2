/// A grid of cells that views draw on. Writes outside it are clipped; any size down to zero works.
///
/// A frame is drawn, on the one before, and compared with it for every key: rows that nobody wrote to are shared between
/// the two, and cells are two words each, so that what is left counts no references.
package struct Canvas: Sendable {
  package let size: Size
  private var rows: [[PlainCell]]
  /// Graphemes that no word has room for, in the order they were drawn.
  private var longGlyphs: [Character] = []

  private struct PlainCell: Equatable, Sendable {
    var glyph: Glyph
    var style: Style
  }

  package init(size: Size) {
    self.size = size
    rows = Array(
      repeating: Array(
        repeating: PlainCell(glyph: .blank, style: Style()), count: size.columns),
      count: size.rows)
  }

  /// The cell at a place; blank outside the grid.
  package subscript(row: Int, column: Int) -> Cell {
    guard contains(row, column) else { return .blank }
    return Cell(character(row, column), rows[row][column].style)
  }

  /// The code point at a place, where one alone starts there: most cells, and the quickest to ask for.
  package func scalar(row: Int, column: Int) -> Unicode.Scalar? {
    contains(row, column) ? rows[row][column].glyph.scalar : nil
  }

  /// All cells, row by row.
  package var cells: [Cell] {
    rows.indices.flatMap { row in (0..<size.columns).map { self[row, $0] } }
  }

  /// Whether any grapheme was drawn on it that takes more than a word.
  package var hasLongGraphemes: Bool { !longGlyphs.isEmpty }

  /// How the cell at a place is drawn; as text outside the grid.
  package func style(row: Int, column: Int) -> Style {
    contains(row, column) ? rows[row][column].style : Style()
  }

  /// The places of a row where the cells are not those of another canvas of the same size.
  package func differences(from other: Canvas, row: Int) -> [Int] {
    let isPlain = longGlyphs.isEmpty && other.longGlyphs.isEmpty
    // A row that is shared is not looked at.
    if isPlain, rows[row] == other.rows[row] { return [] }
    let (mine, theirs) = (rows[row], other.rows[row])
    return mine.indices.filter {
      isPlain ? mine[$0] != theirs[$0] : !isSame(row, $0, as: other)
    }
  }

  // MARK: - Drawing

  /// Draws one grapheme. A wide one that would be cut in half by `clip` or the edge becomes a blank.
  /// - Returns: the columns it took; zero when nothing was drawn because it has no width.
  @discardableResult
  package mutating func put(
    _ character: Character, row: Int, column: Int, _ style: Style = Style(), clip: Rect? = nil
  ) -> Int {
    put(character, row: row, column: column, style, within: bounds(clip))
  }

  /// Draws text from a place to the right; graphemes without width are left out.
  /// - Returns: the columns it took, drawn or clipped.
  @discardableResult
  package mutating func write(
    _ text: String, row: Int, column: Int, _ style: Style = Style(), clip: Rect? = nil
  ) -> Int {
    let bounds = bounds(clip)
    let bytes = text.utf8.span
    let plain = TextWidth.plainCount(bytes)
    if plain < bytes.count, !TextWidth.isSimple(text) {
      return text.reduce(0) {
        $0 + put($1, row: row, column: column + $0, style, within: bounds)
      }
    }
    write(bytes.extracting(first: plain), row: row, column: column, style, within: bounds)
    var offset = plain
    let utf8 = text.utf8
    for scalar in text.unicodeScalars[utf8.index(utf8.startIndex, offsetBy: plain)...] {
      let width = TextWidth.columns(of: scalar)
      put(Glyph(scalar), width, row: row, column: column + offset, style, within: bounds)
      offset += width
    }
    return offset
  }

  /// Draws printable ASCII.
  private mutating func write(
    _ bytes: Span<UInt8>, row: Int, column: Int, _ style: Style, within bounds: Rect
  ) {
    let first = max(column, bounds.column)
    let end = min(column + bytes.count, bounds.column + bounds.columns)
    guard bounds.hasRow(row), first < end else { return }
    part(row, first, end - 1)
    var cells = rows[row].mutableSpan
    for place in first..<end {
      cells[place] = PlainCell(glyph: Glyph(bytes[place - column]), style: style)
    }
  }

  @discardableResult
  package mutating func write(
    _ text: Substring, row: Int, column: Int, _ style: Style = Style(), clip: Rect? = nil
  ) -> Int {
    write(String(text), row: row, column: column, style, clip: clip)
  }

  /// Fills a rectangle with one character of width one.
  package mutating func fill(
    _ rect: Rect, with character: Character = " ", _ style: Style = Style()
  ) {
    let part = rect.intersection(Rect(size))
    guard !part.isEmpty, let glyph = Glyph(character) else { return }
    let cell = PlainCell(glyph: glyph, style: style)
    let columns = part.column..<part.column + part.columns
    for row in part.row..<(part.row + part.rows) {
      // A row that is so already stays shared.
      if isFilled(row, columns, with: cell) { continue }
      self.part(row, part.column, part.column + part.columns - 1)
      var cells = rows[row].mutableSpan
      for column in columns { cells[column] = cell }
    }
  }

  /// Gives every cell of a rectangle a style and leaves its text alone.
  package mutating func restyle(_ rect: Rect, _ style: Style) {
    let part = rect.intersection(Rect(size))
    for row in part.row..<(part.row + part.rows) {
      for column in part.column..<(part.column + part.columns) {
        rows[row][column].style = style
      }
    }
  }

  /// Copies another canvas, its top left corner at a place, clipped to `rect`. Wide graphemes that are cut
  /// become blanks.
  package mutating func copy(_ other: Canvas, row: Int, column: Int, in rect: Rect) {
    let place = Rect(row: row, column: column, rows: other.size.rows, columns: other.size.columns)
    let part = place.intersection(bounds(rect))
    guard !part.isEmpty else { return }
    let entries = longGlyphs.count
    longGlyphs += other.longGlyphs
    for line in part.row..<part.row + part.rows {
      let last = part.column + part.columns - 1
      self.part(line, part.column, last)
      let source = other.rows[line - row]
      for place in part.column...last {
        var cell = source[place - column]
        if let entry = cell.glyph.entry { cell.glyph = Glyph(entry: entries + entry) }
        rows[line][place] = cell
      }
      if rows[line][part.column].glyph.isCovered { rows[line][part.column].glyph = .blank }
      let isCut = last - column + 1 < source.count && source[last - column + 1].glyph.isCovered
      if isCut { rows[line][last].glyph = .blank }
    }
  }

  private func isFilled(_ row: Int, _ columns: Range<Int>, with cell: PlainCell) -> Bool {
    let cells = rows[row]
    for column in columns where cells[column] != cell { return false }
    return true
  }

  private mutating func put(
    _ character: Character, row: Int, column: Int, _ style: Style, within bounds: Rect
  ) -> Int {
    let glyph = Glyph(character)
    let width =
      glyph?.scalar.map(TextWidth.columns) ?? TextWidth.columns(of: character)
    guard width > 0, bounds.hasRow(row) else { return width }
    put(glyph ?? entry(character), width, row: row, column: column, style, within: bounds)
    return width
  }

  private mutating func put(
    _ glyph: Glyph, _ width: Int, row: Int, column: Int, _ style: Style, within bounds: Rect
  ) {
    let right = bounds.column + bounds.columns
    guard bounds.hasRow(row), column < right, column + width > bounds.column else { return }
    let first = max(column, bounds.column)
    let last = min(column + width, right) - 1
    part(row, first, last)
    if last - first + 1 < width {
      rows[row][first] = PlainCell(glyph: .blank, style: style)
    } else {
      rows[row][first] = PlainCell(glyph: glyph, style: style)
      if width == 2 { rows[row][first + 1] = PlainCell(glyph: .covered, style: style) }
    }
  }

  private mutating func entry(_ character: Character) -> Glyph {
    longGlyphs.append(character)
    return Glyph(entry: longGlyphs.count - 1)
  }

  private func bounds(_ clip: Rect?) -> Rect {
    clip.map { $0.intersection(Rect(size)) } ?? Rect(size)
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < size.rows && column >= 0 && column < size.columns
  }

  /// Blanks the halves of wide graphemes of which the other halves are about to be overwritten.
  private mutating func part(_ row: Int, _ first: Int, _ last: Int) {
    if first > 0, rows[row][first].glyph.isCovered { rows[row][first - 1].glyph = .blank }
    if last + 1 < size.columns, rows[row][last + 1].glyph.isCovered {
      rows[row][last + 1].glyph = .blank
    }
  }

  // MARK: - Comparing

  private func character(_ row: Int, _ column: Int) -> Character? {
    let glyph = rows[row][column].glyph
    return glyph.entry.map { longGlyphs[$0] } ?? glyph.character
  }

  private func isSame(_ row: Int, _ column: Int, as other: Canvas) -> Bool {
    let (one, two) = (rows[row][column], other.rows[row][column])
    guard one.style == two.style else { return false }
    if one.glyph.entry == nil || two.glyph.entry == nil { return one.glyph == two.glyph }
    return character(row, column) == other.character(row, column)
  }
}

extension Canvas: Equatable {
  package static func == (one: Canvas, two: Canvas) -> Bool {
    guard one.size == two.size else { return false }
    if one.longGlyphs.isEmpty && two.longGlyphs.isEmpty { return one.rows == two.rows }
    return one.rows.indices.allSatisfy { one.differences(from: two, row: $0).isEmpty }
  }
}

extension Rect {
  fileprivate func hasRow(_ row: Int) -> Bool { row >= self.row && row < self.row + rows }
}
