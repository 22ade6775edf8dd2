import RecordedReplies
import Seedream
import Testing

// Where two documents disagree: what is done about it, as a user or a server would notice it.

@Suite struct ContradictionsC01ToC14 {
  @Test("C1: 5.0 lite draws at 4K on Ark, and not at APIYI")
  func c01() throws {
    #expect(told(try lantern("lite", "4K"), .ark) == [])
    #expect(told(try lantern("lite", "4096x4096"), .byteplus) == [])
    let found = told(try lantern("lite", "4K"), .apiyi)
    #expect(found.map(\.suggestions) == [["2K", "3K"]])
    #expect(told(try lantern("lite", "4096x4096"), .apiyi).map(\.field) == [.size])
    #expect(told(try lantern("lite", "3072x3072"), .apiyi) == [])
  }

  @Test(
    "C2: the fewest pixels are the model's, whatever a reseller says of all",
    arguments: [Dialect.ark, .chainhub, .apiyi].map(\.name))
  func c02(name: String) throws {
    let dialect = try #require(Dialect.named(name))
    // That its page names one model is said beside it.
    func told(_ model: String, _ size: String) throws -> [Problem] {
      SeedreamTests.told(try lantern(model, size), dialect).filter { $0.field != .model }
    }
    #expect(try told("4.0", "1280x720") == [])
    #expect(try told("4.5", "1280x720").map(\.field) == [.size])
    #expect(try told("lite", "1280x720").map(\.field) == [.size])
    #expect(try told("4.5", "1920x1920") == [])
  }

  @Test("C3: references go up to 30 MB in eight formats, with a word from 10 MB on")
  func c03() throws {
    for format in ["jpeg", "png", "webp", "bmp", "tiff", "gif", "heic", "heif"] {
      var request = try lantern("4.5")
      request.references = [.url("data:image/\(format);base64,AAAA")]
      #expect(told(request, .ark) == [])
      let stored = StoredReference(
        sha256: "", format: try #require(ImageFormat(rawValue: format)), byteCount: 30_000_000,
        origin: "")
      request.references = [.stored(stored)]
      #expect(told(request, .ark).map(\.severity) == [.advice])
    }
  }

  @Test("C4: 14 references for 4.x and lite, 10 for pro, flash, Pixazo and APIYI")
  func c04() throws {
    func most(_ model: String, _ dialect: Dialect) throws -> Int? {
      try (0...20).last { count in
        let found = told(try lantern(model, references: count), dialect)
        return !found.contains { $0.field == .references }
      }
    }
    for model in ["lite", "4.5", "4.0"] { #expect(try most(model, .ark) == 14) }
    for model in ["pro", "flash"] { #expect(try most(model, .byteplus) == 10) }
    #expect(try most("4.0", .pixazo) == 10)
    #expect(try most("4.0", .apiyi) == 10)
    #expect(try most("4.0", .chainhub) == 14)
  }

  @Test(
    "C5: a seed goes to APIYI and to models that take one, and nowhere else",
    arguments: [
      ("4.5", "ark", false), ("lite", "byteplus", false), ("flash", "byteplus", false),
      ("3.0", "byteplus", true), ("seededit", "ark", true), ("4.5", "apiyi", true),
      ("4.0", "chainhub", false), ("4.0", "pixazo", false), ("4.0", "unified", false),
    ])
  func c05(model: String, name: String, isSent: Bool) throws {
    let dialect = try #require(Dialect.named(name))
    var request = try lantern(model)
    request.seed = 42
    #expect(try sent(request, dialect)["seed"] == (isSent ? .number(42) : nil))
    #expect(told(request, dialect).contains { $0.field == .seed } == !isSent)
  }

  @Test("C6: a number of pictures is a set on Ark, n at APIYI, num_images at Pixazo")
  func c06() throws {
    let request = try lantern("4.0", count: 3)
    let ark = try sent(request, .ark)
    #expect(ark["n"] == nil)
    #expect(ark["sequential_image_generation"] == .string("auto"))
    #expect(ark["sequential_image_generation_options"] == (try JSON(#"{"max_images":3}"#)))
    #expect(try sent(request, .apiyi)["n"] == .number(3))
    #expect(try sent(request, .pixazo)["num_images"] == .number(3))
  }

  @Test("C7: 4.x is never sent an output format, whoever is asked", arguments: ["4.0", "4.5"])
  func c07(model: String) throws {
    var request = try lantern(model)
    request.outputFormat = .png
    for dialect in Dialect.builtIn {
      #expect(try sent(request, dialect)["output_format"] == nil, "\(dialect.name)")
      #expect(told(request, dialect).contains { $0.field == .outputFormat }, "\(dialect.name)")
    }
  }

  @Test("C8: the watermark is always said, and off unless wished")
  func c08() throws {
    var request = try lantern("4.0")
    for dialect in Dialect.builtIn {
      request.watermark = false
      #expect(try sent(request, dialect)["watermark"] == .boolean(false), "\(dialect.name)")
      request.watermark = true
      #expect(try sent(request, dialect)["watermark"] == .boolean(true), "\(dialect.name)")
    }
    #expect(!GenerationRequest(model: "4.0", prompt: "fog").watermark)
  }

  @Test("C9: 2K offers the current shapes, and takes the older ones")
  func c09() throws {
    let tier = try #require(ModelCatalogue.builtIn.model(named: "4.5")?.sizes.tier("2K"))
    #expect(tier.entries.first { $0.ratio == "16:9" }?.size == PixelSize(2848, 1600))
    #expect(tier.entries.first { $0.ratio == "21:9" }?.size == PixelSize(3136, 1344))
    for older in ["2560x1440", "1440x2560", "3024x1296"] {
      #expect(told(try lantern("4.5", older), .ark) == [])
    }
  }

  @Test("C10: 4.0 at 1K offers the tutorial's shapes, and takes the others")
  func c10() throws {
    let tier = try #require(ModelCatalogue.builtIn.model(named: "4.0")?.sizes.tier("1K"))
    #expect(tier.entries.first { $0.ratio == "16:9" }?.size == PixelSize(1312, 736))
    #expect(tier.entries.first { $0.ratio == "21:9" }?.size == PixelSize(1568, 672))
    for other in ["1280x720", "1512x648"] { #expect(told(try lantern("4.0", other), .ark) == []) }
  }

  @Test("C11: a size is always sent")
  func c11() throws {
    let standard = [
      "5.0-pro": "2K", "5.0-flash": "2K", "5.0-lite": "2K", "4.5": "2K", "4.0": "2K",
      "3.0": "1024x1024", "seededit": "adaptive",
    ]
    for dialect in Dialect.builtIn {
      for (name, size) in standard {
        let model = try #require(ModelCatalogue.builtIn.model(named: name))
        #expect(model.sizes.allows(model.sizes.standard))
        let request = GenerationRequest(
          model: name, prompt: "fog", size: model.sizes.standard)
        #expect(try sent(request, dialect)["size"] == .string(size), "\(name) \(dialect.name)")
      }
    }
  }

  @Test("C12: usage is read in both spellings, the vendor's first")
  func c12() {
    func usage(_ json: String) -> Usage? {
      Heard(#"{"data":[{"url":"https://e.com/0"}],"usage":{\#(json)}}"#).completion?.usage
    }
    #expect(
      usage(#""prompt_tokens":0,"completion_tokens":9,"total_tokens":9"#)
        == Usage(outputTokens: 9, totalTokens: 9))
    #expect(
      usage(#""completion_tokens":1,"output_tokens":9,"total_tokens":9,"generated_images":2"#)
        == Usage(generatedImages: 2, outputTokens: 9, totalTokens: 9))
  }

  @Test(
    "C13: tokens are pixels over 256; a reply that says otherwise is believed",
    arguments: [
      (["2048x2048"], 16384), (["1760x2368"], 16280), (["1024x1024"], 4096), (["1248x832"], 4056),
      (["2496x1664", "2496x1664", "2496x1664"], 48672), ([], 0),
      (["9223372036854775807x1", "2048x2048"], 36_028_797_018_963_968),
    ])
  func c13(sizes: [String], tokens: Int) {
    #expect(Usage.tokens(of: sizes.compactMap { PixelSize($0) }) == tokens)
    let heard = Heard(
      #"{"data":[{"url":"https://e.com/0","size":"2048x2048"}],"usage":{"output_tokens":6240}}"#)
    #expect(heard.completion?.usage.outputTokens == 6240)
  }

  @Test("C14: the time of a reply is 'created', and 'created_at' where that is missing")
  func c14() {
    func created(_ json: String) -> Int? {
      Heard(#"{"data":[{"url":"https://e.com/0"}],\#(json)}"#).completion?.created
    }
    #expect(created(#""created":1,"created_at":2"#) == 1)
    #expect(created(#""created_at":2"#) == 2)
    #expect(created(#""created":null,"created_at":2"#) == 2)
  }
}
