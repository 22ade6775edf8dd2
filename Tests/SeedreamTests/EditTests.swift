import FoundationEssentials
import RecordedReplies
import Seedream
import Testing

/// Backgrounds, layers, and the family named beside an endpoint.
@Suite struct EditTests {
  static func stored(_ format: ImageFormat) -> Reference {
    .stored(
      StoredReference(
        sha256: String(repeating: "a", count: 64), format: format, byteCount: 10, origin: "a"))
  }

  func transparent(_ model: String, _ references: [Reference]) throws -> GenerationRequest {
    var request = try lantern(model)
    request.background = .transparent
    request.references = references
    return request
  }

  @Test(arguments: ["pro", "flash"]) func aTransparentBackgroundIsSent(model: String) throws {
    let request = try transparent(model, [Self.stored(.png)])
    #expect(told(request, .byteplus) == [])
    #expect(try sent(request, .byteplus)["background"] == .string("transparent"))
  }

  @Test func aTransparentBackgroundNeedsOnePNG() throws {
    let png = Self.stored(.png)
    #expect(told(try transparent("pro", []), .ark).map(\.field) == [.references])
    #expect(told(try transparent("pro", [png, png]), .ark).map(\.field) == [.references])
    #expect(told(try transparent("pro", [Self.stored(.jpeg)]), .ark).map(\.field) == [.references])
    #expect(told(try transparent("pro", [.file("a.jpg")]), .ark) == [])
    var request = try transparent("pro", [png])
    request.outputFormat = .jpeg
    #expect(told(request, .ark).map(\.suggestions) == [["png"]])
    request.background = .opaque
    #expect(told(request, .ark) == [])
  }

  @Test func aBackgroundIsLeftOutWhereTheModelHasNoSay() throws {
    let request = try transparent("4.5", [Self.stored(.png)])
    #expect(told(request, .ark).map(\.severity) == [.advice])
    #expect(told(request, .ark).first?.suggestions.contains("seedream-5.0-pro") == true)
    #expect(try sent(request, .ark)["background"] == nil)
  }

  @Test func aSplitIntoLayersNeedsNoPromptAndNoSize() throws {
    var request = try lantern("flash", "auto", references: 1)
    request.prompt = ""
    request.layers = true
    #expect(told(request, .byteplus) == [])
    let body = try sent(request, .byteplus)
    #expect(body["layer_decomposition"] == .boolean(true))
    #expect(body["size"] == .string("auto"))
    #expect(body["prompt"] == nil)
    let model = ModelCatalogue.builtIn.model(of: request)
    #expect(Dialect.byteplus.highestCost(of: request, for: model) == nil)
  }

  /// Left out, it would be a new picture that nobody asked for.
  @Test func aSplitIntoLayersIsNeverLeftOutSilently() throws {
    var request = try lantern("4.5", references: 1)
    request.layers = true
    #expect(told(request, .byteplus).map(\.severity) == [.blocking])
    request.model = "pro"
    for dialect in [Dialect.unified, .chainhub, .pixazo, .apiyi] {
      #expect(told(request, dialect).contains { $0.severity == .blocking }, "\(dialect.name)")
    }
  }

  @Test func aSplitIntoLayersHasItsOwnRules() throws {
    var request = try lantern("pro", references: 2)
    request.layers = true
    #expect(told(request, .byteplus).map(\.field) == [.references])
    request.references = [Self.stored(.webp)]
    #expect(told(request, .byteplus).map(\.referenceIndex) == [0])
    request.references = [Self.stored(.jpeg)]
    request.size = .pixels(width: 2048, height: 2048)
    #expect(told(request, .byteplus).map(\.suggestions) == [["auto"]])
    request.layers = false
    request.size = .keyword("auto")
    #expect(told(request, .byteplus).map(\.field) == [.size])
  }

  @Test func layersComeWithTheirPlace() {
    let heard = Heard(
      #"{"data":[{"url":"https://e.com/0","z_index":0},{"url":"https://e.com/1","z_index":1,"#
        + #""name":"lantern","description":"red\u001b[2J","bounding_box":{"absolute":"#
        + #"[1,2,30,40],"normalized":[0,0,9,9]}},{"url":"https://e.com/2","z_index":"2","#
        + #""bounding_box":{"absolute":[1]}},{"url":"https://e.com/3"}]}"#)
    let layers = heard.pictures.map(\.layer)
    #expect(layers.map { $0?.order } == [0, 1, 2, nil])
    #expect(layers[1]?.name == "lantern")
    #expect(layers[1]?.description?.contains("\u{1b}") == false)
    #expect(layers[1]?.box == .init(left: 1, top: 2, right: 30, bottom: 40))
    #expect(layers[2]?.box == nil)
  }

  @Test func anEndpointWhoseFamilyIsNamedIsCheckedAndStripped() throws {
    var request = try lantern("ep-20250911111250-zd7zw", "1024x1024", count: 3)
    request.outputFormat = .png
    #expect(told(request, .byteplus) == [])
    request.family = .seedream45
    #expect(told(request, .byteplus).map(\.field) == [.size, .outputFormat])
    request.size = .keyword("2K")
    let body = try sent(request, .byteplus)
    #expect(body["model"] == .string("ep-20250911111250-zd7zw"))
    #expect(body["output_format"] == nil)
    #expect(body["stream"] == .boolean(true))
    request.family = .seedream5Pro
    #expect(told(request, .byteplus).map(\.field) == [.count])
  }

  @Test func aResellersOwnNameIsTakenWithAFamily() throws {
    var request = try lantern("seedream-special")
    #expect(told(request, .apiyi).map(\.field) == [.model])
    request.family = .seedream45
    #expect(told(request, .apiyi) == [])
    #expect(try sent(request, .apiyi)["model"] == .string("seedream-special"))
    request.family = ModelFamily(rawValue: "seedream-4.55")
    #expect(told(request, .apiyi).first?.suggestions.contains("seedream-4.5") == true)
    #expect(told(request, .apiyi).first?.severity == .blocking)
  }

  @Test func aShortRequestIsReadWithItsDefaults() throws {
    let short = try JSONDecoder().decode(
      GenerationRequest.self, from: Data(#"{"model":"4.5","prompt":"fog","count":3}"#.utf8))
    #expect(short == GenerationRequest(model: "4.5", prompt: "fog", count: 3))
    var full = try transparent("pro", [Self.stored(.png), .file("a"), .picture("k7f2-1")])
    full.family = .seedream5Pro
    full.layers = true
    full.seed = 3
    full.guidanceScale = 2.5
    full.outputFormat = .png
    full.promptOptimization = .fast
    full.streaming = .off
    full.responseFormat = .base64
    full.webSearch = true
    full.watermark = true
    full.count = 2
    full.size = .pixels(width: 5, height: 6)
    let data = try JSONEncoder().encode(full)
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: data) == full)
    for wrong in [#"{"prompt":"fog"}"#, #"{"model":"x","prompt":"fog","count":"3"}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(GenerationRequest.self, from: Data(wrong.utf8))
      }
    }
  }
}
