import Testing
import YAML

/// Documents that are broken, ambiguous, or made to do harm.
@Suite struct RefusalTests {
  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", YAMLError.Code.duplicateKey, 3, 1),
    ("a:\n  b: 1\n  b: 2", .duplicateKey, 3, 3),
    ("a: &x 1\nb: *x", .alias, 2, 4),
    ("a: [1, 2", .syntax, 2, 1),
    ("a: b: c", .syntax, 1, 5),
    ("a: \"open", .syntax, 1, 9),
    ("\tb: c", .syntax, 1, 1),
    ("a: 1\n---\nb: 2", .notOneDocument, 2, 1),
    ("? [a]\n: b", .complexKey, 1, 3),
  ])
  func thePlaceIsNamed(_ text: String, _ code: YAMLError.Code, _ line: Int, _ column: Int) {
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(text) }
    #expect(error?.code == code)
    #expect(error?.position == YAMLPosition(line: line, column: column))
  }

  @Test func aDuplicateSaysWhereTheFirstIs() {
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse("a: 1\n\na: 2") }
    #expect(error?.description == "line 3, column 1: the key 'a' is already on line 1")
  }

  @Test func bytesThatAreNotTextAreRefusedWithTheirLine() {
    let bytes: [UInt8] = Array("a: b\nc: ".utf8) + [0xFF, 0xC0]
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(bytes) }
    #expect(error?.code == .encoding)
    #expect(error?.position.line == 2)
  }

  @Test func depthSizeAndNumberAreBounded() {
    let deep = String(repeating: "[", count: 5000)
    #expect(throws: YAMLError.self) { try YAMLDocument.parse(deep) }
    let levels = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    let tooDeep = #expect(throws: YAMLError.self) { try YAMLDocument.parse(levels) }
    #expect(tooDeep?.code == .tooDeep)
    let many = "[" + String(repeating: "a,", count: 200) + "a]"
    let tooMany = #expect(throws: YAMLError.self) {
      try YAMLDocument.parse(many, limits: .init(nodeCount: 100))
    }
    #expect(tooMany?.code == .tooLarge)
    let tooLong = #expect(throws: YAMLError.self) {
      try YAMLDocument.parse(many, limits: .init(byteCount: 100))
    }
    #expect(tooLong?.code == .tooLarge)
  }
}
