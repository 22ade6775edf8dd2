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
    ].merging(dumps(of: key)) { one, _ in one }
  }

  /// What a debugger, a log and a debug page show of bytes.
  static func dumps(of key: String) -> [String: String] {
    let bytes = Array(key.utf8)
    func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    func octal(_ byte: UInt8) -> String {
      let digits = String(byte, radix: 8)
      return String(repeating: "0", count: 3 - digits.count) + digits
    }
    func joined(_ separator: String, _ write: (UInt8) -> String) -> String {
      bytes.map(write).joined(separator: separator)
    }
    func quotedPrintable(_ isKept: (UInt8) -> Bool) -> String {
      joined("") { isKept($0) ? String(UnicodeScalar($0)) : "=" + hex($0).uppercased() }
    }
    func base32(_ text: String) -> String {
      let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      let bits = text.utf8.map { byte in
        let digits = String(byte, radix: 2)
        return String(repeating: "0", count: 8 - digits.count) + digits
      }.joined()
      return String(
        stride(from: 0, to: bits.count, by: 5).map { place in
          let five = bits.dropFirst(place).prefix(5)
          return alphabet[Int(five + String(repeating: "0", count: 5 - five.count), radix: 2) ?? 0]
        })
    }
    func letters(_ separator: String) -> String { joined(separator) { String(UnicodeScalar($0)) } }
    let pairs = stride(from: 0, to: bytes.count, by: 2).map { place in
      bytes[place..<min(place + 2, bytes.count)].map(hex).joined()
    }
    return [
      "hex with colons": joined(":", hex), "hex with spaces": joined(" ", hex),
      "hex with dashes": joined("-", hex), "hex with underscores": joined("_", hex),
      "HEX with colons": joined(":", hex).uppercased(),
      "hex in pairs": pairs.joined(separator: " "), "hex of C": joined(", 0x", hex),
      "hex in quotes": joined("\",\"", hex), "code points": joined(" U+00", hex),
      "braces without a backslash": joined("", { "u{" + hex($0) + "}" }),
      "backslash and hex": joined("\\", hex), "CSS": joined(" \\0000", hex),
      "JavaScript's escape": joined("", { "%u00" + hex($0) }),
      "octal escapes": joined("", { "\\" + octal($0) }),
      "octal escapes of signs": joined("") {
        $0.isPlain ? String(UnicodeScalar($0)) : "\\" + octal($0)
      },
      "octal escapes in JSON": joined("", { "\\\\" + octal($0) }), "od": joined(" ", octal),
      "decimal list": joined(",", { "\($0)" }), "decimal list of Go": joined(" ", { "\($0)" }),
      "decimal with zeros": joined("\\0", { "\($0)" }),
      "decimal entities without their end": joined("", { "&#\($0)" }),
      "quoted-printable": quotedPrintable { _ in false },
      "quoted-printable of signs": quotedPrintable(\.isPlain),
      "quoted-printable of the sign": quotedPrintable { $0 != 0x3D },
      "quoted-printable in lines": "\(key.prefix(7))=\r\n\(key.dropFirst(7))",
      "base32": base32(key), "base32 of one more": base32("x" + key),
      "base32 of two more": base32("xy" + key), "base32 of three more": base32("xyz" + key),
      "base32 of four more": base32("wxyz" + key), "base32, small": base32(key).lowercased(),
      "letters with spaces": letters(" "), "letters in quotes": letters("','"),
      "letters with what nobody sees": letters("\u{200B}"), "UTF-16": letters("\0"),
      "UTF-16 in JSON": letters(key.contains("\\") ? "\0" : "\\u0000"),
      "colours": letters("\u{1B}[0m"),
      "colours in JSON": key.contains("\\")
        ? key : "\(key.prefix(5))\\u001b[1;31m\(key.dropFirst(5))",
      "a tag in it": "\(key.prefix(6))\u{E0041}\(key.dropFirst(6))",
      "in two lines": "\(key.prefix(8))\n\(key.dropFirst(8))",
    ]
  }

  @Test(arguments: keys) func everySpellingIsTakenOut(key: String) {
    let redaction = Redaction([key, "another-secret"])
    for (name, spelling) in Self.spellings(of: key) {
      let shown = redaction.text("Key \(spelling) is wrong")
      #expect(shown.contains("[key]"), "\(name): \(shown)")
      // In base64 the letters that the key shares with its neighbours stay.
      #expect(shown.utf8.count < 26 || name.contains(/base|bearer|basic/), "\(name): \(shown)")
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

  /// A few letters of a key at the end of an event are no reason to keep it back.
  @Test func anEventIsNotKeptBack() {
    for end in ["s", "s k", "73", "7", "115", "163", "s=k"] {
      var stream = RedactedStream(Redaction(key: "sk-abcdefghijkl"))
      let event = Array("data: {\"a\":\"\(end)\"}\n\n".utf8)
      #expect(stream.take(event) == event, "\(end)")
    }
  }

  /// Beside a picture, and in a list that is longer than a piece.
  @Test func aDumpInALongTextIsFound() {
    let key = "sk-abcdefghijkl"
    let letters = String(repeating: "iVBORw0KGgo", count: 900)
    let list = String(repeating: "34,125,", count: 700)
    for (before, behind) in [(letters + "\"", "\"" + letters), (list, "," + list)] {
      for (name, spelling) in Self.dumps(of: key) {
        let text = Array((before + spelling + behind).utf8)
        for size in [4099, text.count] {
          var stream = RedactedStream(Redaction(key: key))
          var kept: [UInt8] = []
          for start in stride(from: 0, to: text.count, by: size) {
            kept += stream.take(Array(text[start..<min(start + size, text.count)]))
          }
          let all = String(decoding: kept + stream.finish(), as: UTF8.self)
          #expect(all.contains("[key]") || name.contains("base32"), "\(name) in pieces of \(size)")
          #expect(all.utf8.count <= text.count - 9 || name.contains("base32"), "\(name)")
        }
      }
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
