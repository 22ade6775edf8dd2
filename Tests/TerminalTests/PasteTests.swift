import Screen
import Terminal
import Testing

struct PasteTests {
  @Test func aPasteIsOneEventWithCleanLines() {
    #expect(pasted("a\r\nb\rc\nd\te") == [.paste("a\nb\nc\nd\te")])
    #expect(pasted("") == [.paste("")])
  }

  @Test func controlCharactersStayOutside() {
    #expect(pasted("rm\u{3} \u{1B}[31mred\u{7F}\u{9B}x") == [.paste("rm [31mredx")])
  }

  @Test func whatLooksLikeTheEndIsText() {
    #expect(pasted("\u{1B}[201\u{1B}[20") == [.paste("[201[20")])
  }

  @Test func keysBehindAPasteAreKeys() {
    var parser = InputParser()
    let events = parser.feed(Array("x\u{1B}[200~红\u{1B}[201~\r".utf8))
    #expect(events == [.key(Key(.character("x"))), .paste("红"), .key(Key(.enter))])
  }

  @Test func aHugePasteIsCutAtAMebibyteBetweenCharacters() {
    var parser = InputParser()
    let text = "ab" + String(repeating: "红", count: 400_000)
    var events = parser.feed(Array("\u{1B}[200~".utf8))
    events += parser.feed(Array(text.utf8))
    events += parser.feed(Array("\u{1B}[201~".utf8))
    guard case .paste(let got) = events.first, events.count == 1 else {
      Issue.record("no single paste: \(events.count) events")
      return
    }
    #expect(text.hasPrefix(got))
    #expect((1_048_570...1_048_576).contains(got.utf8.count))
  }

  private func pasted(_ text: String) -> [InputEvent] {
    var parser = InputParser()
    return parser.feed(Array("\u{1B}[200~\(text)\u{1B}[201~".utf8))
  }
}
