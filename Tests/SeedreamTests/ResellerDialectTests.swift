import RecordedReplies
import Seedream
import Testing

@Suite struct ChainhubDialectTests {
  @Test func sendsThePagesExample() throws {
    let request = GenerationRequest(
      model: "doubao-seedream-4-0-250828",
      prompt: "Generate a close-up image of a dog lying on the grass",
      references: [
        .url("https://ark-project.tos-cn-beijing.volces.com/doc_image/seedream4_imageToimage.png")
      ], size: .pixels(width: 1728, height: 2304))
    #expect(told(request, .chainhub) == [])
    let example = try JSON(
      """
      {"model":"doubao-seedream-4-0-250828",
       "prompt":"Generate a close-up image of a dog lying on the grass",
       "image":"https://ark-project.tos-cn-beijing.volces.com/doc_image/seedream4_imageToimage.png",
       "size":"1728x2304","sequential_image_generation":"disabled","stream":false,
       "response_format":"url","watermark":false}
      """)
    #expect(try sent(request, .chainhub) == example)
    let wire = try Dialect.chainhub.encode(request, for: nil)
    #expect(
      Dialect.chainhub.baseURL + wire.path == "https://api.chainhub.tech/v1/images/generations")
    #expect(Dialect.chainhub.authentication == .bearer)
  }

  @Test func aSetHasACeilingAndStreams() throws {
    let body = try sent(lantern("4.0", count: 3, references: 2), .chainhub)
    #expect(body["sequential_image_generation"] == .string("auto"))
    #expect(body["sequential_image_generation_options"] == (try JSON(#"{"max_images":3}"#)))
    #expect(body["stream"] == .boolean(true))
    #expect(body["model"] == .string("doubao-seedream-4-0-250828"))
  }

  @Test func readsAReplyWithoutUsageOrSizes() {
    let heard = Heard(
      #"{"created":1757585224,"data":[{"url":"https://e.com/0"}]}"#, dialect: .chainhub)
    #expect(heard.pictures.map(\.source) == [.url("https://e.com/0")])
    #expect(heard.completion?.created == 1_757_585_224)
    #expect(heard.events.last == .finished)
  }

  @Test func hasNoKnownPrice() throws {
    let request = try lantern("4.0")
    let model = ModelCatalogue.builtIn.model(of: request)
    #expect(Dialect.chainhub.highestCost(of: request, for: model) == nil)
    #expect(Dialect.ark.highestCost(of: request, for: model)?.description == "¥0.20")
    #expect(Dialect.apiyi.highestCost(of: request, for: model)?.description == "$0.03")
  }
}

@Suite struct APIYIDialectTests {
  @Test func sendsThePagesExample() throws {
    var request = GenerationRequest(
      model: "seedream-5-0-260128", prompt: "Minimalist line-art logo of a cat")
    request.outputFormat = .png
    let example = try JSON(
      """
      {"model":"seedream-5-0-260128","prompt":"Minimalist line-art logo of a cat","size":"2K",
       "response_format":"url","output_format":"png","watermark":false}
      """)
    #expect(try sent(request, .apiyi) == example)
    let wire = try Dialect.apiyi.encode(request, for: nil)
    #expect(Dialect.apiyi.baseURL + wire.path == "https://api.apiyi.com/v1/images/generations")
  }

  @Test func countsWithNUpToFourAndWithASetBeyond() throws {
    for count in 2...4 {
      let body = try sent(lantern("4.5", count: count), .apiyi)
      #expect(body["n"] == .number(Double(count)))
      #expect(body["sequential_image_generation"] == nil)
      #expect(body["stream"] == nil)
    }
    let body = try sent(lantern("4.5", count: 5), .apiyi)
    #expect(body["n"] == nil)
    #expect(body["sequential_image_generation_options"] == (try JSON(#"{"max_images":5}"#)))
    #expect(body["stream"] == .boolean(true))
  }

  @Test func tenReferencesAndSixPicturesAreTooMany() throws {
    #expect(told(try lantern("4.5", count: 5, references: 10), .apiyi) == [])
    #expect(told(try lantern("4.5", count: 6, references: 10), .apiyi).map(\.field) == [.count])
  }

  @Test(arguments: [
    ("seedream-5-0-260128", "2K 3K"), ("seedream-4-5-251128", "2K 4K"),
    ("seedream-4-0-250828", "1K 2K 4K"),
  ])
  func hasItsOwnTiers(id: String, tiers: String) throws {
    let offered = tiers.split(separator: " ").map(String.init)
    for tier in ["1K", "2K", "3K", "4K"] {
      let problems = told(try lantern(id, tier), .apiyi)
      #expect(problems.isEmpty == offered.contains(tier), "\(id) \(tier)")
      #expect(problems.isEmpty || problems.first?.suggestions == offered)
    }
  }

  @Test func aModelItDoesNotNameIsSentWithAWarning() throws {
    let found = told(try lantern("pro"), .apiyi)
    #expect(found.map(\.field) == [.model])
    #expect(found.first?.severity == .advice)
    #expect(found.first?.suggestions.contains("seedream-4.5") == true)
  }

  @Test func aFileIsSentWithAWarning() throws {
    var request = try lantern("4.5", references: 1)
    #expect(told(request, .apiyi) == [])
    request.references.append(.url("data:image/png;base64,AAAA"))
    #expect(told(request, .apiyi).map(\.referenceIndex) == [1])
    request.references = [.file("a.png")]
    #expect(told(request, .apiyi).map(\.severity) == [.advice])
  }
}

@Suite struct ProfileTests {
  @Test func europeIsItsOwnRegion() throws {
    #expect(Dialect.byteplusEurope.baseURL == "https://ark.eu-west.bytepluses.com/api/v3")
    #expect(told(try lantern("lite"), .byteplusEurope) == [])
    #expect(told(try lantern("4.5"), .byteplusEurope) == [], "what is offered there nobody says")
    #expect(
      try sent(lantern("lite"), .byteplusEurope)["model"] == .string("seedream-5-0-260128"))
  }

  @Test func aProfileOverridesAddressHeadersAndLimits() throws {
    var dialect = Dialect.pixazo
    dialect.baseURL = "https://gateway.example.com"
    dialect.headers += [.init("cache-control", "no-store"), .init("X-Team", "fog")]
    dialect.limits.references = 2
    let wire = try dialect.encode(lantern("4.0"), for: nil)
    let headers = Dictionary(
      uniqueKeysWithValues: wire.headers.map { ($0.name.lowercased(), $0.value) })
    #expect(headers["cache-control"] == "no-store")
    #expect(headers["x-team"] == "fog")
    #expect(headers["content-type"] == "application/json")
    #expect(told(try lantern("4.0", references: 3), dialect).map(\.field) == [.references])
  }

  @Test func everyDialectIsFoundByItsName() {
    for dialect in Dialect.builtIn {
      #expect(Dialect.named(dialect.name.uppercased())?.name == dialect.name)
    }
    #expect(Set(Dialect.builtIn.map(\.name)).count == Dialect.builtIn.count)
    #expect(Dialect.named("nobody") == nil)
  }

  /// The six use cases, through every dialect: none loses a reference, a picture or the prompt.
  @Test(arguments: Dialect.builtIn.map(\.name), [(1, 0), (4, 0), (1, 1), (5, 1), (1, 2), (4, 10)])
  func everyUseCaseGoesThroughEveryDialect(name: String, useCase: (count: Int, references: Int))
    throws
  {
    let dialect = try #require(Dialect.named(name))
    let family = dialect.limits.families?.first ?? .seedream40
    let request = try lantern(
      family.rawValue, count: useCase.count, references: useCase.references)
    #expect(told(request, dialect) == [])
    let body = try sent(request, dialect)
    #expect(body["prompt"] == .string(request.prompt))
    #expect(body["watermark"] == .boolean(false))
    #expect(body["size"] == .string("2K"))
    let addresses = (0..<useCase.references).map { JSON.string("https://example.com/\($0).png") }
    switch body["image"] {
    case nil: #expect(addresses == [])
    case .array(let list)?: #expect(list == addresses)
    case let address?: #expect([address] == addresses)
    }
    let ceilings = [
      body["sequential_image_generation_options"]?["max_images"], body["n"], body["num_images"],
    ].compactMap(\.self)
    #expect(ceilings == (useCase.count == 1 ? [] : [.number(Double(useCase.count))]))
  }
}
