import FoundationEssentials
import Seedream
import Testing

@testable import Studio

@Suite struct KeySpellingTests {
  static let keys = ["sk-abcdefghijkl", "k/y+\"<odd>\"&'=\\~%25"]

  @Test(arguments: keys) func everySpellingIsTakenOut(key: String) {
    let redaction = Redaction(key: key)
    let base64 = (0..<3).map { place in
      Data(Array("abc".utf8.prefix(place)) + Array(key.utf8) + Array("xy".utf8))
        .base64EncodedString()
    }
    let json = (try? JSONEncoder().encode([key])).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let html = key.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    let percent = [true, false].map { isUpper in
      key.utf8.map { byte in
        let isPlain =
          "-._~".utf8.contains(byte) || UnicodeScalar(byte).properties.isAlphabetic
          || (0x30...0x39).contains(byte)
        return isPlain
          ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: isUpper)
      }.joined()
    }
    for text in [key, json, html] + percent + base64 {
      let shown = redaction.text("Key \(text) is wrong")
      #expect(shown.contains("[key]"), "\(text)")
    }
    #expect(redaction.text("nothing of it") == "nothing of it")
  }

  @Test func theBeginningOfAKeyAtTheEndIsTakenOut() {
    let redaction = Redaction(key: "sk-abcdefghijkl")
    #expect(redaction.text("wrong key sk-abcdefg") == "wrong key [key]")
    #expect(redaction.text("wrong key sk-abcdefg…") == "wrong key [key]")
    #expect(redaction.text("wrong key sk-ab") == "wrong key sk-ab")
  }
}
