import Seedream
import Testing

@Suite struct PromptTextTests {
  @Test(arguments: [
    ("\u{FEFF}a\r\nb\rc\n", "a\nb\nc\n"), ("a\r\r\nb", "a\n\nb"), ("a\u{FEFF}b", "a\u{FEFF}b"),
    ("\u{FEFF}\u{FEFF}a", "a"), ("plain\ttext 海", "plain\ttext 海"),
  ])
  func marksAndCarriageReturnsAreCleaned(_ text: String, _ wanted: String) throws {
    #expect(Array(PromptText.cleaned(text).utf8) == Array(wanted.utf8))
    #expect(Array(try PromptText.read(Array(text.utf8)).utf8) == Array(wanted.utf8))
  }

  @Test(
    arguments: [
      ([0x61, 0xFF], "is not UTF-8 text"), ([0xC3], "is not UTF-8 text"),
      ([0xED, 0xA0, 0x80], "is not UTF-8 text"), ([0xFF, 0xFE, 0x61, 0], "is UTF-16"),
      ([0xFE, 0xFF, 0, 0x61], "is UTF-16"), ([0x61, 0], "U+0000"), ([0x1B], "U+001B"),
      ([0x7F], "U+007F"), ([0xC2, 0x85], "U+0085"), ([0xEF, 0xBF, 0xBD], "U+FFFD"),
    ] as [([UInt8], String)])
  func whatIsNoTextIsRefused(_ bytes: [UInt8], _ reason: String) {
    let fault = #expect(throws: PromptText.Fault.self) { try PromptText.read(bytes) }
    #expect(fault?.reason.contains(reason) == true)
  }
}
