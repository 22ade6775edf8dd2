import Screen
import Testing

struct DisplayTextTests {
  @Test(arguments: [
    ("lantern", 7, "lantern"), ("lantern", 6, "lante…"), ("lantern", 1, "…"), ("lantern", 0, ""),
    ("", 0, ""), ("红灯笼", 6, "红灯笼"), ("红灯笼", 5, "红灯…"), ("红灯笼", 4, "红…"), ("红灯笼", 2, "…"),
    ("e\u{301}e\u{301}", 1, "…"), ("abcd→", 5, "abcd→"), ("cafe\u{301}", 4, "cafe\u{301}"),
  ])
  func textIsCutToFitAndSaysSo(text: String, columns: Int, expected: String) {
    let cut = DisplayText.truncated(text, to: columns)
    #expect(cut == expected)
    #expect(TextWidth.columns(of: cut) <= columns)
  }

  @Test func anEllipsisThatDoesNotFitIsLeftOut() {
    #expect(DisplayText.truncated("lantern", to: 2, ellipsis: "...") == "la")
  }

  @Test func controlCharactersBecomePictures() {
    #expect(DisplayText.visible("a\u{1B}[31mb\u{7F}\t") == "a␛[31mb␡␉")
    #expect(DisplayText.visible("\u{9B}2J") == "<9B>2J")
    #expect(DisplayText.visible("gpj.\u{202E}exe") == "gpj.<202E>exe")
  }

  @Test func linesAreKeptWhereTheyAreAskedFor() {
    #expect(DisplayText.visible("a\nb", keepingLines: true) == "a\nb")
    #expect(DisplayText.visible("a\nb") == "a␊b")
    #expect(DisplayText.visible("a\r\nb", keepingLines: true) == "a␍␊b")
  }

  @Test func ordinaryTextStaysAsItIs() {
    let text = "红灯笼 in fog, 👩‍💻 e\u{301}"
    #expect(DisplayText.visible(text) == text)
  }
}
