// Sources of the three 5.0 models: Image generation API (doc 1541523), Seedream 4.0-5.0 tutorial
// (doc 1824121), Model pricing (doc 1544106). USD as published in October 2026, CNY in August 2026.

extension Model {
  /// Seedream 5.0 pro. Sets, streams and web search were measured to answer 400.
  ///
  /// The vendor prices 1K and 1.5K apart from 2K at 2.61 megapixels; the exact pixel is unsure, no
  /// recommended size lies near it.
  static let seedream5Pro = Model(
    family: .seedream5Pro, name: "Seedream 5.0 pro",
    aliases: ["seedream-5-0-pro", "seedream-5-pro", "5.0-pro", "5-pro", "pro"],
    volcengine: Spelling("doubao-seedream-5-0-pro-260628", also: ["doubao-seedream-5.0-pro"]),
    byteplus: Spelling("dola-seedream-5-0-pro-260628"),
    sizes: SizeRules(
      tiers: [.pro1K, .proOneAndHalfK, .pro2K], pixels: 921_600...4_624_220,
      standard: .keyword("2K")),
    references: 0...10,
    members: MemberSupport(
      outputFormats: [.png, .jpeg], promptOptimizations: [.standard, .fast],
      background: .ofReference, layers: LayerSupport(most: 16)),
    secondsPerPicture: 43...74,
    prices: [
      PriceList(
        .usd, asOf: "2026-10-08", [.init(upTo: 2_610_000, 450), .init(900)],
        perFurtherReference: 30, perLayer: [.init(upTo: 2_610_000, 225), .init(450)]),
      PriceList(
        .cny, asOf: "2026-08-18", [.init(upTo: 2_610_000, 3000), .init(6000)],
        perFurtherReference: 200),
    ])

  /// Seedream 5.0 flash. The spelling of the Volcengine id is unsure; no price in CNY is known.
  ///
  /// A seed is undocumented and so not sent, though one measurement found it effective.
  static let seedream5Flash = Model(
    family: .seedream5Flash, name: "Seedream 5.0 flash",
    aliases: ["seedream-5-0-flash", "seedream-5-flash", "5.0-flash", "5-flash", "flash"],
    volcengine: Spelling("doubao-seedream-5-0-flash-260915"),
    byteplus: Spelling("dola-seedream-5-0-flash-260915"),
    sizes: SizeRules(
      tiers: [.pro1K, .proOneAndHalfK, .pro2K], pixels: 921_600...4_624_220,
      standard: .keyword("2K")),
    references: 0...10,
    members: MemberSupport(
      outputFormats: [.png, .jpeg], promptOptimizations: [.standard], background: .ofReference,
      layers: LayerSupport(most: 16)),
    prices: [PriceList(.usd, asOf: "2026-10-08", [.init(180)])])

  /// Seedream 5.0 lite. Web search is documented on Volcengine only; 4K came with a later revision
  /// of the vendor's page than the one some resellers copied.
  static let seedream5Lite = Model(
    family: .seedream5Lite, name: "Seedream 5.0 lite",
    aliases: [
      "seedream-5-0-lite", "seedream-5-lite", "5.0-lite", "5-lite", "lite", "seedream-5.0", "5.0",
    ],
    volcengine: Spelling(
      "doubao-seedream-5-0-260128",
      also: ["doubao-seedream-5-0-lite-260128", "doubao-seedream-5.0-lite"]),
    byteplus: Spelling("seedream-5-0-260128", also: ["seedream-5-0-lite-260128"]),
    lives: ModelLife.onVolcengineUntilNovember2026.merging(
      [
        "byteplus-eu": ModelLife(
          last: ModelLife.Moment("2026-09-10", hoursOfDays: 0),
          source: "model table of BytePlus' ComfyUI nodes 0.8.0")
      ], uniquingKeysWith: { $1 }),
    sizes: SizeRules(
      tiers: [.standard2K, .standard3K, .standard4K], pixels: 3_686_400...16_777_216,
      standard: .keyword("2K")),
    references: 0...14, maximumPictures: 15, maximumTogether: 15,
    members: MemberSupport(
      sequence: true, stream: true, outputFormats: [.png, .jpeg],
      promptOptimizations: [.standard], webSearch: [.volcengine]),
    secondsPerPicture: 21...28,
    prices: [
      PriceList(.usd, asOf: "2026-10-08", [.init(350)]),
      PriceList(.cny, asOf: "2026-08-18", [.init(2200)]),
    ])
}
