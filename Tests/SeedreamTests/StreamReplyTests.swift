import RecordedReplies
import Seedream
import Testing

@Suite struct StreamReplyTests {
  static let hello = Array("Hello, world!".utf8)

  @Test func readsTheVendorsStream() {
    let heard = Heard(Recorded.stream)
    #expect(heard.pictures.map(\.index) == [0, 2])
    #expect(heard.pictures[0].source == .url("https://e.com/0.jpeg?X-Tos-Date=1&b=%2F"))
    #expect(heard.pictures[1].source == .inline(image: 0, byteCount: 13))
    #expect(heard.pictures.map(\.size) == Array(repeating: PixelSize(2496, 1664), count: 2))
    #expect(heard.images == [0: Self.hello])
    #expect(heard.refused.map(\.code) == ["OutputImageSensitiveContentDetected"])
    #expect(
      heard.completion?.usage
        == Usage(generatedImages: 2, outputTokens: 32_448, totalTokens: 32_448, webSearches: 1))
    #expect(heard.completion?.model == "seedream-4-5-251128")
    #expect(heard.completion?.created == 1_757_396_825)
    #expect(heard.events.last == .finished)
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func everySplitSaysTheSame(lineEnd: String) {
    let text = Recorded.stream.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: lineEnd)
    let body = Array(text.utf8)
    let whole = Heard(Recorded.stream)
    for cut in 0...body.count {
      #expect(Heard(body, cutAt: [cut]) == whole, "cut at \(cut)")
    }
    #expect(Heard(body, cutAt: Array(1..<body.count)) == whole)
  }

  @Test func toleratesEveryLegalForm() throws {
    let text =
      "\u{feff}: hello\n\nid: 7\nretry: 10\nevent:image_generation.partial_succeeded\n"
      + "data:{\"image_index\":0,\ndata:\"url\":\ndata: \"https://e.com/0\"}\n\n"
      + ": keepalive\n\ndata: {\"type\":\"image_generation.completed\"}\n\ndata:[DONE]\n\n"
    let heard = Heard(text)
    #expect(heard.pictures.map(\.source) == [.url("https://e.com/0")])
    #expect(heard.events.last == .finished)
  }

  @Test func aSetSplitOverDataLinesInsideBase64IsJoined() {
    let text =
      "data: {\"type\":\"x.partial_succeeded\",\"b64_json\":\"SGVsbG8s\ndata: IHdvcmxkIQ==\"}\n\n"
      + "data: [DONE]\n\n"
    #expect(Heard(text).images == [0: Self.hello])
  }

  @Test func eventsWithoutAnEmptyLineBetweenThemAreTwo() {
    let text =
      #"data: {"type":"a.partial_succeeded","url":"https://e.com/0"}"# + "\n"
      + #"data: {"type":"a.partial_succeeded","url":"https://e.com/1"}"# + "\ndata: [DONE]\n"
    let heard = Heard(text)
    #expect(heard.pictures.map(\.index) == [0, 1])
    #expect(heard.events.last == .finished)
  }

  @Test func theStreamMayEndWithoutCompleted() {
    let events = Recorded.stream.components("\n\n")
    let heard = Heard(events[0] + "\n\ndata: [DONE]\n\n")
    #expect(heard.pictures.count == 1)
    #expect(heard.events.last == .finished)
  }

  @Test func theStreamMayEndWithoutDone() {
    let events = Recorded.stream.components("\n\n")
    let completed = events[3].replacing("\"generated_images\":2", with: "\"generated_images\":1")
    #expect(Heard(events[0] + "\n\n" + completed + "\n\n").events.last == .finished)
  }

  @Test func aCutStreamIsInterruptedAndKeepsWhatCame() throws {
    let body = Array(Recorded.stream.utf8)
    let whole = Heard(body)
    let completed = try #require(Recorded.stream.firstRange(of: "event: image_generation.compl"))
    let end = Recorded.stream.utf8.distance(
      from: Recorded.stream.startIndex, to: completed.lowerBound)
    for length in 0..<end {
      let heard = Heard(Array(body[..<length]))
      #expect(heard.events.last == .interrupted, "\(length) bytes")
      // What was said of a picture may be cut off.
      #expect(
        whole.pictures.starts(with: heard.pictures) {
          $0.index == $1.index && $0.source == $1.source
        })
      // Every image begun is either kept or dropped.
      let inline = heard.pictures.filter { if case .inline = $0.source { true } else { false } }
      let dropped = heard.events.contains(.imageDropped(image: 0))
      #expect(heard.images.isEmpty || (inline.count == 1) != dropped)
    }
  }

  @Test func afterAFailureInsideTheProviderNothingMoreIsExpected() {
    let events = Recorded.stream.components("\n\n")
    let failed = events[1].replacing(
      "OutputImageSensitiveContentDetected", with: "InternalServiceError")
    #expect(Heard(events[0] + "\n\n" + failed + "\n\n").events.last == .finished)
    #expect(Heard(events[0] + "\n\n" + events[1] + "\n\n").events.last == .interrupted)
  }

  @Test(arguments: [
    "event: error\ndata: {\"error\":{\"code\":\"ServerOverloaded\",\"message\":\"busy\"}}\n\n",
    "data: {\"error\":{\"code\":\"ServerOverloaded\",\"message\":\"busy\"}}\n\n",
    "data: {\"type\":\"error\",\"code\":\"ServerOverloaded\",\"message\":\"busy\"}\n\n",
    "data: {\"type\":\"image_generation.completed\",\"error\":{\"code\":\"ServerOverloaded\"}}\n\n",
  ])
  func anErrorForTheWholeRequestEndsIt(text: String) {
    let heard = Heard(text + "data: [DONE]\n\n")
    #expect(heard.failure?.code == "ServerOverloaded")
    #expect(heard.events.count == 1)
  }

  @Test func previewsAreNeverKept() {
    let preview =
      #"data: {"type":"image_generation.partial_image","partial_image_index":0,"#
      + #""b64_json":"SGVsbG8sIHdvcmxkIQ=="}"# + "\n\n"
    let heard = Heard(preview + Recorded.stream)
    #expect(heard.events.first == .imageDropped(image: 0))
    #expect(heard.pictures.last?.source == .inline(image: 1, byteCount: 13))
  }

  @Test func anEventThatIsNotJSONIsPassedOver() {
    let heard = Heard("data: {\"a\"}\n\ndata: hello\n\n" + Recorded.stream)
    #expect(heard.pictures.count == 2)
    #expect(heard.events.last == .finished)
    #expect(heard.events.prefix(2) == [.ignored("{\"a\"}"), .ignored("hello")])
  }

  @Test func doneWithoutAPictureIsUnknown() {
    #expect(Heard("data: [DONE]\n\n").isUnreadable)
  }

  @Test func nothingFollowsTheEnd() {
    let heard = Heard(Recorded.stream + Recorded.stream)
    #expect(heard == Heard(Recorded.stream))
  }
}

extension String {
  /// The parts between a separator.
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator).map(String.init)
  }
}
