import Screen

/// Graphemes that ncurses and the terminal may give another width than we do: flags, joined emoji,
/// characters newer than the C library.
///
/// ncurses gets no-break spaces in their place, and they are drawn over those afterwards, one by one,
/// each followed by an absolute cursor move, so that no disagreement shifts what stands beside them.
enum RiskyGrapheme {
  static func isRisky(_ character: Character) -> Bool {
    if character.utf8.count == 1 { return false }
    let scalars = character.unicodeScalars
    guard let first = scalars.first, scalars.count <= 5 else { return true }
    return CursesScreen.localWidth(first) != TextWidth.columns(of: character)
      || scalars.dropFirst().contains { CursesScreen.localWidth($0) != 0 }
  }

  /// The most columns a terminal might move on by, if it draws the code points side by side.
  static func greatestSpread(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { sum, scalar in
      let isIndicator = (0x1F1E6...0x1F1FF).contains(scalar.value)
      return sum + (isIndicator ? 2 : TextWidth.columns(of: scalar))
    }
  }
}

/// Writes the risky graphemes of changed spans straight to the line, behind ncurses' back but within
/// what it can know: attributes and cursor are left as it left them.
struct RiskyWriter {
  private(set) var output = ""
  private let canvas: Canvas
  private let theme: Theme
  private var style: Style?
  /// Where the terminal's cursor is for certain.
  private var place: Position?

  init(_ canvas: Canvas, theme: Theme) {
    self.canvas = canvas
    self.theme = theme
  }

  /// Draws what is risky in a span of a row, and whatever that may have run over.
  mutating func draw(row: Int, span: ClosedRange<Int>, _ ladder: inout ColorLadder) {
    var column = span.lowerBound
    var endangered = 0
    while column < canvas.size.columns && (span.contains(column) || column < endangered) {
      let cell = canvas[row, column]
      guard let character = cell.character else {
        column += 1
        continue
      }
      let isRisky = RiskyGrapheme.isRisky(character)
      if isRisky || column < endangered {
        draw(character, cell.style, Position(row: row, column: column), isRisky, &ladder)
      }
      if isRisky {
        endangered = max(endangered, column + RiskyGrapheme.greatestSpread(character))
      }
      column += max(1, TextWidth.columns(of: character))
    }
  }

  /// Ends the drawing where ncurses believes the cursor to be.
  mutating func finish(at position: Position) {
    guard !output.isEmpty else { return }
    output += "\u{1B}[0m"
    move(to: position)
  }

  private mutating func draw(
    _ character: Character, _ style: Style, _ position: Position, _ isRisky: Bool,
    _ ladder: inout ColorLadder
  ) {
    if place != position { move(to: position) }
    if self.style != style {
      output += sequence(style, &ladder)
      self.style = style
    }
    var room = canvas.size.columns - position.column
    for scalar in character.unicodeScalars.prefix(32) {
      // Drawn apart at the right edge, the rest would go to the next row.
      room -= TextWidth.columns(of: scalar)
      guard !isRisky || room >= 0 else { break }
      output.unicodeScalars.append(scalar)
    }
    place =
      isRisky
      ? nil
      : Position(row: position.row, column: position.column + TextWidth.columns(of: character))
  }

  private mutating func move(to position: Position) {
    output += "\u{1B}[\(position.row + 1);\(position.column + 1)H"
  }

  private func sequence(_ style: Style, _ ladder: inout ColorLadder) -> String {
    let appearance = theme.appearance(of: style)
    var parameters = ["0"]
    if appearance.isBold { parameters.append("1") }
    if appearance.isDim { parameters.append("2") }
    if appearance.isUnderlined { parameters.append("4") }
    if appearance.isReversed { parameters.append("7") }
    if ladder.depth != .none {
      parameters.append(ladder.parameters(appearance.foreground, isBackground: false))
      parameters.append(ladder.parameters(appearance.background, isBackground: true))
    }
    return "\u{1B}[\(parameters.joined(separator: ";"))m"
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
