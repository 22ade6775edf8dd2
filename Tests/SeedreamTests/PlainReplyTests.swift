import RecordedReplies
import Seedream
import Testing

@Suite struct PlainReplyTests {
  static let hello = Array("Hello, world!".utf8)

  @Test func readsASetWithARefusedMember() {
    let heard = Heard(Recorded.plain)
    #expect(heard.pictures.map(\.index) == [0, 1])
    #expect(heard.pictures[0].size == PixelSize(4096, 4096))
    #expect(heard.pictures[1].source == .inline(image: 0, byteCount: 13))
    #expect(heard.pictures[1].outputFormat == .png)
    #expect(heard.images == [0: Self.hello])
    #expect(heard.refused.first?.requestID == "0217abc")
    #expect(heard.refused.first?.words == "The service encountered an unexpected internal error.")
    #expect(heard.completion?.usage.generatedImages == 2)
    #expect(heard.events.last == .finished)
  }

  @Test func everySplitSaysTheSame() {
    let body = Array(("\u{feff}\r\n " + Recorded.plain).utf8)
    let whole = Heard(Recorded.plain)
    for cut in 0...body.count { #expect(Heard(body, cutAt: [cut]) == whole, "cut at \(cut)") }
    #expect(Heard(body, cutAt: Array(1..<body.count)) == whole)
  }

  @Test func aCutReplyIsInterruptedAndKeepsWhatCame() {
    let body = Array(Recorded.plain.utf8)
    for length in 0..<body.count {
      let heard = Heard(Array(body[..<length]))
      #expect(heard.events.last == .interrupted, "\(length) bytes")
      let inline = heard.pictures.filter { if case .inline = $0.source { true } else { false } }
      let dropped = heard.events.contains(.imageDropped(image: 0))
      #expect(heard.images.isEmpty || (inline.count == 1) != dropped, "\(length) bytes")
    }
  }

  @Test func anUnnamedPictureThatCameWholeIsSaved() {
    let cut = #"{"created":1,"data":[{"b64_json":"SGVsbG8sIHdvcmxkIQ==","size":"20"#
    let heard = Heard(cut)
    #expect(heard.pictures.map(\.source) == [.inline(image: 0, byteCount: 13)])
    #expect(heard.events.last == .interrupted)
  }

  @Test func anEmptyImageOfACutReplyIsNoPicture() {
    let heard = Heard(#"{"created":1,"data":[{"b64_json":"","size":"20"#)
    #expect(heard.pictures.isEmpty)
    #expect(heard.events.last == .interrupted)
  }

  @Test func anOpenImageIsDroppedEvenWhereTheWholeOneBeforeItIsTooMany() {
    let cut =
      #"{"data":[{"url":"https://e.com/0"},{"url":"https://e.com/1"},"#
      + #"{"b64_json":"SGVsbG8h","x":{"b64_json":"SGVsbG8hSGVsbG8hSGVs"#
    let heard = Heard(Array(cut.utf8), limits: ReplyLimits(images: 2))
    #expect(heard.pictures.count == 2)
    #expect(heard.events.contains(.imageDropped(image: 0)))
    #expect(heard.events.contains(.imageDropped(image: 1)))
    #expect(heard.events.last == .abandoned(.tooManyImages(limit: 2)))
  }

  @Test(arguments: [
    (#"{"created":1,"data":[{"url":"https://e.com/0"}]}"#, 1),
    (#"{"created_at":1,"data":[{"url":"https://e.com/0"}]}"#, 1),
    (#"{"created":"1","data":[{"url":"https://e.com/0","b64_json":null}]}"#, 1),
    (#"{"created":1.0,"data":[{"url":"https://e.com/0","error":null}],"error":null}"#, 1),
  ])
  func readsBothTimestampsInEveryForm(text: String, created: Int) {
    let heard = Heard(text)
    #expect(heard.completion?.created == created)
    #expect(heard.pictures.count == 1)
  }

  @Test(arguments: [
    (
      #"{"generated_images":1,"output_tokens":4096,"total_tokens":4096}"#,
      Usage(generatedImages: 1, outputTokens: 4096, totalTokens: 4096)
    ),
    (
      #"{"prompt_tokens":0,"completion_tokens":4096,"total_tokens":4096}"#,
      Usage(outputTokens: 4096, totalTokens: 4096)
    ),
    (
      #"{"generated_images":"1","input_images":3,"tool_usage":{"web_search":0}}"#,
      Usage(generatedImages: 1, inputImages: 3, webSearches: 0)
    ),
    ("null", Usage()), ("7", Usage()), ("{}", Usage()),
  ])
  func readsEverySpellingOfUsage(json: String, usage: Usage) {
    let heard = Heard(#"{"data":[{"url":"https://e.com/0"}],"usage":\#(json)}"#)
    #expect(heard.completion?.usage == usage)
  }

  @Test(arguments: [
    (#"{"error":{"code":"ServerOverloaded","message":"busy"}}"#, "ServerOverloaded"),
    (#"{"data":null,"error":{"code":"ServerOverloaded","message":"busy"}}"#, "ServerOverloaded"),
    (#"{"data":[],"usage":{"generated_images":0}}"#, "NotGenerated"), (#"{"detail":"no"}"#, ""),
  ])
  func successThatRefusesIsAFailure(text: String, code: String) {
    #expect(Heard(text).failure?.code == code)
  }

  @Test(arguments: [
    "SGVsbG8sIHdvcmxkIQ", "SGVsbG8sIHdvcmxkIQ==", #"SGVs\nbG8sIHdv\r\ncmxkIQ=="#,
    #"\u0053GVsbG8sIHdvcmxkIQ\u003D\u003d"#, "SGVs bG8s IHdv cmxk IQ==",
  ])
  func base64IsReadInEveryLegalForm(base64: String) {
    let body = Array(#"{"data":[{"b64_json":"\#(base64)"}]}"#.utf8)
    for cut in 0...body.count {
      #expect(Heard(body, cutAt: [cut]).images == [0: Self.hello], "cut at \(cut)")
    }
  }

  @Test func slashesAndPlusSignsMayBeEscaped() {
    let heard = Heard(#"{"data":[{"b64_json":"+/\/\u002b+\u002f8="}]}"#)
    #expect(heard.images == [0: [0xfb, 0xff, 0xfe, 0xfb, 0xff]])
  }

  @Test(arguments: [
    "A", "AAAAA", "====", "AA=A", "AAA==", "AA*A", #"AA\"A"#, #"AA\\"#, "SGVs-_=A",
  ])
  func aDamagedPictureIsUnreadAndTheOthersStay(base64: String) {
    let heard = Heard(
      #"{"data":[{"b64_json":"\#(base64)"},{"b64_json":"SGVsbG8sIHdvcmxkIQ=="}]}"#)
    #expect(heard.isUnreadable)
    #expect(heard.refused.isEmpty)
    #expect(heard.events.contains(.imageDropped(image: 0)))
    #expect(heard.pictures.map(\.index) == [1])
    #expect(heard.images[1] == Self.hello)
  }

  @Test(arguments: [
    #"{"data":[{}]}"#, #"{"data":[{"url":""}]}"#, #"{"data":[{"url":"file:///etc/passwd"}]}"#,
    #"{"data":[{"url":7,"b64_json":0}]}"#, #"{"data":[{"b64_json":99}]}"#,
  ])
  func aMemberWithoutAPictureIsUnread(text: String) {
    let heard = Heard(text)
    #expect(heard.isUnreadable)
    #expect(heard.pictures == [])
  }

  @Test func previewsAreDroppedAndPartsAreKept() throws {
    let png = ReplyFormTests.png
    let heard = Heard(
      #"{"preview":{"b64_json":"\#(png)"},"data":[{"layers":[{"b64_json":"\#(png)"}],"url":"https://e.com/0"}]}"#
    )
    let count = try #require(heard.images[1]).count
    #expect(
      heard.pictures.map(\.source) == [
        .inline(image: 1, byteCount: count), .url("https://e.com/0"),
      ])
    #expect(heard.events.contains(.imageDropped(image: 0)))
  }

  @Test func whatIsHeldIsBounded() {
    let limits = ReplyLimits(documentBytes: 1000, imageBytes: 100, images: 3)
    let long = Array(#"{"a":"\#(String(repeating: "x", count: 1000))"}"#.utf8)
    #expect(
      Heard(long, limits: limits).events == [.abandoned(.documentTooLarge(limit: 1000))])
    let large = Array(#"{"b64_json":"\#(String(repeating: "AAAA", count: 34))"}"#.utf8)
    #expect(
      Heard(large, limits: limits).events == [
        .imageDropped(image: 0), .abandoned(.imageTooLarge(limit: 100)),
      ])
    let many = Array((#"{"data":["# + String(repeating: #"{"b64_json":""},"#, count: 4)).utf8)
    #expect(Heard(many, limits: limits).events.last == .abandoned(.tooManyImages(limit: 3)))
  }

  @Test func whatCameBeforeTheLimitStays() {
    let body = #"{"data":[{"url":"https://e.com/0"}],"a":"\#(String(repeating: "x", count: 999))"}"#
    let heard = Heard(Array(body.utf8), limits: ReplyLimits(documentBytes: 500))
    #expect(heard.pictures.count == 1)
    #expect(heard.events.last == .abandoned(.documentTooLarge(limit: 500)))
  }

  @Test func membersDoNotAddUpToTheLimit() {
    let limits = ReplyLimits(documentBytes: 1000)
    let member = #"{"url":"https://e.com/\#(String(repeating: "x", count: 500))"}"#
    let members = Array(repeating: member, count: 15).joined(separator: ",")
    let heard = Heard(Array(#"{"data":[\#(members)]}"#.utf8), limits: limits)
    #expect(heard.pictures.count == 15)
  }
}
