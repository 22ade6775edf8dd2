import Testing
import YAML

@Suite struct ReadingTests {
  @Test func aDocumentKeepsOrderQuotingAndPlaces() throws {
    let root = try #require(
      try YAMLDocument.parse(
        """
        # a comment
        model: seedream-4.5
        size: "2K"
        providers:
          home:
            headers: [a, 'b']
        """))
    #expect(root.members.map(\.key) == ["model", "size", "providers"])
    #expect(root["model"]?.content == .scalar("seedream-4.5", isQuoted: false))
    #expect(root["model"]?.position == YAMLPosition(line: 2, column: 8))
    #expect(root["size"]?.content == .scalar("2K", isQuoted: true))
    let home = try #require(root["providers"]?["home"])
    #expect(home.members[0].keyPosition == YAMLPosition(line: 6, column: 5))
    guard case .sequence(let headers) = home["headers"]?.content else {
      Issue.record("not a sequence")
      return
    }
    #expect(headers.map(\.text) == ["a", "b"])
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n"])
  func aTextWithoutValuesIsNoDocument(_ text: String) throws {
    #expect(try YAMLDocument.parse(text) == nil)
  }

  @Test(arguments: ["a:", "a: ~", "a: null"])
  func nothingIsNull(_ text: String) throws {
    let value = try #require(try YAMLDocument.parse(text)?["a"])
    #expect(value.isNull)
    #expect(value.text == nil)
  }

  @Test func quotedNothingIsText() throws {
    #expect(try YAMLDocument.parse(#"a: """#)?["a"]?.text?.isEmpty == true)
    #expect(try YAMLDocument.parse("a: '~'")?["a"]?.text == "~")
  }

  @Test func columnsCountCharactersAndTextIsUnicode() throws {
    let root = try YAMLDocument.parse("{红灯笼: 雾, b: c}")
    #expect(root?["红灯笼"]?.text == "雾")
    #expect(root?["b"]?.position == YAMLPosition(line: 1, column: 13))
  }

  @Test func utf16WithAMarkIsRead() throws {
    let bytes: [UInt8] =
      [0xFF, 0xFE] + "a: é".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try YAMLDocument.parse(bytes)?["a"]?.text == "é")
  }
}
