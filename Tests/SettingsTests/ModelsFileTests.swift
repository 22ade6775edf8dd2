import Posix
import Seedream
import Settings
import TestSupport
import Testing

/// `models.yaml`: a user's corrections of what this version knows.
@Suite struct ModelsFileTests {
  private func read(_ text: String) throws -> ModelsFile {
    let directory = try TemporaryDirectory()
    let path = ModelsFile.path(beside: directory.path("config.yaml"))
    try DurableFile.write(Array(text.utf8), to: path)
    return try ModelsFile.load(path: path)
  }

  @Test func aNewDateIsSentAndANewPriceCounts() throws {
    let models = try read(
      """
      seedream-4.5:
        byteplus: [seedream-4-5-270101, seedream-4-5-251128]
        prices:
          USD: {date: 2027-01-01, per_picture: {5000000: 0.035, any: 0.05}}
      """)
    #expect(models.faults == [])
    let model = try #require(models.corrected.catalogue.model(named: "seedream-4-5-251128"))
    #expect(model.id(for: .byteplus) == "seedream-4-5-270101")
    #expect(model.volcengine.id == "doubao-seedream-4-5-251128")
    let costs = ["2K", "4K"].compactMap(SizeChoice.init).map {
      model.highestCost(of: $0, count: 2, references: 0, on: .byteplus)?.description
    }
    #expect(costs == ["$0.07", "$0.10"])
  }

  @Test func everyKeyOfANewModelIsRead() throws {
    let models = try read(
      """
      # A model of next year
      seedream-6.0:
        like: lite
        name: Seedream 6.0
        aliases: ["6", "6.0"]
        volcengine: []
        byteplus: dola-seedream-6-0-270101
        lifecycle: retiring
        sizes:
          2K:
          8K: {1:1: 8192x8192, "16:9": 10240x5760}
        pixels: 1000000-70000000
        longest_aspect: 8
        standard_size: 8K
        references: 1-20
        pictures: 9
        together: 25
        sets: yes
        stream: no
        seed: true
        guidance_scale: true
        background: free
        layers: 99
        layer_formats: [png, gif]
        standard_format: png
        output_formats: png
        prompt_optimizations: [standard, fast]
        web_search: [byteplus]
        pictures_per_minute: 60
        prices:
          CNY:
            date: 2027-01-01
            per_picture: 0.3
            further_reference: 0.0125
            per_reference: 0.01
            per_exact_picture: 0.4
            per_layer: {1000000: 0.1, any: 0.2}
      """)
    #expect(models.faults == [])
    let model = try #require(models.corrected.catalogue.model(named: "6"))
    #expect(model.name == "Seedream 6.0" && model.lifecycle == .retiring)
    #expect(model.id(for: .volcengine).isEmpty)
    #expect(model.sizes.keywords == ["2K", "8K"])
    #expect(model.sizes.tier("2K")?.entries.isEmpty == false, "the known table is kept")
    #expect(model.sizes.tier("8K")?.largest == PixelSize(8192, 8192))
    #expect(model.sizes.pixels == 1_000_000...70_000_000)
    #expect(model.sizes.longestAspect == 8)
    #expect(model.sizes.standard == .keyword("8K"))
    #expect(model.references == 1...20)
    #expect(model.maximumPictures == 9 && model.maximumTogether == 25)
    #expect(
      model.members
        == MemberSupport(
          sequence: true, stream: false, outputFormats: [.png],
          promptOptimizations: [.standard, .fast], seed: MemberSupport.anySeed,
          guidanceScale: 1...10, webSearch: [.byteplus], background: .free,
          layers: LayerSupport(most: 99, formats: [.png, .gif]), standardFormat: .png))
    #expect(model.picturesPerMinute == 60)
    let cost = model.highestCost(of: .keyword("8K"), count: 1, references: 3, on: .volcengine)
    #expect(cost?.tenThousandths == 3000 + 2 * 125 + 3 * 100)
    let exact = model.highestCost(
      of: .pixels(width: 1000, height: 1000), count: 1, references: 0, on: .volcengine)
    #expect(exact?.tenThousandths == 4000)
    let list = model.prices(on: .volcengine)
    #expect(list?.cost(drawn: [10, 5_000_000], as: .layer, references: 0)?.tenThousandths == 3000)
  }

  @Test(arguments: [
    ("true", BackgroundSupport.ofReference, 16), ("false", .none, 0),
    ("of_reference", .ofReference, 16),
  ])
  func theOldWordsForBackgroundAndLayersGoOnWorking(
    word: String, background: BackgroundSupport, layers: Int
  ) throws {
    let models = try read(
      "seedream-5.0-pro:\n  background: \(word)\n  layers: \(word == "of_reference" ? "16" : word)")
    #expect(models.faults == [])
    let model = models.corrected.catalogue.model(of: .seedream5Pro)
    #expect(model?.members.background == background)
    #expect((model?.members.layers?.most ?? 0) == layers)
  }

  @Test func theLifeOfAModelCanBeSet() throws {
    let models = try read(
      """
      seedream-5.0-pro:
        life:
          byteplus: {first: 2026-06-28, last: 2027-03-01T09:00+08:00, successor: "5.5", source: a mail}
          volcengine: {certainty: reported, last: 2027-04-01}
      seedream-4.5:
        life: {volcengine: {source: I draw with it}}
      """)
    #expect(models.faults == [])
    let pro = try #require(models.corrected.catalogue.model(of: .seedream5Pro))
    #expect(
      pro.lives["byteplus"]
        == ModelLife(
          first: "2026-06-28", last: ModelLife.Moment("2027-03-01T09:00+08:00"),
          successor: .seedream55, source: "a mail"))
    #expect(pro.lives["volcengine"]?.certainty == .reported)
    #expect(pro.lives["volcengine"]?.source == "models.yaml")
    let known = models.corrected.catalogue.model(of: .seedream45)?.lives["volcengine"]
    #expect(known?.last == nil, "what is written takes the place of what is known")
  }

  @Test(arguments: [
    "last: soon", "last: 2026-13-01", "certainty: maybe", "first: 2026-01-01T10:00Z", "x: 1",
  ])
  func aLifeThatMakesNoSenseIsRefused(line: String) {
    #expect(throws: SettingsError.self) {
      try read("seedream-4.5:\n  life:\n    byteplus: {\(line)}")
    }
  }

  @Test func anyNameOfAKnownModelWillDo() throws {
    let models = try read("\"4.5\":\n  references: 20")
    let model = models.corrected.catalogue.model(of: .seedream45)
    #expect(model?.references == 0...20)
    #expect(models.corrected.catalogue.models.count == ModelCatalogue.builtIn.models.count)
  }

  @Test(arguments: ["", "# nothing yet\n", "seedream-4.5:\n"])
  func aFileThatSaysNothingChangesNothing(_ text: String) throws {
    #expect(try read(text).corrected.catalogue == .builtIn)
  }

  @Test func settingsReadTheFileBesideThem() throws {
    let file = try ConfigurationFile("providers:\n  ark:\n    family: seedream-6.0")
    #expect(throws: SettingsError.self, "the family is not known yet") { try file.load() }
    let models = "seedream-6.0:\n  like: seedream-4.5\n  volcengine: doubao-seedream-6-0-270101"
    try DurableFile.write(Array(models.utf8), to: file.directory.path("models.yaml"))
    let settings = try file.load()
    #expect(settings.catalogue.model(named: "doubao-seedream-6-0-270101")?.references == 0...14)
    #expect(try settings.profile(named: "ark").family == ModelFamily(rawValue: "seedream-6.0"))
    try FileSystem.remove(file.path)
    #expect(try file.load().catalogue == settings.catalogue, "config.yaml itself may be absent")
  }

  @Test(arguments: [
    ("- a", "models.yaml:1: the file must hold keys with values, not a list"),
    ("a: b: c", "models.yaml:1: "),
    (
      "seedream-4.5:\n  picturse: 3",
      "models.yaml:2: unknown key 'seedream-4.5.picturse'; did you mean 'pictures'?"
    ),
    ("a: b", "models.yaml:1: 'a' must hold keys with values, not 'b'"),
    ("a:\n  pictures: lots", "models.yaml:2: 'a.pictures' must be a whole number, not 'lots'"),
    ("a:\n  references: 5-", "models.yaml:2: 'a.references' must be a range like 1-10, not '5-'"),
    ("a:\n  references: -5", "models.yaml:2: 'a.references' must be a range like 1-10, not '-5'"),
    ("a:\n  sizes: big", "models.yaml:2: 'a.sizes' must be keywords like 2K"),
    ("a:\n  sizes:\n    big:", "models.yaml:3: 'a.sizes' must have keywords like 2K, not 'big'"),
    (
      "a:\n  sizes:\n    2K:\n      wide: 1x1",
      "models.yaml:4: 'a.sizes.2K' must have ratios like 16:9, not 'wide'"
    ),
    (
      "a:\n  sizes:\n    2K:\n      16:9: big",
      "models.yaml:4: 'a.sizes.2K.16:9' must be a size like 2048x1536, not 'big'"
    ),
    (
      "a:\n  output_formats: [png, jpg]",
      "models.yaml:2: 'a.output_formats' must be one of png, jpeg, not 'jpg'; did you mean 'jpeg'?"
    ),
    (
      "a:\n  lifecycle: curent",
      "models.yaml:2: 'a.lifecycle' must be one of current, retiring, shut_down, not 'curent'; "
        + "did you mean 'current'?"
    ),
    (
      "a:\n  prices:\n    usd: {}",
      "models.yaml:3: unknown key 'a.prices.usd'; did you mean 'USD'?"
    ),
    (
      "a:\n  prices:\n    USD: {date: soon}",
      "models.yaml:3: 'a.prices.USD.date' must be a day like 2026-11-21, not 'soon'"
    ),
    (
      "a:\n  prices:\n    USD: {per_picture: 0.00001}",
      "models.yaml:3: 'a.prices.USD.per_picture' must be an amount like 0.04"
    ),
    (
      "a:\n  prices:\n    USD: {per_picture: {4K: 1}}",
      "models.yaml:3: 'a.prices.USD.per_picture' must go by the most pixels of a picture"
    ),
  ])
  func aMistakeIsToldWithFileLineAndKey(_ text: String, _ sentence: String) {
    let error = #expect(throws: SettingsError.self) { try read(text) }
    #expect(error?.description.hasPrefix(sentence) == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    (
      "seedream-4.5:\n  name: New\n  pictures: 500",
      "models.yaml:3: 'seedream-4.5' was not taken: A request draws from 1 to 100 pictures"
    ),
    (
      "seedream-4.6:\n  pictures: 5",
      "models.yaml:1: 'seedream-4.6' was not taken: seedream-4.6 is new: name its id on at least "
        + "one site; did you mean 'seedream-4.5'?"
    ),
    (
      "new:\n  like: seedream-9\n  byteplus: new-1",
      "models.yaml:2: 'new' was not taken: There is no family 'seedream-9' to be like"
    ),
    (
      "seedream-4.5:\n  prices:\n    USD: {per_picture: 1}",
      "models.yaml:2: 'seedream-4.5' was not taken: Prices in USD need a date"
    ),
  ])
  func whatMakesNoSenseIsToldAndTheRestCounts(_ text: String, _ sentence: String) throws {
    let models = try read(text + "\nseedream-4.0:\n  references: 1\n")
    #expect(models.faults.count == 1)
    let told = models.faults.first?.description ?? ""
    #expect(told.hasPrefix(sentence), "\(told)")
    let catalogue = models.corrected.catalogue
    #expect(catalogue.model(of: .seedream45) == ModelCatalogue.builtIn.model(of: .seedream45))
    #expect(catalogue.model(of: .seedream40)?.references == 0...1)
  }
}
