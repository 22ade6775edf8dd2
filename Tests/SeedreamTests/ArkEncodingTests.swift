import Seedream
import Testing

@Suite struct ArkEncodingTests {
  static let stored = StoredReference(
    sha256: String(repeating: "a", count: 64), format: .png, byteCount: 10, origin: "a.png")

  /// The body as text, stored pictures as `<index:bytes>`.
  func body(_ request: GenerationRequest, _ dialect: Dialect = .byteplus) throws -> String {
    let model = ModelCatalogue.builtIn.model(named: request.model)
    return try dialect.encode(request, for: model).body.map { piece in
      switch piece {
      case .text(let bytes): String(decoding: bytes, as: UTF8.self)
      case .reference(let index, let byteCount): "<\(index):\(byteCount)>"
      }
    }.joined()
  }

  @Test func onePictureFromText() throws {
    let request = GenerationRequest(model: "4.5", prompt: "A serene mountain landscape")
    #expect(
      try body(request, .ark) == #"{"model":"doubao-seedream-4-5-251128","#
        + #""prompt":"A serene mountain landscape","size":"2K","#
        + #""sequential_image_generation":"disabled","response_format":"url","watermark":false}"#)
  }

  @Test func aSetFromText() throws {
    let request = GenerationRequest(
      model: "seedream-4-0-250828", prompt: "four seasons", count: 4, watermark: true)
    #expect(
      try body(request) == #"{"model":"seedream-4-0-250828","prompt":"four seasons","size":"2K","#
        + #""sequential_image_generation":"auto","#
        + #""sequential_image_generation_options":{"max_images":4},"#
        + #""response_format":"url","stream":true,"watermark":true}"#)
  }

  @Test func oneReferenceIsAStringAndSeveralAreAnArray() throws {
    var request = GenerationRequest(
      model: "4.0", prompt: "a dog", references: [.url("https://e.com/1.png")])
    #expect(try body(request).contains(#""image":"https://e.com/1.png","#))
    request.references = [.url("https://e.com/1.png"), .stored(Self.stored)]
    #expect(
      try body(request).contains(
        #""image":["https://e.com/1.png","data:image/png;base64,<1:10>"],"#))
  }

  @Test func modelsThatRefuseAMemberAreNotSentIt() throws {
    let request = GenerationRequest(
      model: "pro", prompt: "x", outputFormat: .png, streaming: .on, seed: 3, guidanceScale: 2,
      promptOptimization: .fast, webSearch: true)
    #expect(
      try body(request) == #"{"model":"dola-seedream-5-0-pro-260628","prompt":"x","size":"2K","#
        + #""response_format":"url","output_format":"png","watermark":false,"#
        + #""optimize_prompt_options":{"mode":"fast"}}"#)
  }

  @Test func modelsThatTakeAMemberAreSentIt() throws {
    let lite = GenerationRequest(
      model: "lite", prompt: "x", responseFormat: .base64, outputFormat: .jpeg, streaming: .on,
      promptOptimization: .standard, webSearch: true)
    #expect(
      try body(lite, .ark) == #"{"model":"doubao-seedream-5-0-260128","prompt":"x","size":"2K","#
        + #""sequential_image_generation":"disabled","response_format":"b64_json","#
        + #""output_format":"jpeg","stream":true,"watermark":false,"#
        + #""optimize_prompt_options":{"mode":"standard"},"tools":[{"type":"web_search"}]}"#)
    let three = GenerationRequest(
      model: "3.0", prompt: "x", size: .pixels(width: 1024, height: 768), seed: -1,
      guidanceScale: 2.5)
    #expect(
      try body(three) == #"{"model":"seedream-3-0-t2i-250415","prompt":"x","size":"1024x768","#
        + #""response_format":"url","watermark":false,"seed":-1,"guidance_scale":2.5}"#)
  }

  @Test func anEndpointIsSentWhatWasAskedAndNoMore() throws {
    var request = GenerationRequest(model: "ep-20250911111250-zd7zw", prompt: "x")
    #expect(
      try body(request) == #"{"model":"ep-20250911111250-zd7zw","prompt":"x","size":"2K","#
        + #""response_format":"url","watermark":false}"#)
    request.count = 3
    request.seed = 5
    let text = try body(request)
    #expect(text.contains(#""sequential_image_generation":"auto""#))
    #expect(text.contains(#""seed":5"#))
    #expect(!text.contains("stream"))
  }

  @Test func theSandboxHonoursASeedWhateverTheModel() throws {
    let request = GenerationRequest(model: "4.5", prompt: "x", seed: 42)
    #expect(try body(request, .sandbox).contains(#""seed":42"#))
    #expect(try !body(request, .byteplus).contains("seed\""))
    let problems = ModelCatalogue.builtIn.problems(of: request, limits: Dialect.sandbox.limits)
    #expect(problems == [])
  }

  @Test(arguments: [
    ("say \"fog\"\\", #""say \"fog\"\\""#), ("a\nb\tc\rd", #""a\nb\tc\rd""#),
    ("\u{0}\u{1f}", #""\u0000\u001f""#), ("红灯笼 🏮 é/", #""红灯笼 🏮 é/""#),
  ])
  func promptsAreEscaped(prompt: String, json: String) throws {
    let text = try body(GenerationRequest(model: "4.5", prompt: prompt))
    #expect(text.contains(#""prompt":"# + json + ","))
  }

  @Test func theLengthIsKnownBeforeThePicturesAreRead() throws {
    for byteCount in 0..<8 {
      var stored = Self.stored
      stored.byteCount = byteCount
      let request = GenerationRequest(
        model: "4.5", prompt: "灯", references: Array(repeating: .stored(stored), count: 14))
      let wire = try Dialect.ark.encode(request, for: nil)
      let text = try body(request, .ark)
      let model = "doubao-seedream-4-5-251128"
      #expect(text.contains(model))
      let base64 = [0, 4, 4, 4, 8, 8, 8, 12][byteCount]
      let rest = wire.body.reduce(0) { sum, piece in
        if case .text(let bytes) = piece { sum + bytes.count } else { sum }
      }
      #expect(wire.contentLength == rest + 14 * base64)
    }
  }

  @Test func whatIsNotStoredCannotBeSent() {
    let request = GenerationRequest(
      model: "4.5", prompt: "x", references: [.url("https://e.com/1.png"), .file("a.png")])
    #expect(throws: UnstoredReference(index: 1)) {
      try Dialect.ark.encode(request, for: nil)
    }
  }

  @Test func theKeyTravelsAsTheDialectSays() {
    #expect(
      Dialect.ark.authentication.header(key: "K")
        == WireRequest.Header("Authorization", "Bearer K"))
    #expect(Authentication.header("X-Key").header(key: "K") == WireRequest.Header("X-Key", "K"))
    #expect(Dialect.sandbox.authentication.header(key: "K") == nil)
    #expect(Dialect.named("BytePlus")?.site == .byteplus)
  }
}
