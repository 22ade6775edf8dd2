// Source: Image generation API (doc 1541523), revision of the 5.0 lite era. Prices from rate cards
// of third parties. Kept for galleries and endpoints that still use these models.

extension Model {
  /// Seedream 3.0 text to image: exact sizes only, no references. Marked "retiring" by the vendor.
  static let seedream30 = Model(
    family: .seedream30, name: "Seedream 3.0",
    aliases: ["seedream-3-0", "seedream-3-0-t2i", "seedream-3", "3.0", "3"],
    volcengine: Spelling("doubao-seedream-3-0-t2i-250415"),
    byteplus: Spelling("seedream-3-0-t2i-250415"),
    lifecycle: .retiring,
    lives: [
      "byteplus": ModelLife(
        last: ModelLife.Moment("2026-05-13"), successor: .seedream40,
        source: "ComfyUI changes 13060 and 11490")
    ],
    sizes: SizeRules(
      tiers: [], pixels: 262_144...4_194_304, longestAspect: nil,
      standard: .pixels(width: 1024, height: 1024)),
    references: 0...0,
    members: MemberSupport(seed: MemberSupport.anySeed, guidanceScale: 1...10),
    picturesPerMinute: nil,
    prices: [
      PriceList(.usd, asOf: "2026-10-08", [.init(300)]),
      PriceList(.cny, asOf: "2026-08-18", [.init(2590)]),
    ])

  /// SeedEdit 3.0: one reference in, its shape out. Marked "shutdown" by the vendor.
  static let seedEdit30 = Model(
    family: .seedEdit30, name: "SeedEdit 3.0",
    aliases: ["seededit-3-0", "seededit-3-0-i2i", "seededit-3", "seededit"],
    volcengine: Spelling("doubao-seededit-3-0-i2i-250628"),
    byteplus: Spelling("seededit-3-0-i2i-250628"),
    lifecycle: .shutDown,
    lives: [
      "byteplus": ModelLife(
        last: ModelLife.Moment("2026-01-22"), successor: .seedream40,
        source: "ComfyUI changes 13060 and 11490")
    ],
    sizes: SizeRules(
      tiers: [.adaptive], pixels: nil, longestAspect: nil, standard: .keyword("adaptive")),
    references: 1...1,
    members: MemberSupport(seed: MemberSupport.anySeed, guidanceScale: 1...10))
}
