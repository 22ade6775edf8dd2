import FoundationEssentials
import Testing

@testable import Secrets

/// Pictures in replies: millions of letters in which nothing may change by chance.
@Suite struct PictureTests {
  private struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) | (state << 31)
    }
  }

  private static func letters(_ count: Int) -> [UInt8] {
    var chance = Chance(state: 7)
    let bytes = (0..<count * 3 / 4).map { _ in UInt8.random(in: 0...255, using: &chance) }
    return Array(Data(bytes).base64EncodedString().utf8)
  }

  private static func document(_ letters: [UInt8]) -> [UInt8] {
    Array(#"{"data":[{"b64_json":""#.utf8) + letters + Array(#""}]}"#.utf8)
  }

  private static func pass(_ body: [UInt8], _ redaction: Redaction) -> [UInt8] {
    var stream = RedactedStream(redaction)
    var kept: [UInt8] = []
    for start in stride(from: 0, to: body.count, by: 65_521) {
      kept += stream.take(Array(body[start..<min(start + 65_521, body.count)]))
    }
    return kept + stream.finish()
  }

  @Test func aShortKeyDamagesNoPicture() {
    let body = Self.document(Array("/9j/".utf8) + Self.letters(1 << 20))
    // Keys that are in the picture by chance, as letters and as what the letters stand for.
    for place in [200_000, 400_003] {
      let key = String(decoding: body[place..<place + 8], as: UTF8.self)
      #expect(Self.pass(body, Redaction(key: key)) == body)
    }
    #expect(Self.pass(body, Redaction(key: "abcdef")) == body)
  }

  @Test(arguments: [0, 1, 2]) func aKeyInAPictureIsOverwrittenInItsPlace(offset: Int) throws {
    let key = "3f1c9a52-7d4e-4b0a-9c61-aa0e5b7712f4"
    let picture = [UInt8](repeating: 0xA7, count: 3 * 40_000 + offset)
    let secret = picture + Array("Bearer \(key)".utf8) + picture
    let body = Self.document(Array(Data(secret).base64EncodedString().utf8))
    let kept = Self.pass(body, Redaction(key: key))
    #expect(kept.count == body.count)
    let start = try #require(kept.lastIndex(of: UInt8(ascii: ":"))) + 2
    let letters = String(decoding: kept[start..<kept.count - 4], as: UTF8.self)
    let decoded = [UInt8](try #require(Data(base64Encoded: letters)))
    #expect(decoded.count == secret.count)
    #expect(decoded.prefix(picture.count) == picture[...])
    #expect(decoded.suffix(picture.count) == picture[...])
    #expect(!String(decoding: decoded, as: UTF8.self).contains(key.dropFirst(2).dropLast(2)))
  }

  /// A run of letters that begins like no picture is a text, and a short key in it is one.
  @Test(arguments: [700, 9000, 200_000])
  func aShortKeyInARunThatIsNoPictureIsTakenOut(place: Int) {
    var run = Self.letters(1 << 18)
    run.replaceSubrange(0..<4, with: "text".utf8)
    run.replaceSubrange(place..<place + 9, with: "secretkey".utf8)
    let body = Self.document(run)
    let kept = String(decoding: Self.pass(body, Redaction(key: "secretkey")), as: UTF8.self)
    #expect(!kept.contains("secretkey"))
    run.replaceSubrange(0..<4, with: "/9j/".utf8)
    #expect(Self.pass(Self.document(run), Redaction(key: "secretkey")) == Self.document(run))
  }

  /// Wherever the pieces of a picture end.
  @Test func aKeyInAPictureLiesOverTheEdgeOfPieces() {
    let key = "3f1c9a52-7d4e-4b0a-9c61-aa0e5b7712f4"
    let picture = [UInt8](repeating: 0xA7, count: 9_000)
    let redaction = Redaction(key: key)
    let body = Self.document(
      Array(Data(picture + Array(key.utf8) + picture).base64EncodedString().utf8))
    let middle = body.count / 2
    for cut in middle - 40...middle + 40 {
      var stream = RedactedStream(redaction)
      let kept =
        stream.take(Array(body[..<cut])) + stream.take(Array(body[cut...])) + stream.finish()
      #expect(kept.count == body.count)
      let letters = String(decoding: kept.dropFirst(22).dropLast(4), as: UTF8.self)
      let decoded = String(decoding: Data(base64Encoded: letters) ?? Data(), as: UTF8.self)
      #expect(!decoded.isEmpty && !decoded.contains(key.dropFirst(3).dropLast(3)), "\(cut)")
      #expect(!decoded.contains(key.dropFirst(3).prefix(12)), "\(cut)")
    }
  }

  @Test func aPictureWithEscapedSlashesPasses() {
    let letters = Self.letters(1 << 20).flatMap {
      $0 == UInt8(ascii: "/") ? Array(#"\/"#.utf8) : [$0]
    }
    let body = Self.document(letters)
    #expect(Self.pass(body, Redaction(key: "3f1c9a52-7d4e-4b0a-9c61-aa0e5b7712f4")) == body)
  }

  /// A slash is written as `\/` all through: the key is found there too, and the picture keeps its length.
  @Test(arguments: [0, 1, 2])
  func aKeyInAPictureWithEscapedSlashesIsOverwrittenInItsPlace(offset: Int) throws {
    let key = "sk-ab?~~?/?~o?/~?cd-0123456789"
    let picture = [UInt8](repeating: 0xFF, count: 3 * 40_000 + offset)
    let secret = picture + Array(key.utf8) + picture
    let letters = Data(secret).base64EncodedString()
    #expect(Data(key.utf8).base64EncodedString().contains("/"))
    let body = Self.document(Array(letters.replacing("/", with: #"\/"#).utf8))
    let kept = String(decoding: Self.pass(body, Redaction(key: key)), as: UTF8.self)
      .replacing(#"\/"#, with: "/")
    let start = try #require(kept.lastIndex(of: ":")).utf16Offset(in: kept) + 2
    let decoded = [UInt8](
      try #require(Data(base64Encoded: String(kept.dropFirst(start).dropLast(4)))))
    #expect(decoded.count == secret.count)
    #expect(decoded.prefix(picture.count) == picture[...])
    #expect(decoded.suffix(picture.count) == picture[...])
    #expect(!String(decoding: decoded, as: UTF8.self).contains(key.dropFirst(3).dropLast(3)))
  }

  @Test(arguments: [
    #"ab\/cd-ef\/gh"#, #"ab/cd-ef\/gh"#, #"ab\/cd-ef/gh"#, #"ab\u002fcd-ef\/gh"#,
    #"ab\\/cd-ef\\/gh"#,
  ])
  func slashesMayBeEscapedOrNot(_ spelling: String) {
    for text in [spelling, #"{"a":"\/\/"# + spelling + #"\/"}"#, "see " + spelling] {
      let kept = String(
        decoding: Self.pass(Array(text.utf8), Redaction(key: "ab/cd-ef/gh")), as: UTF8.self)
      #expect(kept.contains(Redaction.mark) && !kept.contains("cd-ef"))
    }
  }

  /// Every length, every place: the search looks at some places only.
  @Test func aKeyIsFoundWhereverItLies() {
    for length in 6...64 {
      let key = String((0..<length).map { Character(UnicodeScalar(0x61 + UInt8($0 * 7 % 26))) })
      let redaction = Redaction(key: key)
      for place in 0..<70 {
        let text =
          String(repeating: ".", count: place) + key + String(repeating: ".", count: 70 - place)
        #expect(redaction.text(text).contains(Redaction.mark))
      }
    }
  }
}
