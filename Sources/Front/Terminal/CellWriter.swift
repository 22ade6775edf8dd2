import Screen

/// Writes cells straight to the line that ncurses cannot: risky graphemes, and colours by value.
///
/// It works behind ncurses' back but within what that can know: ncurses has no-break spaces in those
/// cells, and attributes and cursor are left as it left them.
struct CellWriter {
  private(set) var output: [UInt8] = []
  private let canvas: Canvas
  private let theme: Theme
  private let writesValues: Bool
  private let leftOut: Position?
  private var sgr = SGRState()
  /// Where the terminal's cursor is for certain.
  private var place: Position?

  /// - Parameters:
  ///   - writesValues: whether the terminal takes colours by value.
  ///   - leftOut: the cell that must not be written to, where there is one.
  init(_ canvas: Canvas, theme: Theme, writesValues: Bool, leavingOut leftOut: Position? = nil) {
    self.leftOut = leftOut
    self.canvas = canvas
    self.theme = theme
    self.writesValues = writesValues
  }

  /// Draws what is ours in a span of a row, and whatever that may have run over.
  /// - Parameter isWhole: whether all of the span is drawn, also what ncurses can draw.
  /// - Returns: all that may have been written by now.
  mutating func draw(
    _ span: RowSpan, _ quantizer: inout ColorQuantizer, isWhole: Bool = false
  ) -> RowSpan {
    let row = span.row
    var column = span.columns.lowerBound
    var endangered = 0
    while column < canvas.size.columns
      && (span.columns.contains(column) || column < endangered)
    {
      if !isWhole, column >= endangered, let scalar = canvas.scalar(row: row, column: column),
        !RiskyGrapheme.isRisky(scalar), !isByValue(canvas.style(row: row, column: column))
      {
        column += max(1, TextWidth.columns(of: scalar))
        continue
      }
      let cell = canvas[row, column]
      guard let character = cell.character, leftOut != Position(row: row, column: column) else {
        column += 1
        continue
      }
      let isRisky = RiskyGrapheme.isRisky(character)
      let appearance = theme.appearance(of: cell.style)
      if isWhole || isRisky || column < endangered || isByValue(cell.style) {
        draw(character, appearance, Position(row: row, column: column), isRisky, &quantizer)
      }
      if isRisky {
        endangered = max(endangered, column + RiskyGrapheme.greatestSpread(character))
      }
      column += max(1, TextWidth.columns(of: character))
    }
    let end = max(span.columns.upperBound, column - 1, endangered - 1)
    return .init(row: row, columns: span.columns.lowerBound...end)
  }

  /// Writes what draws a picture from a place on.
  mutating func put(_ picture: String, at position: Position) {
    sgr.change(to: Appearance(), on: &output)
    move(to: position)
    output += picture.utf8
    place = nil
  }

  /// Ends the drawing where ncurses believes the cursor to be.
  mutating func finish(at position: Position) {
    guard !output.isEmpty else { return }
    sgr.change(to: Appearance(), on: &output)
    move(to: position)
  }

  private func isByValue(_ style: Style) -> Bool {
    writesValues && theme.appearance(of: style).hasValues
  }

  private mutating func draw(
    _ character: Character, _ appearance: Appearance, _ position: Position, _ isRisky: Bool,
    _ quantizer: inout ColorQuantizer
  ) {
    if place != position { move(to: position) }
    sgr.change(to: told(appearance, under: character, &quantizer), on: &output)
    var room = canvas.size.columns - position.column
    for scalar in character.unicodeScalars.prefix(32) {
      // Drawn apart at the right edge, the rest would go to the next row.
      room -= TextWidth.columns(of: scalar)
      guard !isRisky || room >= 0 else { break }
      output += scalar.utf8
    }
    place =
      isRisky
      ? nil
      : Position(row: position.row, column: position.column + TextWidth.columns(of: character))
  }

  /// What the terminal is to be told: colours it has, and none that would not be seen.
  private func told(
    _ appearance: Appearance, under character: Character, _ quantizer: inout ColorQuantizer
  ) -> Appearance {
    var appearance = appearance
    if !writesValues || !appearance.hasValues {
      appearance.foreground = quantizer.available(appearance.foreground)
      appearance.background = quantizer.available(appearance.background)
    }
    if character == " " && !appearance.isReversed && !appearance.isUnderlined {
      appearance.foreground = sgr.foreground
    }
    return appearance
  }

  private mutating func move(to position: Position) {
    output += [0x1B, UInt8(ascii: "[")]
    output.append(decimal: position.row + 1)
    output.append(UInt8(ascii: ";"))
    output.append(decimal: position.column + 1)
    output.append(UInt8(ascii: "H"))
  }
}

extension Appearance {
  /// Whether a colour is given by value: in a picture, or in a theme that has more than the palette.
  var hasValues: Bool {
    if case .rgb = foreground { return true }
    if case .rgb = background { return true }
    return false
  }
}

extension Theme {
  /// How a cell looks: its role's appearance under colours of its own.
  func appearance(of style: Style) -> Appearance {
    var appearance = self[style.role]
    if let foreground = style.foreground { appearance.foreground = foreground }
    if let background = style.background { appearance.background = background }
    return appearance
  }
}
