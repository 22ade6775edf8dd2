// Sources: release notes 0.8.0 (2026-11-12) of BytePlus' own ComfyUI nodes; the reference of a router that
// forwards bodies unchanged and quotes the vendor's schema; pages of resellers, APIYI among them. No page of
// the vendor's own could be read.

extension Model {
  /// Seedream 5.5. It has no known id on Volcengine: name one in the models file where an account has it.
  ///
  /// The pixel where the dearer pictures begin is the one that APIYI quotes from the vendor's rate card,
  /// 2 601 123.84, as is that every picture of a reply is billed by its own pixels, so also layers. Names on
  /// the wire for a cap on layers, for text recognition and for the end user's id were not found, so none is
  /// sent.
  static let seedream55 = Model(
    family: .seedream55, name: "Seedream 5.5",
    aliases: ["seedream-5-5", "dola-seedream-5.5", "5.5"],
    volcengine: Spelling(""),
    byteplus: Spelling("dola-seedream-5-5-261028", also: ["seedream-5-5-261028"]),
    lives: [
      "byteplus": ModelLife(
        first: "2026-11-12", source: "release notes 0.8.0 of BytePlus' ComfyUI nodes")
    ],
    sizes: SizeRules(
      tiers: [.pro1K, .proOneAndHalfK, .pro2K], pixels: 921_600...4_624_220,
      standard: .keyword("2K")),
    references: 0...10,
    members: MemberSupport(
      outputFormats: [.png, .jpeg], promptOptimizations: [.standard], background: .free,
      layers: LayerSupport(most: 99, formats: [.png, .jpeg, .webp, .bmp, .tiff, .gif]),
      standardFormat: .png),
    secondsPerPicture: 12...35,
    prices: [
      PriceList(
        .usd, asOf: "2026-11-13", [.init(upTo: 2_601_123, 200), .init(350)], perReference: 80,
        perExactPicture: 350, perLayer: [.init(upTo: 2_601_123, 200), .init(350)])
    ])
}
