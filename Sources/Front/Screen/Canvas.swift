/// A grid of cells that views draw on. Writes outside it are clipped; any size down to zero works.
///
/// A frame is drawn anew and compared with the one before for every key: cells are two words each, so that
/// neither counts references.
package struct Canvas: Sendable {
  package let size: Size
  private var grid: [PlainCell]
  /// Graphemes that no word has room for, in the order they were drawn.
  private var longGlyphs: [Character] = []

  private struct PlainCell: Equatable, Sendable {
    var glyph: Glyph
    var style: Style
  }

  package init(size: Size) {
    self.size = size
    grid = Array(
      repeating: PlainCell(glyph: .blank, style: Style()), count: size.rows * size.columns)
  }

  /// The cell at a place; blank outside the grid.
  package subscript(row: Int, column: Int) -> Cell {
    guard contains(row, column) else { return .blank }
    return cell(row * size.columns + column)
  }

  /// The code point at a place, where one alone starts there: most cells, and the quickest to ask for.
  package func scalar(row: Int, column: Int) -> Unicode.Scalar? {
    contains(row, column) ? grid[row * size.columns + column].glyph.scalar : nil
  }

  /// All cells, row by row.
  package var cells: [Cell] { grid.indices.map(cell) }

  /// Whether any grapheme was drawn on it that takes more than a word.
  package var hasLongGraphemes: Bool { !longGlyphs.isEmpty }

  /// How the cell at a place is drawn; as text outside the grid.
  package func style(row: Int, column: Int) -> Style {
    contains(row, column) ? grid[row * size.columns + column].style : Style()
  }

  /// The first place of a row, from a column on, where the cells are not those of another canvas of the same
  /// size; nil where there is none.
  package func difference(from other: Canvas, row: Int, after column: Int = 0) -> Int? {
    let start = row * size.columns
    let isPlain = longGlyphs.isEmpty && other.longGlyphs.isEmpty
    let (mine, theirs) = (grid.span, other.grid.span)
    var index = start + column
    while index < start + size.columns {
      guard isPlain ? mine[index] == theirs[index] : isSame(index, as: other) else {
        return index - start
      }
      index += 1
    }
    return nil
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
    if TextWidth.isPlain(text) {
      let count = text.utf8.count
      guard bounds.hasRow(row) else { return count }
      let first = max(column, bounds.column)
      let last = min(column + count, bounds.column + bounds.columns) - 1
      guard first <= last else { return count }
      part(row, first, last)
      let start = row * size.columns
      var place = column
      var cells = grid.mutableSpan
      for byte in text.utf8 {
        if place >= first, place <= last {
          cells[start + place] = PlainCell(glyph: Glyph(byte), style: style)
        }
        place += 1
      }
      return count
    }
    var offset = 0
    if TextWidth.isSimple(text) {
      for scalar in text.unicodeScalars {
        let width = TextWidth.columns(of: scalar)
        put(Glyph(scalar), width, row: row, column: column + offset, style, within: bounds)
        offset += width
      }
      return offset
    }
    for character in text {
      offset += put(character, row: row, column: column + offset, style, within: bounds)
    }
    return offset
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
    for row in part.row..<(part.row + part.rows) {
      self.part(row, part.column, part.column + part.columns - 1)
      let start = row * size.columns + part.column
      var cells = grid.mutableSpan
      for index in start..<start + part.columns { cells[index] = cell }
    }
  }

  /// Gives every cell of a rectangle a style and leaves its text alone.
  package mutating func restyle(_ rect: Rect, _ style: Style) {
    let part = rect.intersection(Rect(size))
    for row in part.row..<(part.row + part.rows) {
      for column in part.column..<(part.column + part.columns) {
        grid[row * size.columns + column].style = style
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
      let source = (line - row) * other.size.columns - column
      let target = line * size.columns
      for column in part.column...last {
        var cell = other.grid[source + column]
        if let entry = cell.glyph.entry { cell.glyph = Glyph(entry: entries + entry) }
        grid[target + column] = cell
      }
      if grid[target + part.column].glyph.isCovered { grid[target + part.column].glyph = .blank }
      let isCut =
        last - column + 1 < other.size.columns && other.grid[source + last + 1].glyph.isCovered
      if isCut { grid[target + last].glyph = .blank }
    }
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
    let index = row * size.columns + first
    if last - first + 1 < width {
      grid[index] = PlainCell(glyph: .blank, style: style)
    } else {
      grid[index] = PlainCell(glyph: glyph, style: style)
      if width == 2 { grid[index + 1] = PlainCell(glyph: .covered, style: style) }
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
    let start = row * size.columns
    if first > 0, grid[start + first].glyph.isCovered { grid[start + first - 1].glyph = .blank }
    if last + 1 < size.columns, grid[start + last + 1].glyph.isCovered {
      grid[start + last + 1].glyph = .blank
    }
  }

  // MARK: - Comparing

  private func cell(_ index: Int) -> Cell {
    Cell(character(index), grid[index].style)
  }

  private func character(_ index: Int) -> Character? {
    let glyph = grid[index].glyph
    return glyph.entry.map { longGlyphs[$0] } ?? glyph.character
  }

  private func isSame(_ index: Int, as other: Canvas) -> Bool {
    let (one, two) = (grid[index], other.grid[index])
    guard one.style == two.style else { return false }
    if one.glyph.entry == nil || two.glyph.entry == nil { return one.glyph == two.glyph }
    return character(index) == other.character(index)
  }
}

extension Canvas: Equatable {
  package static func == (one: Canvas, two: Canvas) -> Bool {
    guard one.size == two.size else { return false }
    if one.longGlyphs.isEmpty && two.longGlyphs.isEmpty { return one.grid == two.grid }
    return one.grid.indices.allSatisfy { one.isSame($0, as: two) }
  }
}

extension Rect {
  fileprivate func hasRow(_ row: Int) -> Bool { row >= self.row && row < self.row + rows }
}
