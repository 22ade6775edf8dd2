import Screen
import Testing

struct CanvasTests {
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
}
