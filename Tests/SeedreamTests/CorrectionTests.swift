import Seedream
import Testing

@Suite struct CorrectionTests {
  func corrected(_ corrections: ModelCorrection...) -> CorrectedCatalogue {
    ModelCatalogue.builtIn.corrected(by: corrections)
  }

  /// A correction of 4.5 made by a closure.
  func of45(_ change: (inout ModelCorrection) -> Void) -> ModelCorrection {
    var correction = ModelCorrection(of: .seedream45)
    change(&correction)
    return correction
  }

  @Test func nothingChangesNothing() {
    #expect(
      corrected().catalogue == .builtIn
        && corrected(ModelCorrection(of: .seedream45)).catalogue == .builtIn)
  }

  @Test func everyBuiltInModelIsBeyondReproach() {
    let all = ModelCatalogue.builtIn.models.map { ModelCorrection(of: $0.family) }
    #expect(ModelCatalogue.builtIn.corrected(by: all).problems == [])
  }

  @Test func aNewDateIsSentAndTheOldIDIsStillUnderstood() throws {
    let result = corrected(
      of45 { $0.byteplusIDs = ["seedream-4-5-270101", "seedream-4-5-251128"] })
    #expect(result.problems == [])
    let model = try #require(result.catalogue.model(named: "4.5"))
    let body = try Dialect.byteplus.encode(lantern("4.5"), for: model).text
    #expect(body.contains(#""model":"seedream-4-5-270101""#))
    #expect(result.catalogue.model(named: "seedream-4-5-251128") == model)
    #expect(model.volcengine.id == "doubao-seedream-4-5-251128")
  }

  @Test func aModelGainsAKeywordAMemberAndAPrice() throws {
    let result = corrected(
      of45 {
        $0.tiers = [
          SizeTier("2k", []), SizeTier("3K", [.init("1:1", PixelSize(3072, 3072))]),
        ]
        $0.outputFormats = [.png]
        $0.seed = true
        $0.mostReferences = 20
        $0.prices = [
          PriceList(.usd, asOf: "2027-01-01", [.init(upTo: 5_000_000, 300), .init(500)])
        ]
      })
    #expect(result.problems == [])
    let catalogue = result.catalogue
    #expect(
      catalogue.problems(of: try lantern("4.5", "3K", references: 20)).map(\.field) == [.count])
    #expect(catalogue.problems(of: try lantern("4.5", "3K", references: 2)) == [])
    #expect(catalogue.problems(of: try lantern("4.5", "4K")).first?.suggestions == ["2K", "3K"])
    let model = try #require(catalogue.model(named: "4.5"))
    #expect(model.sizes.tier("2K")?.entry(nearestAspect: 1)?.size == PixelSize(2048, 2048))
    let costs = ["2K", "3K"].compactMap(SizeChoice.init).map {
      model.highestCost(of: $0, count: 1, references: 0, on: .byteplus)?.description
    }
    #expect(costs == ["$0.03", "$0.05"])
    #expect(
      model.highestCost(of: .keyword("2K"), count: 1, references: 0, on: .volcengine)?
        .description == "¥0.25")
  }

  @Test func aNewModelLikeAnotherCanBeAskedFor() throws {
    var correction = ModelCorrection(of: ModelFamily(rawValue: "seedream-6.0"))
    correction.like = .seedream5Lite
    correction.name = "Seedream 6.0"
    correction.aliases = ["6"]
    correction.byteplusIDs = ["dola-seedream-6-0-270101"]
    let result = corrected(correction)
    #expect(result.problems == [])
    let request = try lantern("6", "3K", count: 3)
    #expect(result.catalogue.problems(of: request) == [])
    let model = try #require(result.catalogue.model(of: request))
    let body = try Dialect.byteplus.encode(request, for: model).text
    #expect(body.contains(#""model":"dola-seedream-6-0-270101""#))
    #expect(body.contains(#""max_images":3"#))
    #expect(model.prices == [])
    let elsewhere = result.catalogue.problems(of: request, on: .volcengine)
    #expect(elsewhere.map(\.field) == [.model])
    #expect(elsewhere.first?.severity == .blocking)
  }

  @Test func aNewModelFromNothingTakesNothing() throws {
    var correction = ModelCorrection(of: ModelFamily(rawValue: "other-1"))
    correction.volcengineIDs = ["other-1-270101"]
    (correction.leastPixels, correction.mostPixels) = (1_000_000, 2_000_000)
    correction.standardSize = .pixels(width: 1200, height: 1000)
    let catalogue = corrected(correction).catalogue
    var request = try lantern("other-1", "1200x1000")
    #expect(catalogue.problems(of: request, on: .volcengine) == [])
    request.count = 2
    request.references = [.file("a.png")]
    request.seed = 1
    #expect(
      catalogue.problems(of: request, on: .volcengine).map(\.field) == [.references, .seed])
  }

  @Test func anEndpointCanBeGivenItsModel() throws {
    let endpoint = "ep-20250911111250-zd7zw"
    let result = corrected(of45 { $0.byteplusIDs = ["seedream-4-5-251128", endpoint] })
    let model = try #require(result.catalogue.model(named: endpoint))
    #expect(model.name == "Seedream 4.5")
    #expect(model.id(for: .byteplus, named: endpoint) == endpoint)
  }

  static let nonsense: [(CorrectionProblem.Member, @Sendable (inout ModelCorrection) -> Void)] = [
    (.ids, { $0.byteplusIDs = ["two words"] }),
    (.ids, { $0.byteplusIDs = ["seedream-4-0-250828"] }),
    (
      .ids,
      {
        $0.byteplusIDs = []
        $0.volcengineIDs = []
      }
    ),
    (.ids, { $0.aliases = ["pro"] }),
    (.aliases, { $0.aliases = ["\u{1b}[2J"] }), (.aliases, { $0.aliases = [""] }),
    (.name, { $0.name = "" }), (.name, { $0.name = "a\nb" }),
    (.tiers, { $0.tiers = [SizeTier("big", [])] }),
    (.tiers, { $0.tiers = [SizeTier("2K", []), SizeTier("2k", [])] }),
    (.tiers, { $0.tiers = [SizeTier("2K", [.init("1:1", PixelSize(10, 10))])] }),
    (.tiers, { $0.tiers = [SizeTier("2K", [.init("1:1", PixelSize(0, -1))])] }),
    (.tiers, { $0.mostPixels = 4_194_304 }),
    (
      .pixels,
      {
        $0.leastPixels = 5
        $0.mostPixels = 4
      }
    ), (.pixels, { $0.leastPixels = 0 }),
    (.longestAspect, { $0.longestAspect = 0.5 }), (.longestAspect, { $0.longestAspect = .nan }),
    (.standardSize, { $0.standardSize = .keyword("8K") }),
    (.standardSize, { $0.standardSize = .pixels(width: 1, height: 1) }),
    (.references, { $0.mostReferences = -1 }), (.references, { $0.leastReferences = 101 }),
    (.pictures, { $0.maximumPictures = 0 }), (.pictures, { $0.maximumTogether = 0 }),
    (.pictures, { $0.sequence = false }),
    (.outputFormats, { $0.outputFormats = [.gif] }),
    (.picturesPerMinute, { $0.picturesPerMinute = 0 }),
    (.prices, { $0.prices = [PriceList(.usd, asOf: "2027-01-01", [])] }),
    (.prices, { $0.prices = [PriceList(.usd, asOf: "", [.init(1)])] }),
    (.prices, { $0.prices = [PriceList(.usd, asOf: "2027-01-01", [.init(-1)])] }),
    (.prices, { $0.prices = [PriceList(.usd, asOf: "2027-01-01", [.init(upTo: 5, 1)])] }),
  ]

  @Test(arguments: nonsense.indices)
  func nonsenseIsNamedAndChangesNothing(number: Int) {
    let (member, change) = Self.nonsense[number]
    let result = corrected(of45(change))
    #expect(result.problems.map(\.member).contains(member))
    #expect(result.catalogue == .builtIn)
    #expect(
      result.problems.allSatisfy { problem in
        !problem.message.isEmpty && !problem.message.unicodeScalars.contains { $0.value < 0x20 }
      })
  }

  @Test func oneWrongCorrectionDoesNotStopTheOthers() {
    var nobody = ModelCorrection(of: ModelFamily(rawValue: "new"))
    nobody.byteplusIDs = ["new-1"]
    nobody.like = ModelFamily(rawValue: "nothing")
    let result = corrected(
      of45 { $0.maximumPictures = -5 }, nobody, ModelCorrection(of: ModelFamily(rawValue: "a b")),
      ModelCorrection(of: ModelFamily(rawValue: "idless")), of45 { $0.name = "Renamed" })
    #expect(result.problems.map(\.index) == [0, 1, 2, 3])
    #expect(result.problems.map(\.member) == [.pictures, .like, .family, .ids])
    #expect(result.catalogue.model(named: "4.5")?.name == "Renamed")
    #expect(result.catalogue.models.count == ModelCatalogue.builtIn.models.count)
  }
}
