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
    #expect(Dialect.byteplus.highestCost(of: request, for: model) == nil, "its price is not known")
  }

  @Test func theNewestModelIsTransparentFromWordsAlone() throws {
    for references in [[], [Self.stored(.jpeg)], [Self.stored(.png), Self.stored(.webp)]] {
      let request = try transparent("5.5", references)
      #expect(told(request, .byteplus) == [])
      let body = try sent(request, .byteplus)
      #expect(body["background"] == .string("transparent"))
      #expect(body["output_format"] == .string("png"))
    }
    var request = try transparent("5.5", [])
    request.outputFormat = .jpeg
    #expect(told(request, .byteplus).map(\.field) == [.outputFormat])
    #expect(told(request, .byteplus).map(\.severity) == [.blocking])
    request.background = .auto
    #expect(told(request, .byteplus) == [])
    #expect(try sent(request, .byteplus)["background"] == .string("auto"))
  }

  @Test func whatTheOlderModelsDoNotSayOfABackgroundIsLeftOut() throws {
    var request = try lantern("pro")
    request.background = .auto
    let problems = told(request, .byteplus)
    #expect(problems.map(\.field) == [.background] && problems.map(\.severity) == [.advice])
    #expect(problems.first?.suggestions == ["opaque", "transparent"])
    #expect(try sent(request, .byteplus)["background"] == nil)
  }

  @Test(arguments: Background.allCases)
  func aSplitTakesNoBackground(background: Background) throws {
    var request = try lantern("5.5", "auto", references: 1)
    request.layers = true
    request.background = background
    #expect(told(request, .byteplus).map(\.field) == [.background])
    #expect(told(request, .byteplus).map(\.severity) == [.blocking])
  }

  @Test(arguments: ImageFormat.allCases) func whatCanBeSplitFollowsTheModel(format: ImageFormat)
    throws
  {
    for (name, formats) in [
      ("5.5", [.png, .jpeg, .webp, .bmp, .tiff, .gif]), ("pro", [.png, .jpeg]),
    ] as [(String, [ImageFormat])] {
      var request = try lantern(name, "auto")
      request.layers = true
      request.references = [Self.stored(format)]
      #expect(told(request, .byteplus).isEmpty == formats.contains(format), "\(name)")
    }
  }

  @Test(arguments: [
    ("keep the <bbox>10 20 300 400</bbox>", 0),
    ("<bbox>0 0 1000 1000</bbox> <bbox>1 2 3</bbox>", 1),
    ("<bbox>300 20 10 400</bbox>", 1), ("<bbox>1 2 3 1001</bbox>", 1), ("<bbox>1 2 3 4", 1),
    ("a <b> c", 0),
  ])
  func boxesGoOutAsTheyAreAndThoseThatMeanNothingAreNamed(prompt: String, count: Int) throws {
    var request = try lantern("5.5")
    request.prompt = prompt
    #expect(told(request, .byteplus).filter { $0.severity == .advice }.count == count)
    #expect(told(request, .byteplus).allSatisfy { $0.severity == .advice })
    #expect(try sent(request, .byteplus)["prompt"] == .string(prompt))
    request.model = "4.5"
    #expect(told(request, .byteplus).count == (prompt.contains("<bbox>") ? 1 : 0))
  }

  @Test func theFormatFollowsTheModel() throws {
    func format(_ name: String, _ change: (inout GenerationRequest) -> Void = { _ in }) throws
      -> String
    {
      var request = try lantern(name)
      change(&request)
      let model = try #require(ModelCatalogue.builtIn.model(of: request))
      return model.members.format(of: request).rawValue
    }
    #expect(try format("5.5") == "png")
    #expect(try format("pro") == "jpeg" && format("4.5") == "jpeg")
    #expect(try format("5.5") { $0.outputFormat = .jpeg } == "jpeg")
    #expect(try format("4.5") { $0.outputFormat = .png } == "jpeg")
    #expect(try format("pro") { $0.background = .transparent } == "png")
    #expect(try format("pro") { $0.layers = true } == "png")
    #expect(try sent(lantern("5.5"), .byteplus)["output_format"] == nil, "the model's own choice")
  }

  @Test func aResellerSpellsTheNewestModelInItsOwnWay() throws {
    for name in ["5.5", "seedream-5.5", "dola-seedream-5-5-261028", "seedream-5-5-261028"] {
      #expect(try sent(lantern(name), .apiyi)["model"] == .string("seedream-5-5-261028"), "\(name)")
      #expect(told(try lantern(name), .apiyi) == [])
    }
    #expect(try sent(lantern("5.5"), .byteplus)["model"] == .string("dola-seedream-5-5-261028"))
    let request = try transparent("5.5", [])
    #expect(told(request, .apiyi) == [])
    #expect(try sent(request, .apiyi)["background"] == .string("transparent"))
    #expect(told(try lantern("5.5"), .ark).map(\.field) == [.model])
    #expect(told(try lantern("5.5"), .ark).map(\.severity) == [.blocking])
  }

  @Test func aSplitIsReservedAsLargeAsItMayBe() throws {
    var request = try lantern("pro", "auto", references: 1)
    request.layers = true
    let model = ModelCatalogue.builtIn.model(of: request)
    #expect(
      Dialect.byteplus.highestCost(of: request, for: model)?.description == "$0.765",
      "the base and 16 layers at $0.045")
    request.size = .keyword("1K")
    #expect(Dialect.byteplus.highestCost(of: request, for: model)?.description == "$0.3825")
    #expect(Dialect.ark.highestCost(of: request, for: model) == nil, "no price in CNY is known")
    request.model = "5.5"
    request.size = .keyword("auto")
    let newest = ModelCatalogue.builtIn.model(of: request)
    #expect(
      Dialect.byteplus.highestCost(of: request, for: newest)?.description == "$3.508",
      "the base and 99 layers at $0.035, and one reference")
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
    #expect(told(request, .byteplus) == [], "three requests")
    #expect(request.requests(of: ModelCatalogue.builtIn.model(of: request)) == 3)
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
