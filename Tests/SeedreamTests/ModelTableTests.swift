import Seedream
import Testing

@Suite struct ModelTableTests {
  struct Row: Sendable {
    var name: String
    var keywords: String
    var references: Int
    var pictures: Int
    var smallest: Int?
    var largest: Int?
    var streams: Bool
    var formats: Int
    var fast: Bool
  }

  /// The vendor's capability table, written down a second time.
  static let rows = [
    Row(
      name: "5.5", keywords: "1K 1.5K 2K", references: 10, pictures: 1, smallest: 921_600,
      largest: 4_624_220, streams: false, formats: 2, fast: false),
    Row(
      name: "5.0-pro", keywords: "1K 1.5K 2K", references: 10, pictures: 1, smallest: 921_600,
      largest: 4_624_220, streams: false, formats: 2, fast: true),
    Row(
      name: "5.0-flash", keywords: "1K 1.5K 2K", references: 10, pictures: 1, smallest: 921_600,
      largest: 4_624_220, streams: false, formats: 2, fast: false),
    Row(
      name: "5.0-lite", keywords: "2K 3K 4K", references: 14, pictures: 15, smallest: 3_686_400,
      largest: 16_777_216, streams: true, formats: 2, fast: false),
    Row(
      name: "4.5", keywords: "2K 4K", references: 14, pictures: 15, smallest: 3_686_400,
      largest: 16_777_216, streams: true, formats: 0, fast: false),
    Row(
      name: "4.0", keywords: "1K 2K 4K", references: 14, pictures: 15, smallest: 921_600,
      largest: 16_777_216, streams: true, formats: 0, fast: true),
    Row(
      name: "3.0", keywords: "", references: 0, pictures: 1, smallest: 262_144,
      largest: 4_194_304, streams: false, formats: 0, fast: false),
    Row(
      name: "seededit", keywords: "adaptive", references: 1, pictures: 1, smallest: nil,
      largest: nil, streams: false, formats: 0, fast: false),
  ]

  @Test(arguments: rows) func agreesWithTheVendor(row: Row) throws {
    let model = try #require(ModelCatalogue.builtIn.model(named: row.name))
    #expect(model.sizes.keywords.joined(separator: " ") == row.keywords)
    #expect(model.references.upperBound == row.references)
    #expect(model.maximumPictures == row.pictures)
    #expect(model.sizes.pixels?.lowerBound == row.smallest)
    #expect(model.sizes.pixels?.upperBound == row.largest)
    #expect(model.members.stream == row.streams)
    #expect(model.members.sequence == row.streams)
    #expect(model.members.outputFormats.count == row.formats)
    #expect(model.members.promptOptimizations.contains(.fast) == row.fast)
  }

  @Test(arguments: [
    ("4.5", "3750x1250", true), ("4.5", "1500x1500", false), ("4.0", "1600x600", true),
    ("4.0", "800x800", false), ("5.0-pro", "2048x1024", true), ("5.0-pro", "512x512", false),
    ("4.5", "6240x2656", true), ("4.5", "2560x1440", true), ("4.0", "16384x1024", true),
    ("4.0", "16400x1000", false), ("seededit", "1024x1024", false),
  ])
  func weighsExactSizesAsTheVendorsExamplesDo(name: String, size: String, legal: Bool) throws {
    let model = try #require(ModelCatalogue.builtIn.model(named: name))
    #expect(model.sizes.allows(try #require(PixelSize(size))) == legal)
  }

  @Test(arguments: [
    ("4.5", "2K", 1, 0, Site.byteplus, "$0.04"), ("4.0", "4K", 15, 0, .volcengine, "¥3.00"),
    ("5.5", "1K", 1, 1, .byteplus, "$0.028"), ("5.5", "2K", 1, 3, .byteplus, "$0.059"),
    ("pro", "1.5K", 1, 1, .byteplus, "$0.045"), ("pro", "2K", 1, 3, .byteplus, "$0.096"),
    ("pro", "1024x1024", 1, 0, .volcengine, "¥0.30"),
    ("3.0", "1024x1024", 1, 0, .volcengine, "¥0.259"),
  ])
  func pricesARequest(
    name: String, size: String, count: Int, references: Int, site: Site, price: String
  ) throws {
    let model = try #require(ModelCatalogue.builtIn.model(named: name))
    let cost = model.highestCost(
      of: try #require(SizeChoice(size)), count: count, references: references, on: site)
    #expect(cost?.description == price)
  }

  @Test func saysNothingWhereNoPriceIsKnown() throws {
    let flash = try #require(ModelCatalogue.builtIn.model(named: "flash"))
    #expect(
      flash.highestCost(of: .keyword("2K"), count: 1, references: 0, on: .volcengine) == nil)
  }

  @Test(arguments: ["2048x1024", "2048X1024", "2048×1024"])
  func readsSizesInEverySpelling(text: String) {
    #expect(SizeChoice(text) == .pixels(width: 2048, height: 1024))
    #expect(PixelSize(text)?.description == "2048x1024")
  }

  @Test(arguments: ["", "K", "x", "0x5", "-1x5", "2048", "2Kx", "nanK", "1e3K", "2048x1024x3"])
  func refusesWhatIsNoSize(text: String) {
    #expect(SizeChoice(text) == nil)
  }

  @Test func keywordsAreReadInAnyCase() {
    #expect(SizeChoice("1.5k") == .keyword("1.5K"))
    #expect(SizeChoice("Adaptive")?.description == "adaptive")
  }
}
