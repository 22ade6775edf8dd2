import Screen
import Testing

struct CanvasTests {
  /// Cut on both sides at each place, a text is drawn as its graphemes are one by one.
  @Test(arguments: ["a红b각→", "红红红", "—fog—红"])
  func aSimpleTextIsDrawnAsItsGraphemesAre(_ text: String) {
    for column in -8...8 {
      var (one, other) = (
        Canvas(size: Size(rows: 1, columns: 7)), Canvas(size: Size(rows: 1, columns: 7))
      )
      one.write("红红红", row: 0, column: 0)
      other.write("红红红", row: 0, column: 0)
      let clip = Rect(row: 0, column: 1, rows: 1, columns: 5)
      var place = column
      for character in text { place += other.put(character, row: 0, column: place, clip: clip) }
      #expect(one.write(text, row: 0, column: column, clip: clip) == place - column)
      #expect(one == other)
    }
  }

  @Test(arguments: [
    "a", " ", "~", "é", "ß", "߿", "ࠀ", "─", "红", "\u{FFFD}", "𐀀", "😀", "\u{10FFFF}", "e\u{301}",
    "🇩🇪", "กำ",
    "👨‍👩‍👧", "각",
  ])
  func aCellTellsItsCodePointWhereThatIsAll(_ character: Character) {
    var canvas = Canvas(size: Size(rows: 1, columns: 4))
    canvas.put("x", row: 0, column: 3)
    canvas.put(character, row: 0, column: 1)
    let scalars = Array(character.unicodeScalars)
    let drawn = canvas[0, 1].character == character
    #expect(
      canvas.scalar(row: 0, column: 1) == (!drawn ? " " : scalars.count == 1 ? scalars[0] : nil))
    #expect(drawn == (TextWidth.columns(of: character) > 0))
    #expect(canvas.scalar(row: 0, column: 2) == (canvas[0, 2].character == nil ? nil : " "))
    #expect(canvas.scalar(row: 0, column: 3) == "x")
    #expect(canvas.scalar(row: 0, column: 4) == nil)
  }

  @Test func aGoldenShowsTextAndMeaning() {
    var canvas = Canvas(size: Size(rows: 2, columns: 8))
    canvas.write("红 fog", row: 0, column: 1, Style(.value))
    canvas.put("█", row: 1, column: 0, Style(foreground: .palette(1)))
    #expect(
      canvas.golden == """
         红 fog
        █
        ---
        .vvvvvv.
        #.......

        """)
  }

  @Test func halfOfAWideCharacterIsNeverLeftBehind() {
    var canvas = Canvas(size: Size(rows: 1, columns: 4))
    canvas.write("红灯", row: 0, column: 0)
    canvas.put("x", row: 0, column: 1)
    #expect(canvas.text(ofRow: 0) == " x灯")
    canvas.put("y", row: 0, column: 2)
    #expect(canvas.text(ofRow: 0) == " xy")
  }

  @Test func aWideCharacterAtTheEdgeBecomesABlank() {
    var canvas = Canvas(size: Size(rows: 1, columns: 3))
    #expect(canvas.write("红灯", row: 0, column: 0) == 4)
    #expect(canvas[0, 0].character == "红")
    #expect(canvas[0, 2] == Cell(" "))
  }

  @Test func writingOutsideIsClipped() {
    var canvas = Canvas(size: Size(rows: 1, columns: 1))
    canvas.write("abc", row: 0, column: -1)
    canvas.write("z", row: -1, column: 0)
    canvas.write("z", row: 1, column: 0)
    #expect(canvas.text(ofRow: 0) == "b")
    #expect(Canvas(size: Size(rows: 0, columns: 0)).golden == "---\n")
  }

  @Test func longGraphemesAreComparedByWhatTheyAre() {
    let family: Character = "👨‍👩‍👧‍👦"
    let accents: Character = "e\u{301}\u{302}\u{303}\u{304}\u{305}"
    var one = Canvas(size: Size(rows: 2, columns: 4))
    one.put(family, row: 0, column: 0)
    one.put(accents, row: 1, column: 1)
    var other = Canvas(size: one.size)
    other.put(accents, row: 1, column: 1)
    other.put(accents, row: 0, column: 0)
    #expect(one != other)
    #expect(other.differences(from: one, row: 0).first == 0)
    #expect(other.differences(from: one, row: 1).isEmpty)
    other.put(family, row: 0, column: 0)
    #expect(one == other)
    #expect(one[0, 0].character == family)
    #expect(one[0, 1].character == nil)
    #expect(one[1, 1].character == accents)
    #expect(one.cells == other.cells)
  }

  @Test func aStyleKeepsAllItIsGiven() {
    let colors: [Color?] = [nil, .standard, .palette(0), .palette(255), .rgb(255, 0, 1)]
    for role in Role.allCases {
      for foreground in colors {
        for background in colors {
          let style = Style(role, foreground: foreground, background: background)
          #expect(style.role == role)
          #expect(style.foreground == foreground)
          #expect(style.background == background)
        }
      }
    }
  }

  @Test func aPictureIsShownWhereThereIsRoom() {
    let text: [Character?] = ["a", "红", nil, "b", "c", "灯", nil, "d"]
    let picture = CellPicture(
      size: Size(rows: 2, columns: 4), cells: text.map { Cell($0, Style(.picture)) })
    var canvas = Canvas(size: Size(rows: 2, columns: 6))
    canvas.write("红灯笼", row: 0, column: 0)
    canvas.show(picture, row: 0, column: 1, in: Rect(canvas.size))
    #expect(canvas.text(ofRow: 0) == " a红b")
    #expect(canvas.text(ofRow: 1) == " c灯d")
    canvas.show(picture, row: 0, column: -2, in: Rect(row: 0, column: 0, rows: 1, columns: 6))
    #expect(canvas.text(ofRow: 0) == " b红b")
    canvas.show(picture, row: 1, column: 0, in: Rect(row: 1, column: 0, rows: 1, columns: 2))
    #expect(canvas.text(ofRow: 1) == "a 灯d")
    #expect(picture.cells.map(\.character) == text)
  }
}
