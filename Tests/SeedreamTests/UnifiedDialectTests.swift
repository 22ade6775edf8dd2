import RecordedReplies
import Seedream
import Testing

/// The five calls of the page of `POST /byteplus-generate`, and its replies.
@Suite struct UnifiedDialectTests {
  static let model = "ep-20250911111250-zd7zw"
  static let address = "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image/"

  func request(_ prompt: String, count: Int = 1, images: [String] = []) -> GenerationRequest {
    GenerationRequest(
      model: Self.model, prompt: prompt, references: images.map { .url(Self.address + $0) },
      count: count, watermark: true, streaming: count > 1 ? .on : .off)
  }

  func expected(_ prompt: String, stream: Bool, image: String = "", sequence: String) throws -> JSON
  {
    try JSON(
      #"{"model":"\#(Self.model)","prompt":"\#(prompt)",\#(image)\#(sequence),"#
        + #""response_format":"url","size":"2K","stream":\#(stream),"watermark":true}"#)
  }

  static let one = #""sequential_image_generation":"disabled""#
  static func many(_ count: Int) -> String {
    #""sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":\#(count)}"#
  }

  @Test(arguments: [Dialect.unified, .chainhub])
  func aModelIsNotToldWhatItAnswers400To(dialect: Dialect) throws {
    let names = try sent(GenerationRequest(model: "5.0-pro", prompt: "fog"), dialect).names
    #expect(names == ["model", "prompt", "response_format", "size", "watermark"])
  }

  @Test func onePictureFromText() throws {
    #expect(
      try sent(request("Interstellar travel"), .unified)
        == expected("Interstellar travel", stream: false, sequence: Self.one))
  }

  @Test func aSetFromText() throws {
    #expect(
      try sent(request("four seasons", count: 4), .unified)
        == expected("four seasons", stream: true, sequence: Self.many(4)))
  }

  @Test func onePictureFromOneReference() throws {
    #expect(
      try sent(request("a dog", images: ["1.png"]), .unified)
        == expected(
          "a dog", stream: false, image: #""image":"\#(Self.address)1.png","#, sequence: Self.one))
  }

  @Test func aSetFromOneReference() throws {
    #expect(
      try sent(request("a brand", count: 5, images: ["1.png"]), .unified)
        == expected(
          "a brand", stream: true, image: #""image":"\#(Self.address)1.png","#,
          sequence: Self.many(5)))
  }

  @Test func onePictureFromManyReferences() throws {
    let list = #""image":["\#(Self.address)1.png","\#(Self.address)2.png"],"#
    #expect(
      try sent(request("swap", images: ["1.png", "2.png"]), .unified)
        == expected("swap", stream: false, image: list, sequence: Self.one))
  }

  @Test func goesToTheLocalEndpointWithoutAKey() throws {
    let wire = try Dialect.unified.encode(request("x"), for: nil)
    #expect(Dialect.unified.baseURL + wire.path == "http://localhost:8003/byteplus-generate")
    #expect(Dialect.unified.authentication.header(key: "secret") == nil)
  }

  @Test func sendsNothingThePageDoesNotName() throws {
    var request = try lantern("lite", "3000x2000", count: 2)
    request.outputFormat = .png
    request.seed = 1
    request.webSearch = true
    request.promptOptimization = .standard
    #expect(
      try sent(request, .unified).names == [
        "model", "prompt", "sequential_image_generation", "sequential_image_generation_options",
        "response_format", "size", "stream", "watermark",
      ])
    #expect(try sent(request, .unified)["size"] == .string("3000x2000"))
    let found = told(request, .unified)
    #expect(found.map(\.field) == [.outputFormat, .seed, .promptOptimization, .webSearch])
    #expect(found.allSatisfy { $0.severity == .advice && $0.message.contains("This provider") })
  }

  @Test func doesNotStreamPicturesThatTheServiceWouldLose() throws {
    var request = try lantern("4.0", count: 3)
    #expect(try sent(request, .unified)["stream"] == .boolean(true))
    request.responseFormat = .base64
    #expect(try sent(request, .unified)["stream"] == .boolean(false))
    request.streaming = .on
    #expect(try sent(request, .unified)["stream"] == .boolean(true))
  }

  @Test func readsItsReply() {
    let heard = Heard(
      #"{"data":[{"url":"https://e.com/0"},{"b64_json":"SGVsbG8sIHdvcmxkIQ=="}],"usage":"#
        + #"{"prompt_tokens":0,"completion_tokens":32768,"total_tokens":32768}}"#,
      dialect: .unified)
    #expect(heard.pictures.count == 2)
    #expect(heard.completion?.usage == Usage(outputTokens: 32768, totalTokens: 32768))
    #expect(heard.events.last == .finished)
  }

  @Test func seesTheErrorInsideItsError() throws {
    let detail =
      #"BytePlus API request failed with status code 429: {\"error\":{\"code\":"#
      + #"\"ModelAccountIpmRateLimitExceeded\",\"message\":\"slow. Request id: 0217abc\"}}"#
    let error = try #require(
      Heard(#"{"detail":"\#(detail)"}"#, status: 500, dialect: .unified).failure)
    #expect(error.code == "ModelAccountIpmRateLimitExceeded")
    #expect(error.status == 429)
    #expect(error.requestID == "0217abc")
    #expect(error.retry == .backOff)
    let plain = Heard(
      #"{"detail":"API request failed with status code 502: <html>bad</html>"}"#, status: 500)
    #expect(plain.failure?.message.hasSuffix("<html>bad</html>") == true)
    #expect(plain.failure?.status == 500)
  }
}
