import Screen
import TestSupport
import Testing

@testable import Interface

@Suite("Soft wrap")
struct TextWrapTests {
  private func lines(_ text: String, _ columns: Int) -> [String] {
    let characters = Array(text)
    return TextWrap(characters, columns: columns).lines.map {
      String(characters[$0.start..<$0.end])
    }
  }

  @Test func breaksAfterSpaces() {
    #expect(lines("a red lantern in fog", 10) == ["a red ", "lantern in ", "fog"])
  }

  @Test func spacesHangOverTheEdge() {
    #expect(lines("abcde     f", 5) == ["abcde     ", "f"])
  }

  @Test func aWordLongerThanALineBreaksAnywhere() {
    #expect(lines("abcdefghij k", 4) == ["abcd", "efgh", "ij k"])
  }

  @Test func wideTextBreaksAnywhereButNotBeforeAClosingMark() {
    #expect(lines("红色的灯笼在雾中", 6) == ["红色的", "灯笼在", "雾中"])
    #expect(lines("红色的，灯笼", 6) == ["红色", "的，灯", "笼"])
    #expect(lines("红（灯笼）", 4) == ["红", "（灯", "笼）"])
  }

  @Test func mixedTextBreaksBetweenScripts() {
    #expect(lines("ab灯cd ef", 4) == ["ab灯", "cd ", "ef"])
  }

  @Test func emptyLinesStay() {
    #expect(lines("", 5) == [""])
    #expect(lines("a\n\nb\n", 5) == ["a", "", "b", ""])
  }

  @Test func aWideGraphemeInOneColumnStillGetsALine() {
    #expect(lines("灯笼", 1) == ["灯", "笼"])
  }

  @Test func columnsAndOffsetsAnswerEachOther() {
    let text = Array("a灯b 笼\ncd")
    let wrap = TextWrap(text, columns: 4)
    for offset in 0...text.count {
      let line = wrap.line(at: offset)
      let column = wrap.column(of: offset, in: text)
      #expect(wrap.lines[line].start <= offset)
      if offset <= wrap.lastOffset(ofLine: line) {
        #expect(wrap.offset(atColumn: column, ofLine: line, in: text) == offset)
      }
    }
  }

  /// Every grapheme lies on exactly one line, and no line is wider than it may be.
  @Test(arguments: [1, 2, 3, 7, 20, 80])
  func nothingIsLostAndNothingIsTooWide(columns: Int) {
    var random = SplitMix(state: UInt64(columns))
    let pieces = Array("ab c漢，（。)é ")
    let text = (0..<2_000).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
    let wrap = TextWrap(text, columns: columns)
    #expect(wrap.lines.flatMap { Array(text[$0.start..<$0.end]) } == text)
    for line in wrap.lines {
      var part = text[line.start..<line.end]
      while part.last == " " { part.removeLast() }
      let width = part.reduce(0) { $0 + TextWidth.columns(of: $1) }
      #expect(width <= columns || part.count == 1)
    }
  }

  @Test func hugeTextsWrapAndScroll() {
    var pane = PromptPane()
    pane.editor.insert(String(repeating: "lorem ipsum 红灯笼 ", count: 700))
    pane.fit(Size(rows: 10, columns: 40))
    pane.revealCaret()
    pane.editor.type("x")
    pane.fit(Size(rows: 10, columns: 40))
    pane.revealCaret()
    var canvas = Canvas(size: Size(rows: 10, columns: 40))
    let cursor = pane.draw(on: &canvas, in: Rect(canvas.size))
    #expect(pane.editor.characters.count > 10_000)
    #expect(cursor?.row == 9)
    #expect(canvas.text(ofRow: 9).hasSuffix("x"))
  }
}
