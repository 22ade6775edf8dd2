import RecordedReplies
import Seedream
import Testing

/// Every form in which a relay is known to hand over a picture; the table of WIRE.md names where each occurs.
@Suite struct ReplyFormTests {
  static let png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
  static let jpeg = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAK"
  static let address = "https://relay.example/api/v3/images/generations"

  func heard(_ text: String, dialect: Dialect = .ark, sent: Set<String> = []) -> Heard {
    Heard(Array(text.utf8), dialect: dialect, address: Self.address, sent: sent)
  }

  /// A text in which PNG stands for the picture's base64.
  @Test(arguments: [
    #"{"data":[{"b64_json":"data:image/png;base64,PNG"}]}"#,
    #"{"data":[{"url":"data:image/png;base64,PNG"}]}"#,
    #"{"data":[{"url":"data:image\/png;base64,PNG","b64_json":null}]}"#,
    #"{"data":[{"b64":"PNG"}]}"#, #"{"data":[{"base64":"PNG"}]}"#,
    #"{"data":[{"image_base64":"PNG"}]}"#, #"{"data":[{"image":"PNG"}]}"#,
    #"{"data":["PNG"]}"#, #"{"data":"PNG"}"#, #"{"data":{"b64_json":"PNG"}}"#,
    #"{"code":0,"data":{"data":[{"b64_json":"PNG"}]}}"#,
    #"{"code":10000,"data":{"binary_data_base64":["PNG"],"image_urls":[]},"message":"Success"}"#,
    #"{"artifacts":[{"base64":"PNG","seed":1,"finishReason":"SUCCESS"}]}"#,
    #"{"images":["PNG"],"parameters":{"prompt":"x"},"info":"{}"}"#,
    #"{"choices":[{"message":{"content":"Here: ![image](data:image/png;base64,PNG) ok"}}]}"#,
    #"{"choices":[{"message":{"content":"","images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,PNG"}}]}}]}"#,
    #"{"choices":[{"message":{"content":[{"type":"image","image":{"base64":"PNG"}}]}}]}"#,
    #"{"candidates":[{"content":{"parts":[{"text":"x"},{"inlineData":{"mimeType":"image/png","data":"PNG"}}]}}]}"#,
    #"{"output":[{"type":"reasoning"},{"type":"image_generation_call","result":"PNG"}]}"#,
    #"{"content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"PNG"}}]}"#,
    #"{"data":{"resultJson":"{\"images\":[\"PNG\"]}"}}"#,
    #"[{"b64_json":"PNG"}]"#, #""PNG""#, #")]}',{"data":[{"b64_json":"PNG"}]}"#,
    "{\"status\":\"processing\"}\n{\"data\":[{\"b64_json\":\"PNG\"}]}\n",
    "data: {\"created\":1,\"data\":[{\"b64_json\":\"PNG\"}]}\n\ndata: [DONE]\n\n",
    "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\"PNG\",\"usage\":{\"total_tokens\":1}}\n\n",
    "data: {\"choices\":[{\"delta\":{\"content\":\"![x](data:image/png;base64,PNG)\"}}]}\n\ndata: [DONE]\n\n",
    "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"image_generation_call\",\"result\":\"PNG\"}}\n\n"
      + "data: {\"type\":\"response.completed\",\"response\":{\"output\":[{\"result\":\"PNG\"}]}}\n\n",
  ])
  func bytesAreFoundWhereverTheyStand(form: String) throws {
    let whole = heard(#"{"data":[{"b64_json":"\#(Self.png)"}]}"#)
    let bytes = try #require(whole.images[0])
    for text in [Self.png, Self.png.replacing("=", with: ""), url64(Self.png), lines(Self.png)] {
      if form.contains("(data:"), text.contains("\\") { continue }
      let heard = heard(form.replacing("PNG", with: text))
      #expect(heard.pictures.count == 1, "\(text)")
      #expect(Array(heard.claimed.values) == [bytes], "\(text)")
      #expect(heard.events.last == .finished, "\(text)")
    }
  }

  private func url64(_ text: String) -> String {
    text.replacing("+", with: "-").replacing("/", with: "_")
  }

  private func lines(_ text: String) -> String { text.replacing("AAA", with: "AA\\nA") }

  /// A reply, and the addresses of its pictures.
  @Test(arguments: [
    (#"{"data":[{"url":"/v1/images/1/content"}]}"#, ["https://relay.example/v1/images/1/content"]),
    (#"{"data":[{"url":"images/1.png"}]}"#, ["https://relay.example/api/v3/images/images/1.png"]),
    (#"{"data":[{"url":"../../x/1.png?a=../b"}]}"#, ["https://relay.example/api/x/1.png?a=../b"]),
    (#"{"data":[{"url":"//cdn.example/1.png"}]}"#, ["https://cdn.example/1.png"]),
    (
      #"{"data":[{"url":" https://cdn.example/a b/红.png?sig=a%2Fb+c%3D&x=1|2 "}]}"#,
      ["https://cdn.example/a%20b/%E7%BA%A2.png?sig=a%2Fb+c%3D&x=1|2"]
    ),
    (#"{"data":[{"url":"https://cdn.example/100%.png"}]}"#, ["https://cdn.example/100%25.png"]),
    (
      #"{"data":[{"url":"https://bücher.例え.jp:8443/1.png"}]}"#,
      ["https://xn--bcher-kva.xn--r8jz45g.jp:8443/1.png"]
    ),
    (#"{"data":[{"url":"http://１２７.0.0.1/1.png"}]}"#, ["http://127.0.0.1/1.png"]),
    (#"{"data":["https://e.com/1","https://e.com/2"]}"#, ["https://e.com/1", "https://e.com/2"]),
    (#"{"data":"https://e.com/1"}"#, ["https://e.com/1"]),
    (#"{"data":{"url":"https://e.com/1"}}"#, ["https://e.com/1"]),
    (#"{"code":0,"data":{"data":[{"url":"https://e.com/1"}]}}"#, ["https://e.com/1"]),
    (#"{"success":true,"result":{"image_url":"https://e.com/1"}}"#, ["https://e.com/1"]),
    (
      #"{"data":[{"url":["https://e.com/1","https://e.com/2"]}]}"#,
      ["https://e.com/1", "https://e.com/2"]
    ),
    (#"{"data":{"result":{"images":[{"url":["https://e.com/1"]}]}}}"#, ["https://e.com/1"]),
    (
      #"{"data":{"task_result":{"images":[{"index":0,"url":"https://e.com/1"}]}}}"#,
      ["https://e.com/1"]
    ),
    (
      #"{"code":10000,"data":{"image_urls":["https://e.com/1"]},"status":10000}"#,
      ["https://e.com/1"]
    ),
    (
      #"{"images":[{"url":"https://e.com/1","content_type":"image/png"}],"seed":1,"prompt":"x"}"#,
      ["https://e.com/1"]
    ),
    (
      #"{"output":["https://e.com/1"],"urls":{"get":"https://e.com/p/1","cancel":"https://e.com/p/1/c"}}"#,
      ["https://e.com/1"]
    ),
    (#"{"output":"https://e.com/1"}"#, ["https://e.com/1"]),
    (
      #"{"output":{"results":[{"url":"https://e.com/1"},{"url":"https://e.com/2"}]}}"#,
      ["https://e.com/1", "https://e.com/2"]
    ),
    (
      #"{"output":{"choices":[{"message":{"content":[{"image":"https://e.com/1"}]}}]}}"#,
      ["https://e.com/1"]
    ),
    (#"{"data":{"resultJson":"{\"resultUrls\":[\"https://e.com/1\"]}"}}"#, ["https://e.com/1"]),
    (
      #"{"choices":[{"message":{"content":"Here you are:\n\n![image](https://e.com/1.png)\n\n[Download](https://e.com/1.png)"}}]}"#,
      ["https://e.com/1.png"]
    ),
    (
      #"{"choices":[{"message":{"content":"<img src=\"https://e.com/1\"> see https://e.com/help"}}]}"#,
      ["https://e.com/1"]
    ),
    (#"{"choices":[{"message":{"content":"https://e.com/1"}}]}"#, ["https://e.com/1"]),
    (
      #"{"candidates":[{"content":{"parts":[{"fileData":{"fileUri":"https://e.com/1"}}]}}]}"#,
      ["https://e.com/1"]
    ),
    (
      "data: {\"choices\":[{\"delta\":{\"content\":\"![x](https://e.\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"com/1.png)\"}}]}\n\ndata: [DONE]\n\n",
      ["https://e.com/1.png"]
    ),
    (
      "data: {\"data\":[{\"url\":\"https://e.com/1\"}]}\n\ndata: {\"data\":[{\"url\":\"https://e.com/2\"}]}\n\n",
      ["https://e.com/1", "https://e.com/2"]
    ),
    // What is no picture.
    (
      #"{"data":[{"url":"https://e.com/1","revised_prompt":"like https://e.com/2.png","thumbnail_url":"https://e.com/3.png"}]}"#,
      ["https://e.com/1"]
    ),
    (
      #"{"input":{"image":"https://e.com/2"},"request":{"image":["https://e.com/3"]},"data":[{"url":"https://e.com/1"}]}"#,
      ["https://e.com/1"]
    ),
    (
      #"{"prompt":"x","image":["https://e.com/2"],"data":[{"url":"https://e.com/1"}]}"#,
      ["https://e.com/1"]
    ),
    (
      #"{"images":["https://e.com/sent"],"output":["https://e.com/1","https://e.com/sent"]}"#,
      ["https://e.com/1"]
    ),
    (
      #"{"data":[{"url":"https://e.com/1"}],"status_url":"https://e.com/s","webhook":"https://e.com/w"}"#,
      ["https://e.com/1"]
    ),
  ])
  func addressesAreFoundWhereverTheyStand(text: String, addresses: [String]) {
    let heard = heard(text, sent: ["https://e.com/sent"])
    #expect(heard.pictures.map(\.source) == addresses.map { .url($0) })
    #expect(heard.events.last == .finished)
  }

  /// Neither a picture nor a refusal: nobody knows what became of the request.
  @Test(arguments: [
    "{}", "[]", #"{"data":null}"#, #"{"data":[]}"#, #"{"data":[{}]}"#,
    #"{"created":1,"message":"ok"}"#,
    #"{"code":200,"message":"success","data":{}}"#, #"{"data":[{"url":"file:///etc/passwd"}]}"#,
    #"{"data":[{"url":"s3://bucket/1.png"}]}"#, #"{"data":[{"b64_json":"AA*A"}]}"#,
    #"{"data":[7]}"#,
    #"{"image":"not a picture"}"#, #"{"usage":{"generated_images":1}}"#,
    #"{"error":{"code":"InternalServiceError","message":"x"},"usage":{"generated_images":1}}"#,
    #"{"data":[{"url":"https://e.com/1"}],"usage":{"generated_images":2}}"#,
    "<html><body>hello</body></html>", "OK", "data: [DONE]\n\n", #"{"a":1"} x"#,
    "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"usage\":{\"generated_images\":1}}\n\ndata: [DONE]\n\n",
    "data: {\"type\":\"image_generation.partial_succeeded\",\"size\":\"1x1\"}\n\ndata: [DONE]\n\n",
  ])
  func whatCannotBeReadIsUnknownAndNeverARefusal(text: String) {
    let heard = heard(text)
    let isUnknown: Bool =
      switch heard.events.last {
      case .unreadable?, .interrupted?: true
      default: false
      }
    #expect(isUnknown, "\(heard.events)")
    if text.contains("generated_images") {
      #expect((heard.completion?.usage.generatedImages ?? 0) > 0)
    }
  }

  @Test(arguments: [
    #"{"error":{"code":"InvalidParameter","message":"no"}}"#, #"{"error":"no"}"#,
    #"{"data":[],"usage":{"generated_images":0}}"#, #"{"detail":"no"}"#,
    #"{"code":1001,"message":"insufficient balance","data":null}"#,
    #"{"success":false,"message":"no"}"#, #"{"status":"failed","message":"no"}"#,
    #"{"code":0,"data":{"error":{"code":"x","message":"no"}}}"#,
    "event: error\ndata: {\"error\":{\"code\":\"x\",\"message\":\"no\"}}\n\n",
  ])
  func aClearRefusalStaysOne(text: String) {
    #expect(heard(text).failure != nil)
  }

  @Test func aPictureThatIsTheWholeBodyIsOne() throws {
    let whole = heard(#"{"data":[{"b64_json":"\#(Self.png)"}]}"#)
    let bytes = try #require(whole.images[0])
    for cut in [0, 1, 7, 30] {
      let heard = Heard(bytes, cutAt: [cut])
      #expect(heard.images == [0: bytes])
      #expect(heard.pictures.map(\.source) == [.inline(image: 0, byteCount: bytes.count)])
      #expect(heard.events.last == .finished)
    }
    var parser = ReplyParser()
    _ = parser.consume(Array(bytes.prefix(40)))
    #expect(parser.finish(isCut: true).last == .interrupted)
  }

  @Test func everySplitFindsTheSame() {
    let text =
      #"{"code":0,"data":{"images":["x ![i](data:image/png;base64,\#(Self.jpeg)) y",{"url":"/a b"},"\#(Self.png)"]}}"#
    let whole = heard(text)
    let body = Array(text.utf8)
    for cut in 0...body.count {
      let heard = Heard(body, cutAt: [cut], address: Self.address)
      #expect(heard == whole, "cut at \(cut)")
    }
  }

  @Test func fifteenLargePicturesNeedNoMemoryOfTheirOwn() {
    var parser = ReplyParser(limits: ReplyLimits(documentBytes: 4000))
    let piece = Array(String(repeating: "AAAA", count: 4096).utf8)
    _ = parser.consume(Array(#"{"result":{"images":["#.utf8))
    var decoded = 0
    for number in 0..<15 {
      _ = parser.consume(Array("\(number > 0 ? "," : "")\"iVBORw0KGgoAAAANSUhEUgAA".utf8))
      for _ in 0..<64 {
        for case .imageBytes(_, let bytes) in parser.consume(piece) { decoded += bytes.count }
      }
      _ = parser.consume(Array("\"".utf8))
    }
    let events = parser.consume(Array("]}}".utf8)) + parser.finish()
    #expect(decoded == 15 * 64 * 12_288)
    #expect(events.count { if case .picture = $0 { true } else { false } } == 15)
  }
}
