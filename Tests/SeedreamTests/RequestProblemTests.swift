import Seedream
import Testing

@Suite struct RequestProblemTests {
  static func request(
    _ model: String = "4.5", _ size: String = "2K", count: Int = 1, references: Int = 0
  ) throws -> GenerationRequest {
    GenerationRequest(
      model: model, prompt: "a red lantern in fog",
      references: (0..<references).map { .url("https://example.com/\($0).png") },
      size: try #require(SizeChoice(size)), count: count)
  }

  func problems(_ request: GenerationRequest, on site: Site = .byteplus) -> [Problem] {
    ModelCatalogue.builtIn.problems(of: request, on: site)
  }

  @Test(arguments: ModelCatalogue.builtIn.models)
  func whatAModelOffersIsNoProblem(model: Model) throws {
    var sizes = model.sizes.keywords
    sizes += model.sizes.tiers.flatMap(\.entries).map(\.size.description)
    for size in sizes + [model.sizes.standard.description] {
      let request = try Self.request(
        model.family.rawValue, size, references: model.references.lowerBound)
      #expect(problems(request) == [], "\(model.name) \(size)")
    }
  }

  @Test(arguments: ["", "   ", "\n\t\u{3000}"]) func anEmptyPromptBlocks(prompt: String) throws {
    var request = try Self.request()
    request.prompt = prompt
    #expect(problems(request).map(\.field) == [.prompt])
  }

  @Test func aPromptThatNobodyCanHaveMeantBlocks() throws {
    var request = try Self.request()
    request.prompt = String(repeating: "a", count: 1_000_000)
    #expect(problems(request).allSatisfy { $0.severity == .advice })
    request.prompt += "a"
    #expect(problems(request).map(\.severity) == [.blocking])
    #expect(problems(request).first?.message.contains("1.1 MB") == true)
    request.prompt = String(repeating: " ", count: 30_000_000)
    #expect(problems(request).first?.message.contains("30.0 MB") == true)
  }

  @Test func aLongPromptIsOnlyAdvice() throws {
    var request = try Self.request()
    request.prompt = String(repeating: "灯", count: 301)
    #expect(problems(request).map(\.severity) == [.advice])
    request.prompt = String(repeating: "it's fog, ", count: 301)
    #expect(problems(request).map(\.severity) == [.advice])
    request.prompt = String(repeating: "灯", count: 300)
    #expect(problems(request) == [])
  }

  @Test(arguments: [
    ("4.5", "1024x1024", ["1920x1920", "2048x2048"]),
    ("4.5", "1280x720", ["2560x1440", "2848x1600"]),
    ("4.0", "5000x5000", ["4096x4096"]),
    ("4.0", "800x800", ["960x960", "1024x1024"]),
    ("5.0-pro", "4096x4096", ["2150x2150", "2048x2048"]),
    ("4.5", "1K", ["2K", "4K"]),
    ("5.0-lite", "1K", ["2K", "3K", "4K"]),
    ("5.0-pro", "4K", ["1K", "1.5K", "2K"]),
    ("4.5", "adaptive", ["2K", "4K"]),
    ("3.0", "2K", ["1024x1024"]),
    ("4.0", "20000x1000", ["16384x1024", "6240x2656"]),
  ])
  func anIllegalSizeComesWithTheNearestLegalOnes(
    model: String, size: String, nearest: [String]
  ) throws {
    let found = problems(try Self.request(model, size))
    #expect(found.map(\.field) == [.size])
    #expect(found.first?.suggestions == nearest)
    for suggestion in found.first?.suggestions ?? [] {
      #expect(problems(try Self.request(model, suggestion)) == [], "\(suggestion)")
    }
  }

  @Test func sizesAtTheEdgeOfIntegersAreOnlyIllegal() throws {
    for (width, height) in [(Int.max, Int.max), (Int.max, 1), (1, Int.max), (1, 1), (-4, 0)] {
      for model in ModelCatalogue.builtIn.models {
        var request = try Self.request(
          model.family.rawValue, references: model.references.lowerBound)
        request.size = .pixels(width: width, height: height)
        #expect(problems(request).map(\.field) == [.size])
      }
    }
  }

  @Test func theMessageNamesTheSizeTheModelAndTheRule() throws {
    let found = try #require(problems(try Self.request("4.5", "1024x1024")).first)
    #expect(
      found.message == "1024x1024 is too small for Seedream 4.5: at least 3 686 400 pixels.")
  }

  @Test(arguments: [
    ("4.5", 0, 15, true), ("4.5", 14, 1, true), ("4.5", 10, 5, true), ("4.5", 10, 6, false),
    ("4.5", 0, 16, false), ("4.5", 0, 0, false), ("4.5", 0, -1, false), ("5.0-pro", 10, 1, true),
    ("5.0-pro", 0, 15, true), ("5.0-pro", 0, 16, false), ("5.0-flash", 10, 2, true),
    ("3.0", 0, 2, true), ("3.0", 0, 0, false),
    ("ep-20250911111250-zd7zw", 3, 12, true), ("ep-20250911111250-zd7zw", 3, 13, false),
  ])
  func picturesAreCounted(model: String, references: Int, count: Int, legal: Bool) throws {
    let size = model == "3.0" ? "1024x1024" : "2K"
    let found = problems(
      try Self.request(model, size, count: count, references: references))
    #expect(found.map(\.field) == (legal ? [] : [.count]))
  }

  @Test func aFullSetLeavesRoomForTheReferences() throws {
    let found = problems(try Self.request(count: 8, references: 12))
    #expect(found.first?.suggestions == ["3"])
  }

  @Test func anUnknownModelIsNamedWithItsNeighbours() throws {
    let found = problems(try Self.request("seedream-4.6\u{1b}[2J"))
    #expect(found.map(\.field) == [.model])
    #expect(found.first?.message.contains("\u{1b}") == false)
    #expect(problems(try Self.request("")).map(\.field) == [.model])
  }

  @Test func membersNotTakenAreAdviceAndOnlyWhenSet() throws {
    var request = try Self.request("4.5")
    request.outputFormat = .png
    request.seed = 7
    request.guidanceScale = 3
    request.promptOptimization = .fast
    request.webSearch = true
    #expect(
      problems(request).map(\.field) == [
        .outputFormat, .seed, .guidanceScale, .promptOptimization, .webSearch,
      ])
    #expect(problems(request).allSatisfy { $0.severity == .advice })
    request = try Self.request("pro")
    request.streaming = .on
    #expect(problems(request).map(\.field) == [.streaming])
  }

  @Test func webSearchIsForOneSite() throws {
    var request = try Self.request("lite")
    request.webSearch = true
    #expect(problems(request, on: .volcengine) == [])
    #expect(problems(request, on: .byteplus).map(\.field) == [.webSearch])
  }

  @Test(arguments: [(-1, true), (0, true), (2_147_483_647, true), (-2, false), (1 << 31, false)])
  func seedsHaveARange(seed: Int, legal: Bool) throws {
    var request = try Self.request("3.0", "1024x1024")
    request.seed = seed
    #expect(problems(request).isEmpty == legal)
  }

  /// Each of them is a request of its own with the same seed.
  @Test(arguments: [(7, true), (-1, false), (nil, false)] as [(Int?, Bool)])
  func severalPicturesOfOneSeedAreAlike(seed: Int?, isSaid: Bool) throws {
    var request = try Self.request("3.0", "1024x1024", count: 4)
    request.seed = seed
    let found = problems(request)
    #expect(found.map(\.severity) == (isSaid ? [.advice] : []))
    #expect(found.first?.message.contains("all 4 pictures are alike") != false)
  }

  @Test(arguments: [(1.0, true), (10, true), (0.9, false), (10.1, false), (.nan, false)])
  func guidanceHasARange(scale: Double, legal: Bool) throws {
    var request = try Self.request("3.0", "1024x1024")
    request.guidanceScale = scale
    #expect(problems(request).isEmpty == legal)
  }

  @Test func aProviderMayTakeLess() throws {
    let limits = RequestLimits(
      references: 10, pictures: 4, keywords: [.seedream5Lite: ["2K", "3K"]], seed: true)
    var request = try Self.request("lite", "4K", count: 5, references: 11)
    request.seed = 7
    let found = ModelCatalogue.builtIn.problems(of: request, limits: limits)
    #expect(found.map(\.field) == [.references, .size, .count])
    #expect(found[1].suggestions == ["2K", "3K"])
  }
}
