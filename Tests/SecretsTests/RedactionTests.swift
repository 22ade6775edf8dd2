import Testing

@testable import Secrets

/// The key in a provider's words, and the words without it.
@Suite(.timeLimit(.minutes(5))) struct RedactionTests {
  private static let key = "sk-a/b+c=u\"d%e\\f"

  @Test(arguments: [
    #"sk-a/b+c=u"d%e\f"#, #"sk-a\/b+c=u\"d%e\\f"#, #"sk-a\\\/b+c=u\\\"d%e\\\\f"#,
    "sk-a%2Fb%2bc%3Du%22d%25e%5Cf", "sk-a%252Fb%252Bc%253du%2522d%e%255cf",
    #"\u0073k\u002Da\u002fb+c=\u0075\u0022d\u0025e\u005cf"#,
    #"sk-a\\u002fb+c=u\\u0022d%e\\\\f"#,
  ])
  func noSpellingOfTheKeyIsKept(spelling: String) {
    let redaction = Redaction(key: Self.key)
    #expect(redaction.text("é \(spelling) red \(spelling)") == "é [key] red [key]")
    let other = String(spelling.dropLast()) + " red"
    #expect(redaction.text(other) == other)
  }

  @Test func otherWordsStay() {
    let text =
      #"{"path":"a\/b","name":"%41\u0041 sk-","long":"\#(String(repeating: "\\", count: 9999))"}"#
    #expect(Redaction(key: Self.key).text(text) == text)
    #expect(Redaction(key: nil).text(Self.key) == Self.key)
  }

  @Test func whatIsLeftOfADocumentIsADocument() {
    let redaction = Redaction(key: "nabcdefgh")
    #expect(redaction.text(#"{"a":"b\nabcdefgh"}"#) == #"{"a":"b[key]"}"#)
    #expect(redaction.text(#"{"a":"b\\nabcdefgh"}"#) == #"{"a":"b\\[key]"}"#)
  }

  @Test func longRunsOfSignsTakeNoTime() {
    let redaction = Redaction(key: Self.key)
    for sign in ["\\", "%", "&", "%25", "&#", "&amp;", "\n", "\\u", "a\n", "\r\n "] {
      let text = String(repeating: sign, count: 20_000)
      #expect(redaction.text(text) == text)
      var stream = RedactedStream(redaction)
      let bytes = Array(text.prefix(8_000).utf8)
      #expect(bytes.flatMap { stream.take([$0]) } + stream.finish() == bytes)
    }
  }
}
