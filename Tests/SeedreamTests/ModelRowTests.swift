import Seedream
import Testing

/// The vendor's tables, row by row, written down a second time.
@Suite struct ModelRowTests {
  /// Ids: family, Volcengine, BytePlus, further spellings.
  static let ids = [
    "5.0-pro doubao-seedream-5-0-pro-260628 dola-seedream-5-0-pro-260628 doubao-seedream-5.0-pro",
    "5.0-flash doubao-seedream-5-0-flash-260915 dola-seedream-5-0-flash-260915",
    "5.0-lite doubao-seedream-5-0-260128 seedream-5-0-260128 doubao-seedream-5.0-lite "
      + "doubao-seedream-5-0-lite-260128 seedream-5-0-lite-260128",
    "4.5 doubao-seedream-4-5-251128 seedream-4-5-251128",
    "4.0 doubao-seedream-4-0-250828 seedream-4-0-250828",
    "3.0 doubao-seedream-3-0-t2i-250415 seedream-3-0-t2i-250415",
    "seededit doubao-seededit-3-0-i2i-250628 seededit-3-0-i2i-250628",
  ]

  @Test(arguments: ids) func everyIDMeansItsModelOnBothSites(row: String) throws {
    let words = row.split(separator: " ").map(String.init)
    let model = try #require(ModelCatalogue.builtIn.model(named: words[0]))
    for word in words { #expect(ModelCatalogue.builtIn.model(named: word) == model, "\(word)") }
    #expect(model.id(for: .volcengine, named: words[0]) == words[1])
    #expect(model.id(for: .byteplus, named: words[0]) == words[2])
  }

  struct Row: Sendable {
    var name: String
    /// Members of a request with everything set that reach the wire, on Volcengine.
    var members: String
    var leastReferences = 0
    var together: Int?
    var aspect: Double?
    var perMinute: Int?
    var lifecycle = Model.Lifecycle.current
    /// What `optimize_prompt_options.mode` may say.
    var modes = ""
    var splitsLayers = false
  }

  /// The newest has no known id on Volcengine.
  @Test func everyIDOfTheNewestMeansIt() throws {
    let model = try #require(ModelCatalogue.builtIn.model(named: "5.5"))
    for word in ["dola-seedream-5-5-261028", "seedream-5-5-261028", "seedream-5.5", "Seedream-5-5"]
    {
      #expect(ModelCatalogue.builtIn.model(named: word) == model, "\(word)")
    }
    #expect(model.id(for: .byteplus) == "dola-seedream-5-5-261028")
    #expect(
      model.id(for: .byteplus, named: "seedream-5-5-261028") == "seedream-5-5-261028")
    #expect(model.id(for: .volcengine).isEmpty)
  }

  static let rows = [
    Row(
      name: "5.5", members: "output_format background", aspect: 16, perMinute: 500,
      modes: "standard", splitsLayers: true),
    Row(
      name: "5.0-pro", members: "output_format optimize_prompt_options background", aspect: 16,
      perMinute: 500, modes: "standard fast", splitsLayers: true),
    Row(
      name: "5.0-flash", members: "output_format background", aspect: 16, perMinute: 500,
      modes: "standard", splitsLayers: true),
    Row(
      name: "5.0-lite", members: "sequential_image_generation output_format stream tools",
      together: 15, aspect: 16, perMinute: 500, modes: "standard"),
    Row(
      name: "4.5", members: "sequential_image_generation stream", together: 15, aspect: 16,
      perMinute: 500, modes: "standard"),
    Row(
      name: "4.0", members: "sequential_image_generation stream optimize_prompt_options",
      together: 15, aspect: 16, perMinute: 500, modes: "standard fast"),
    Row(name: "3.0", members: "seed guidance_scale", lifecycle: .retiring),
    Row(
      name: "seededit", members: "seed guidance_scale", leastReferences: 1, perMinute: 500,
      lifecycle: .shutDown),
  ]

  @Test(arguments: rows) func everyModelIsSentWhatItTakes(row: Row) throws {
    var request = try lantern(row.name)
    request.outputFormat = .png
    request.streaming = .on
    request.seed = 1
    request.guidanceScale = 3
    request.promptOptimization = .fast
    request.webSearch = true
    request.background = .opaque
    let always: Set<String> = ["model", "prompt", "size", "response_format", "watermark"]
    let expected = Set(row.members.split(separator: " ").map(String.init))
    #expect(try sent(request, .ark).names.subtracting(always) == expected)
    let model = try #require(ModelCatalogue.builtIn.model(named: row.name))
    #expect(model.references.lowerBound == row.leastReferences)
    #expect(model.maximumTogether == row.together)
    #expect(model.sizes.longestAspect == row.aspect)
    #expect(model.picturesPerMinute == row.perMinute)
    #expect(model.lifecycle == row.lifecycle)
  }

  @Test(arguments: rows) func everyModeAndTheLayersGoWhereTheyAreTaken(row: Row) throws {
    for mode in PromptOptimization.allCases {
      var request = try lantern(row.name)
      request.promptOptimization = mode
      let isTaken = row.modes.split(separator: " ").contains { $0 == mode.rawValue }
      let member = try sent(request, .ark)["optimize_prompt_options"]
      let expected = try JSON(#"{"mode":"\#(mode.rawValue)"}"#)
      #expect(member == (isTaken ? expected : nil), "\(mode)")
    }
    var request = try lantern(row.name)
    request.layers = true
    let layers = try sent(request, .ark)["layer_decomposition"]
    #expect(layers == (row.splitsLayers ? .boolean(true) : nil))
  }

  /// Ratio, then 1K, 1.5K and 2K of 5.0 pro and flash, 2K, 3K and 4K of the others, 1K of 4.0.
  static let sizes = [
    "1:1 1024x1024 1536x1536 2048x2048 2048x2048 3072x3072 4096x4096 1024x1024",
    "4:3 1152x864 1792x1344 2368x1776 2304x1728 3456x2592 4704x3520 1152x864",
    "3:4 864x1152 1344x1792 1776x2368 1728x2304 2592x3456 3520x4704 864x1152",
    "16:9 1424x800 2048x1152 2816x1584 2848x1600 4096x2304 5504x3040 1312x736",
    "9:16 800x1424 1152x2048 1584x2816 1600x2848 2304x4096 3040x5504 736x1312",
    "3:2 1248x832 1872x1248 2496x1664 2496x1664 3744x2496 4992x3328 1248x832",
    "2:3 832x1248 1248x1872 1664x2496 1664x2496 2496x3744 3328x4992 832x1248",
    "21:9 1568x672 2352x1008 3136x1344 3136x1344 4704x2016 6240x2656 1568x672",
  ]

  static let columns: [[(model: String, keyword: String)]] = [
    [("pro", "1K"), ("flash", "1K"), ("5.5", "1K")],
    [("pro", "1.5K"), ("flash", "1.5K"), ("5.5", "1.5K")],
    [("pro", "2K"), ("flash", "2K"), ("5.5", "2K")],
    [("lite", "2K"), ("4.5", "2K"), ("4.0", "2K")],
    [("lite", "3K")], [("lite", "4K"), ("4.5", "4K"), ("4.0", "4K")], [("4.0", "1K")],
  ]

  @Test(arguments: sizes) func everyRecommendedSizeIsTheVendors(row: String) throws {
    let words = row.split(separator: " ").map(String.init)
    for (column, word) in zip(Self.columns, words.dropFirst()) {
      for place in column {
        let model = try #require(ModelCatalogue.builtIn.model(named: place.model))
        let entry = model.sizes.tier(place.keyword)?.entries.first { $0.ratio == words[0] }
        #expect(entry?.size.description == word, "\(place)")
      }
    }
  }

  @Test(arguments: [
    ("pro", "1K", "$0.045", "¥0.30"), ("pro", "1.5K", "$0.045", "¥0.30"),
    ("pro", "2K", "$0.09", "¥0.60"), ("flash", "2K", "$0.018", nil),
    ("lite", "4K", "$0.035", "¥0.22"), ("4.5", "2K", "$0.04", "¥0.25"),
    ("4.0", "2K", "$0.03", "¥0.20"), ("3.0", "1024x1024", "$0.03", "¥0.259"),
    ("seededit", "adaptive", nil, nil), ("5.5", "1K", "$0.02", nil), ("5.5", "1.5K", "$0.02", nil),
    ("5.5", "2K", "$0.035", nil), ("5.5", "1024x1024", "$0.035", nil),
  ])
  func everyPriceIsTheVendors(name: String, size: String, usd: String?, cny: String?) throws {
    let request = try lantern(name, size)
    let model = ModelCatalogue.builtIn.model(of: request)
    #expect(Dialect.byteplus.highestCost(of: request, for: model)?.description == usd)
    #expect(Dialect.ark.highestCost(of: request, for: model)?.description == cny)
  }
}
