import FoundationEssentials
import RecordedReplies
import Seedream
import Testing

/// Replies without JSON, and with JSON as programs put it together by hand.
@Suite struct BareReplyTests {
  private static let png = ReplyFormTests.png
  private static let jpeg = ReplyFormTests.jpeg

  private func heard(_ text: String, status: Int = 200, cutAt cuts: [Int] = []) -> Heard {
    Heard(
      Array(text.utf8), cutAt: cuts, status: status, address: ReplyFormTests.address,
      sent: ["https://e.com/sent.png"])
  }

  private func bytes(_ base64: String) throws -> [UInt8] {
    try #require(heard(#"{"data":[{"b64_json":"\#(base64)"}]}"#).images[0])
  }

  private func lines(_ base64: String) -> String {
    var text = ""
    for (place, letter) in base64.enumerated() {
      if place > 0, place % 20 == 0 { text += "\r\n" }
      text.append(letter)
    }
    return text
  }

  @Test func aPictureWithoutAnythingAroundItIsKept() throws {
    let (png, jpeg) = (try bytes(Self.png), try bytes(Self.jpeg))
    let texts: [(String, [[UInt8]])] = [
      (Self.png, [png]), (Self.jpeg + "\n", [jpeg]), ("\u{feff}\n" + lines(Self.png), [png]),
      ("data:image/png;base64," + Self.png, [png]),
      ("DATA:image/jpeg;charset=utf-8;base64," + Self.jpeg + "\r\n", [jpeg]),
      ("data:application/octet-stream;base64," + Self.png, [png]),
      (Self.png + "\n" + Self.jpeg, [png, jpeg]),
      (lines(Self.png) + "\n\n" + Self.png, [png, png]),
      ("data:image/png;base64," + Self.png + " data:image/jpeg;base64," + Self.jpeg, [png, jpeg]),
    ]
    for (text, pictures) in texts {
      let whole = heard(text)
      #expect(whole.pictures.count == pictures.count, "\(text)")
      #expect(whole.claimed.sorted { $0.key < $1.key }.map(\.value) == pictures, "\(text)")
      #expect(whole.events.last == .finished, "\(text)")
      for cut in 1..<text.utf8.count { #expect(heard(text, cutAt: [cut]) == whole, "\(cut)") }
      #expect(heard(text, cutAt: Array(1..<text.utf8.count)) == whole, "\(text)")
    }
  }

  @Test(arguments: [
    ("https://e.com/1", ["https://e.com/1"]), ("  HTTP://e.com/1.png\r\n", ["HTTP://e.com/1.png"]),
    ("https://e.com/1?a=b&c\nhttps://e.com/2", ["https://e.com/1?a=b&c", "https://e.com/2"]),
    ("![a lantern](https://e.com/1)", ["https://e.com/1"]),
    (
      "Here it is: ![a](https://e.com/1.png) and ![b](https://e.com/2.png).",
      ["https://e.com/1.png", "https://e.com/2.png"]
    ),
    ("Your picture: https://e.com/1.png", ["https://e.com/1.png"]),
    ("https://e.com/sent.png https://e.com/1", ["https://e.com/1"]),
  ]) func anAddressWithoutAnythingAroundItIsFetched(text: String, addresses: [String]) {
    let whole = heard(text)
    #expect(whole.pictures.map(\.source) == addresses.map { .url($0) })
    #expect(whole.events.last == .finished)
    #expect(heard(text, cutAt: Array(1..<text.utf8.count)) == whole)
    // Under a status that refuses it may lead to an explanation.
    #expect(heard(text, status: 400).pictures.isEmpty)
  }

  @Test(arguments: [
    "Sorry", "See https://e.com/help for more.", "<html><img src=\"https://e.com/1.png\"></html>",
    "iVBOR", "data", "https://", "data:text/plain,hello", "/9j", "https://e.com/sent.png",
  ]) func whatShowsNothingStaysUnknown(text: String) {
    let heard = heard(text)
    #expect(heard.pictures.isEmpty)
    #expect(heard.failure == nil)
    #expect(heard.events.last != .finished)
  }

  @Test func anAddressThatBreaksOffIsNotTaken() {
    var parser = ReplyParser()
    _ = parser.consume(Array("https://e.com/1.png https://e.com/2.p".utf8))
    let events = parser.finish(isCut: true)
    let pictures = events.filter { if case .picture = $0 { true } else { false } }
    #expect(pictures.count == 1)
    #expect(events.last == .interrupted)
  }

  /// A stream stays one.
  @Test(arguments: ["data:", "data: ", "data:{", "data:[DONE]"])
  func aStreamIsNoPicture(start: String) {
    let event = #"{"type":"a.partial_succeeded","url":"https://e.com/1"}"#
    let text =
      start.hasSuffix("{") || start.hasSuffix("]")
      ? "data:" + event + "\n\ndata:[DONE]\n\n" : start + event + "\n\ndata: [DONE]\n\n"
    for cut in 1..<20 {
      #expect(heard(text, cutAt: [cut]).pictures.map(\.source) == [.url("https://e.com/1")])
    }
  }

  /// JSON with what decoders refuse: everything in it counts, `usage` and jobs too.
  @Test(arguments: [
    #"{"data":[{"url":"https://e.com/1",}],"usage":{"generated_images":2,},}"#,
    #"{"data":[{"url":"https://e.com/1"},],"usage":{"generated_images":2},}"#,
    #"{"data":[{"url":"https://e.com/1" "size":"1x2"}] "usage":{"generated_images":2}}"#,
    #"{,"data":[,{"url":"https://e.com/1",,"x":}],"usage":{"generated_images":2}}"#,
    "{\"data\":[{\"url\":\"https://e.com/1\",\"revised_prompt\":\"a\nb\tc\"}],\"usage\":{\"generated_images\":2}}",
    #"{"data":[{"url":"https://e.com/1","p":"C:\new \q"}],"usage":{"generated_images":2}}"#,
    #"{"data":[{"url":"https://e.com/1","s":NaN,"b":None}],"usage":{"generated_images":2,"x":True}}"#,
  ]) func jsonWrittenByHandIsRead(text: String) {
    let heard = heard(text)
    #expect(heard.pictures.map(\.source) == [.url("https://e.com/1")])
    #expect(heard.completion?.usage.generatedImages == 2)
    #expect(heard.isUnreadable)
    let event = Heard(
      "data: " + text.replacing("\n", with: " ") + "\n\ndata: [DONE]\n\n")
    #expect(event.pictures.map(\.source) == [.url("https://e.com/1")])
    #expect(event.completion?.usage.generatedImages == 2)
  }

  /// A field that should be one address, and events that are no JSON. U and V stand for addresses, PNG for a picture.
  @Test(arguments: [
    (#"{"data":[{"url":"\"U\""}]}"#, 1), (#"{"data":[{"url":"<U>"}]}"#, 1),
    (#"{"data":[{"url":"'U'"}]}"#, 1),
    (#"{"data":[{"url":"![a lantern](U)"}]}"#, 1), (#"{"data":[{"url":"[here](U)"}]}"#, 1),
    (#"{"data":[{"url":"`U`"}]}"#, 1), (#"{"data":[{"url":"U,V"}]}"#, 2),
    (#"{"data":{"urls":"U\nV"}}"#, 2),
    (#"{"images":"U V"}"#, 2), (#"{"output":"U; \"V\""}"#, 2),
    (#"{"data":[{"url":"https://e.com/a,w_100,h_2/1.png"}]}"#, 0),
    ("data: U\n\ndata: [DONE]\n\n", 1), ("data: U\n\ndata: V\n\ndata: [DONE]\n\n", 2),
    ("data: Here it is:\n\ndata: ![x](U)\n\ndata: [DONE]\n\n", 1),
    ("data: ping\n\ndata: {\"url\":\"U\"}\n\ndata: [DONE]\n\n", 1),
  ]) func anAddressIsReadInWhateverIsAroundIt(form: String, count: Int) {
    let (first, second) = ("https://e.com/1.png", "https://e.com/2.png")
    let heard = heard(form.replacing("U", with: first).replacing("V", with: second))
    let expected: [PictureReply.Source] =
      count == 0
      ? [.url("https://e.com/a,w_100,h_2/1.png")]
      : [.url(first), .url(second)].prefix(count).map(\.self)
    #expect(heard.pictures.map(\.source) == expected)
    #expect(heard.events.last == .finished)
  }

  @Test(arguments: ["data: PNG\n\n", "data: data:image/png;base64,PNG\n\n"])
  func base64IsAnEventToo(event: String) throws {
    let heard = heard(event.replacing("PNG", with: Self.png) + "data: [DONE]\n\n")
    #expect(Array(heard.claimed.values) == [try bytes(Self.png)])
    #expect(heard.events.last == .finished)
  }

  /// A line of a stream that is none of its fields: JSON whose field was forgotten is an event, other JSON may
  /// have been one.
  @Test func aLineWithoutItsFieldIsNotPassedOver() {
    let done = "data: [DONE]\n\n"
    let refused =
      #"data: {"type":"a.partial_failed","image_index":0,"error":{"code":"c","message":"m"}}"#
    let named = #"{"type":"a.partial_succeeded","url":"https://e.com/1"}"#
    for end in ["\n", "\r\n", "\n\n"] {
      let heard = heard(refused + "\n\n" + named + end + done)
      #expect(heard.pictures.map(\.source) == [.url("https://e.com/1")])
      #expect(heard.events.last == .finished)
    }
    for line in ["}" + named, "dat: " + named, "x" + named, "data\u{a0}: " + named, "\"url\": 1"] {
      #expect(heard(refused + "\n\n" + line + "\n\n" + done).isUnreadable, "\(line)")
      let shown = "data: " + named.replacing("/1", with: "/2") + "\n\n"
      #expect(heard(refused + "\n\n" + shown + line + "\n\n" + done).isUnreadable, "\(line)")
      // Nothing is missing.
      var parser = ReplyParser(asked: 1)
      let events = parser.consume(Array((shown + line + "\n\n" + done).utf8)) + parser.finish()
      #expect(events.last == .finished, "\(line)")
    }
    for line in [": a {comment}", "id: {\"a\"}", "retry: \"1\"", "foo: bar"] {
      let heard = heard("data: " + named + "\n\n" + line + "\n\n" + done)
      #expect(heard.events.last == .finished, "\(line)")
    }
  }

  /// What stands behind a bare picture may have been another one: the picture is kept, and so is the reply.
  @Test(arguments: [
    (" and a word", 0), ("\"},{\"url\":\"https://e.com/2\"}]}", 0), ("\nhttps://e.com/2", 1),
    ("\n![b](https://e.com/2)\n", 1), ("=x", 0), (",", 0), ("\"", 0), (" iVBORw0K", 0),
  ]) func aPictureWithWordsBehindItIsNotAll(rest: String, addresses: Int) throws {
    for start in ["", "data:image/png;base64,"] {
      let text = start + Self.png + rest
      let whole = heard(text)
      #expect(Array(whole.claimed.values) == [try bytes(Self.png)])
      #expect(whole.pictures.count == 1 + addresses)
      #expect(whole.isUnreadable)
      for cut in 1..<text.utf8.count { #expect(heard(text, cutAt: [cut]) == whole, "\(cut)") }
      let two = heard(text + " " + Self.jpeg)
      #expect(two.claimed.count == 2)
      #expect(two.isUnreadable)
    }
  }

  /// What the fuzzer has found.
  @Test(arguments: [
    (575_671_456, 126_062), (575_671_456, 766_943), (20_261_130, 69_391), (20_261_130, 72_985),
    (20_261_130, 97_736), (20_261_130, 181_130), (20_261_130, 381_372), (20_261_130, 794_934),
  ]) func theContractHolds(seed: UInt64, number: Int) {
    #expect(ReplyContract.breach(by: MutatedReply(seed: seed, number: number)) == nil)
  }

  @Test func picturesBetweenOtherBytesAreRecognised() throws {
    let (png, jpeg) = (try bytes(Self.png), try bytes(Self.jpeg))
    let body =
      Array("--B\r\nContent-Type: image/png\r\n\r\n".utf8) + png
      + Array("\r\n--B\r\n\r\n".utf8) + jpeg + Array("\r\n--B--\r\n".utf8)
    let found = PictureSalvage(body, address: nil, sent: [])
    #expect(found.images.contains(png))
    #expect(found.images.count == 2)
  }

  @Test func aJobInJSONWrittenByHandIsAskedFor() {
    let heard = Heard(#"{"job_set_id":"j-1","status":"queued",}"#, dialect: .pixazo)
    #expect(heard.completion?.pending == PendingJob(id: "j-1"))
  }
}
