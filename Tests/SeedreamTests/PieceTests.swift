import RecordedReplies
import Seedream
import Testing

/// Pictures that a conversation shows in pieces, and text in wide units.
@Suite struct PieceTests {
  private static let bytes: [UInt8] = [0xff, 0xd8, 0xff, 0xe0, 0, 16] + (0..<200).map { $0 }
  private static let base64 =
    "/9j/4AAQ" + PieceTests.encoded(Array(PieceTests.bytes.dropFirst(6)))

  private static func encoded(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let word = (0..<3).reduce(0) {
        $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0)
      }
      for place in 0...min(3, bytes.count - start) {
        text.append(letters[word >> (18 - 6 * place) & 63])
      }
    }
    return text
  }

  /// Events that say a text, so many letters each.
  private func events(
    _ text: String, every length: Int, choice: Int = 0, ending: String = "data: [DONE]\n\n"
  ) -> String {
    var rest = text[...]
    var events =
      "data: {\"choices\":[{\"index\":\(choice),\"delta\":{\"role\":\"assistant\"}}]}\n\n"
    while !rest.isEmpty {
      let piece = rest.prefix(length).replacing("\n", with: "\\n").replacing("/", with: "\\/")
        .replacing(
          "\"", with: "\\\"")
      events +=
        "data: {\"choices\":[{\"index\":\(choice),\"delta\":{\"content\":\"\(piece)\"}}]}\n\n"
      rest = rest.dropFirst(length)
    }
    return events + ending
  }

  @Test(arguments: [
    "DATA", "![image](DATA)", "Here you are:\n\n![image](DATA)\n\nDone!", "DATA\n\nDone!", "BARE",
    "<img src=\"DATA\"> and text", "data: is a word, ![i](DATA)",
  ])
  func aPictureInPiecesIsJoined(form: String) {
    let text = form.replacing("DATA", with: "data:image/jpeg;base64," + Self.base64)
      .replacing("BARE", with: Self.base64)
    for length in [1, 2, 3, 7, 22, 23, 24, 50, 1000] {
      for ending in [
        "data: [DONE]\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"choices\":[],\"usage\":{\"total_tokens\":9}}\n\ndata: [DONE]\n\n",
      ] {
        let heard = Heard(events(text, every: length, ending: ending))
        #expect(Array(heard.claimed.values) == [Self.bytes], "\(length)")
        #expect(heard.pictures.count == 1)
        #expect(heard.events.last == .finished, "\(length) \(ending)")
      }
    }
  }

  @Test func everySplitOfPiecesSaysTheSame() {
    let body = Array(events("a ![x](data:image/jpeg;base64,\(Self.base64)) b", every: 20).utf8)
    let whole = Heard(body)
    #expect(whole.pictures.count == 1)
    for cut in 0...body.count { #expect(Heard(body, cutAt: [cut]) == whole, "cut at \(cut)") }
  }

  @Test func twoChoicesDoNotMix() {
    let texts = [
      "![x](data:image/jpeg;base64,\(Self.base64))", "data:image/jpeg;base64,\(Self.base64)",
    ]
    let parts = texts.enumerated().map { number, text in
      events(text, every: 40, choice: number, ending: "").split(separator: "\n\n").map {
        $0 + "\n\n"
      }
    }
    let mixed = zip(parts[0], parts[1]).map { $0 + $1 }.joined()
    let rest =
      parts[0].dropFirst(parts[1].count).joined() + parts[1].dropFirst(parts[0].count).joined()
    let heard = Heard(mixed + rest + "data: [DONE]\n\n")
    #expect(heard.claimed.values.map(\.self) == [Self.bytes, Self.bytes])
    #expect(heard.events.last == .finished)
  }

  /// What breaks off in the middle of a picture is no picture, and somebody is told.
  @Test func aPictureThatBreaksOffIsNotTakenForWhole() {
    let text = events("![x](data:image/jpeg;base64,\(Self.base64))", every: 40, ending: "")
    for ending in ["", "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n"] {
      let heard = Heard(
        String(text.split(separator: "\n\n").dropLast(3).joined(separator: "\n\n")) + "\n\n"
          + ending)
      #expect(heard.pictures.isEmpty)
      #expect(heard.events.last == .interrupted)
    }
  }

  /// What was being drawn when something failed is not free.
  @Test func anErrorInTheMiddleOfAPictureIsNoRefusal() {
    let text = events("![x](data:image/jpeg;base64,\(Self.base64))", every: 40, ending: "")
    let pieces = text.split(separator: "\n\n").dropLast(3).joined(separator: "\n\n")
    let heard = Heard(pieces + "\n\ndata: {\"error\":{\"code\":\"c\",\"message\":\"m\"}}\n\n")
    #expect(heard.isUnreadable, "\(heard.events)")
  }

  @Test func whatIsSaidOfJSONIsNoPiece() {
    let heard = Heard(#"{"data":[{"b64_json":"\#(Self.base64)"}],"delta":{"content":"x"}}"#)
    #expect(Array(heard.claimed.values) == [Self.bytes])
  }

  // MARK: Wide text

  static let wide = [
    #"{"data":[{"b64_json":"PICTURE","note":"红 😀"}],"usage":{"generated_images":1}}"#,
    "data: {\"data\":[{\"b64_json\":\"PICTURE\"}]}\n\ndata: [DONE]\n\n",
    #"[{"b64_json":"PICTURE"}]"#, #""PICTURE""#,
    ")]}',\n{\"data\":[{\"b64_json\":\"PICTURE\"}]}",
  ]

  @Test(arguments: wide, [2, 4]) func unitsOfMoreThanOneByteAreRead(text: String, width: Int) {
    let text = text.replacing("PICTURE", with: Self.base64)
    for isBigEndian in [true, false] {
      for mark in ["", "\u{feff}"] {
        let body = Self.wide(mark + text, width: width, isBigEndian: isBigEndian)
        for cuts in [[], [1], [3, 4, 5], [body.count / 2 + 1], Array(0..<body.count)] {
          let heard = Heard(body, cutAt: cuts)
          #expect(Array(heard.claimed.values) == [Self.bytes])
          #expect(heard.events.last == .finished)
        }
      }
    }
  }

  private static func wide(_ text: String, width: Int, isBigEndian: Bool) -> [UInt8] {
    let units = width == 2 ? text.utf16.map { UInt32($0) } : text.unicodeScalars.map(\.value)
    return units.flatMap { unit in
      let bytes = (0..<width).map { UInt8(truncatingIfNeeded: unit >> UInt32(8 * $0)) }
      return isBigEndian ? bytes.reversed() : bytes
    }
  }

  @Test func aRefusalInWideTextIsOne() {
    let text = #"{"error":{"code":"InvalidParameter","message":"no"}}"#
    let heard = Heard(Self.wide(text, width: 2, isBigEndian: false))
    #expect(heard.failure?.code == "InvalidParameter")
    let refused = Heard(Self.wide(text, width: 4, isBigEndian: true), status: 400)
    #expect(refused.failure?.code == "InvalidParameter")
  }

  // MARK: Counts

  @Test(arguments: [
    ("1", 1), ("\"1\"", 1), ("2.0", 2), ("\"2.0\"", 2), ("100", 100), ("101", nil), ("1e9", nil),
    ("1e30", nil), ("-1", nil), ("[1]", nil), ("null", nil), ("1.5", nil), ("true", nil),
  ])
  func aNumberOfPicturesIsBelievedWhereOneRequestCanHaveDrawnThem(text: String, count: Int?) {
    let heard = Heard(#"{"data":[],"usage":{"generated_images":\#(text)}}"#)
    #expect(heard.completion?.usage.generatedImages == count)
    #expect(heard.isUnreadable)
  }

  @Test func whatShouldHaveBeenAPictureIsUnreadWhateverIsCounted() {
    #expect(Heard(#"{"data":[{"foto":"x"}],"usage":{"generated_images":0}}"#).isUnreadable)
  }

  @Test func aHundredLayersAreOneReply() {
    let members = (0..<100).map { #"{"url":"https://e.com/\#($0)","z_index":\#($0)}"# }
    let heard = Heard(#"{"data":["# + members.joined(separator: ",") + "]}")
    #expect(heard.pictures.count == 100)
    #expect(heard.events.last == .finished)
  }
}
