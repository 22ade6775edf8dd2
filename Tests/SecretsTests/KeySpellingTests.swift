import FoundationEssentials
import Testing

@testable import Secrets

/// Every way in which a provider or what stands before it may write a key.
@Suite struct KeySpellingTests {
  static let keys = [
    "sk-abcdefghijkl", "k/y+\"<odd>\"&'=\\~%25", "3f1c9a52-7d4e-4b0a-9c61-aa0e5b7712f4",
  ]

  static func spellings(of key: String) -> [String: String] {
    func each(_ write: (UInt8) -> String) -> String { key.utf8.map(write).joined() }
    func isPlain(_ byte: UInt8) -> Bool {
      "-._~".utf8.contains(byte) || (0x30...0x39).contains(byte)
        || (0x61...0x7A).contains(byte | 0x20)
    }
    func hex(_ byte: UInt8, _ isUpper: Bool = false) -> String {
      (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: isUpper)
    }
    func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
    let json = String(
      ((try? JSONEncoder().encode([key])).map { String(decoding: $0, as: UTF8.self) } ?? "")
        .dropFirst(2).dropLast(2))
    let percent = each { isPlain($0) ? String(UnicodeScalar($0)) : "%" + hex($0, true) }
    let bearer = base64("Bearer \(key)")
    let html = key.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    let wrapped = stride(from: 0, to: bearer.utf8.count, by: 9).map {
      String(bearer.dropFirst($0).prefix(9))
    }
    return [
      "plain": key, "upper case": key.uppercased(), "lower case": key.lowercased(), "JSON": json,
      "JSON with slashes": json.replacing("\\/", with: "/").replacing("/", with: "\\/"),
      "JSON in JSON in JSON": json.replacing("\\", with: "\\\\").replacing("\\", with: "\\\\"),
      "all letters JSON": each { "\\u00" + hex($0) },
      "signs JSON": each { isPlain($0) ? String(UnicodeScalar($0)) : "\\u00" + hex($0, true) },
      "all letters JSON, three times": each { "\\\\\\\\u00" + hex($0, true) },
      "braces": each { "\\u{" + hex($0) + "}" }, "C": each { "\\x" + hex($0) },
      "percent": percent, "small percent": percent.lowercased(),
      "percent of every letter": each { "%" + hex($0, $0 % 2 == 0) },
      "percent twice": each { "%25" + hex($0) }, "percent three times": each { "%2525" + hex($0) },
      "percent in JSON": each { "\\u0025" + hex($0) },
      "percent's own digits in JSON": each {
        "\\u0025\\u003" + hex($0).prefix(1) + hex($0).suffix(1)
      },
      "JSON in percent": each { "%5Cu00" + hex($0) },
      "HTML": html, "HTML in percent in JSON": html.replacing("&", with: "\\u002526"),
      "decimal entities": each { "&#\($0);" },
      "decimal without semicolon": each { "&#000\($0)" } + ";",
      "hexadecimal entities": each { "&#x" + hex($0) + ";" },
      "hexadecimal with zeros": each { "&#X0000" + hex($0, true) + ";" },
      "named entities": key.replacing("&", with: "&amp;").replacing("-", with: "&hyphen;")
        .replacing("/", with: "&sol;").replacing("+", with: "&plus;")
        .replacing("=", with: "&equals;").replacing("%", with: "&percnt;"),
      "entities of entities": each { "&amp;#\($0);" },
      "hex": each { hex($0) }, "HEX": each { hex($0, true) },
      "base64": base64(key), "base64 of one more": base64("x" + key),
      "base64 of two more": base64("xy" + key + "z"), "bearer": bearer,
      "basic": base64("user:\(key)"), "basic without user": base64(":" + key),
      "bearer in JSON": bearer.replacing("/", with: "\\/"),
      "bearer in percent": bearer.replacing("+", with: "%2B").replacing("/", with: "%2F")
        .replacing("=", with: "%3D"),
      "URL-safe bearer": bearer.replacing("+", with: "-").replacing("/", with: "_"),
      "lines of base64": wrapped.joined(separator: "\r\n"),
      "lines of base64 in JSON": wrapped.joined(separator: "\\n"),
      "base64 of base64": base64("a" + bearer),
      "base64 of upper case": base64("a" + key.uppercased()),
      "base64 of percent": base64(percent),
    ]
  }

  @Test(arguments: keys) func everySpellingIsTakenOut(key: String) {
    let redaction = Redaction([key, "another-secret"])
    for (name, spelling) in Self.spellings(of: key) {
      let shown = redaction.text("Key \(spelling) is wrong")
      #expect(shown.contains("[key]"), "\(name): \(shown)")
      // In base64 the letters that the key shares with its neighbours stay.
      #expect(shown.utf8.count < 26 || name.contains(/base64|bearer|basic/), "\(name): \(shown)")
      #expect(shown.utf8.count < 45, "\(name): \(shown)")
    }
    #expect(redaction.text("nothing of it") == "nothing of it")
    #expect(!redaction.isClean("ANOTHER-secret"))
  }

  @Test(arguments: keys) func aSpellingMayComeInTwoPieces(key: String) {
    let redaction = Redaction(key: key)
    for (name, spelling) in Self.spellings(of: key) {
      let text = Array("{\"a\":\"\(spelling)\"}\n\n".utf8)
      let whole = redaction.bytes(text)
      for place in 0...text.count {
        var stream = RedactedStream(redaction)
        let kept =
          stream.take(Array(text[..<place])) + stream.take(Array(text[place...]))
        #expect(kept == whole, "\(name) at \(place): \(String(decoding: kept, as: UTF8.self))")
        #expect(stream.finish().isEmpty)
      }
      var stream = RedactedStream(redaction)
      #expect(text.flatMap { stream.take([$0]) } == whole, "\(name) byte by byte")
    }
  }

  @Test func theBeginningOfAKeyAtTheEndIsTakenOut() {
    let redaction = Redaction(key: "sk-abcdefghijkl")
    #expect(redaction.text("wrong key sk-abcdefg") == "wrong key [key]")
    #expect(redaction.text("wrong key sk-abcdefg…") == "wrong key [key]")
    #expect(redaction.text("wrong key sk-ab") == "wrong key sk-ab")
  }

  @Test func whatIsTooShortStays() {
    #expect(Redaction(["", "short"]).isEmpty)
    #expect(Redaction(key: "short").text("short") == "short")
    #expect(Redaction(key: "sixsix").text("a sixsix b") == "a [key] b")
  }

  /// A message is cut to a length before it is looked at: in the middle of a key, and of an escape in it.
  @Test(arguments: [
    "%73%6B%2D%61%62%63%64%65%66", "&#115;&#107;&#45;&#97;&#98;&#99;&#100;&#101;&#102;",
    #"\u0073\u006b\u002d\u0061\u0062\u0063\u0064\u0065\u0066"#,
    "%2573%256B%252D%2561%2562%2563%2564%2565%2566", "sk-abcde%66", "sk-abc&#100;&#101;&#102;",
    #"sk-abcde\u0066"#,
  ])
  func aKeyThatIsCutInsideAnEscapeIsTakenOut(_ spelling: String) {
    let redaction = Redaction(key: "sk-abcdefghij")
    for end in ["", "…", "..."] {
      for count in 0...5 where spelling.count - count > 9 {
        let text = redaction.text("wrong key " + spelling.dropLast(count) + end)
        guard text.hasPrefix("wrong key [key]") || text.count < 18 else {
          Issue.record("\(spelling) without \(count) and \(end): \(text)")
          continue
        }
      }
    }
  }
}
