// Sources: Image generation API (doc 1541523), Seedream 4.0-5.0 tutorial (doc 1824121), Model
// pricing (doc 1544106). Seconds: APIYI's Seedream page, 15 typical and up to 60 at 4K.

extension Model {
  /// Seedream 4.5. `output_format` was measured to answer 400. One note gives CNY 0.22 instead of 0.25.
  static let seedream45 = Model(
    family: .seedream45, name: "Seedream 4.5",
    aliases: ["seedream-4-5", "doubao-seedream-4.5", "4.5"],
    volcengine: Spelling("doubao-seedream-4-5-251128"),
    byteplus: Spelling("seedream-4-5-251128"), lives: ModelLife.onVolcengineUntilNovember2026,
    sizes: SizeRules(
      tiers: [.standard2K, .standard4K], pixels: 3_686_400...16_777_216,
      standard: .keyword("2K")),
    references: 0...14, maximumPictures: 15, maximumTogether: 15,
    members: MemberSupport(sequence: true, stream: true, promptOptimizations: [.standard]),
    secondsPerPicture: 15...60,
    prices: [
      PriceList(.usd, asOf: "2026-10-08", [.init(400)]),
      PriceList(.cny, asOf: "2026-08-18", [.init(2500)]),
    ])

  /// Seedream 4.0. A vendor sample sends `output_format`; its reference says it is not taken.
  static let seedream40 = Model(
    family: .seedream40, name: "Seedream 4.0",
    aliases: ["seedream-4-0", "doubao-seedream-4.0", "seedream-4", "4.0", "4"],
    volcengine: Spelling("doubao-seedream-4-0-250828"),
    byteplus: Spelling("seedream-4-0-250828"), lives: ModelLife.onVolcengineUntilNovember2026,
    sizes: SizeRules(
      tiers: [.standard1K, .standard2K, .standard4K], pixels: 921_600...16_777_216,
      standard: .keyword("2K")),
    references: 0...14, maximumPictures: 15, maximumTogether: 15,
    members: MemberSupport(
      sequence: true, stream: true, promptOptimizations: [.standard, .fast]),
    secondsPerPicture: 15...60,
    prices: [
      PriceList(.usd, asOf: "2026-10-08", [.init(300)]),
      PriceList(.cny, asOf: "2026-08-18", [.init(2000)]),
    ])
}
