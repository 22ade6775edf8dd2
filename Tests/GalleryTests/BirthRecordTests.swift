import FoundationEssentials
import Gallery
import Jobs
import Posix
import Seedream
import Testing

@Suite struct BirthRecordTests {
  static func rich(_ writer: GalleryWriter) throws -> PictureOrigin {
    let stored = try writer.storeReference(jpeg(shade: 9), origin: "c3d4-2")
    var request = GenerationRequest(
      model: "doubao-seedream-4-5-251128", prompt: "雾中的红灯笼\n\"第二行\" 🏮 \\ \u{1}",
      references: [
        .url("https://user:pw@cdn.example/in.png?X-Tos-Signature=SECRETSIG&k=v#frag"),
        .stored(stored),
        .stored(
          StoredReference(
            sha256: String(repeating: "0", count: 64), format: .png, byteCount: 7,
            origin: "https://cdn.example/x?token=SECRETSIG")),
      ], size: .pixels(width: 2048, height: 1024), count: 4, watermark: true,
      responseFormat: .base64, outputFormat: .png, streaming: .on, seed: -1)
    request.guidanceScale = 2.5
    request.promptOptimization = .fast
    request.webSearch = true
    request.family = .seedream45
    request.background = .transparent
    request.layers = true
    return PictureOrigin(
      id: try #require(PictureID("k7f2-3")), setSize: 4, created: evening, provider: "ark",
      dialect: "ark", modelAnswered: "doubao-seedream-4-5", request: request,
      timings: Timings(submitted: evening, sent: evening, firstByte: nil, finished: evening),
      usage: Usage(generatedImages: 4, outputTokens: 16384, totalTokens: 16384),
      price: Price(currency: "CNY", millionths: 250_000), providerRequestID: "0217…",
      clientRequestID: "8a7b", program: "Darkroom 0.1.0")
  }

  @Test func aRecordComesBackAsItWasWrittenButForSecrets() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try Self.rich(writer)
      let picture = try writer.store(origin)
      let path = layout.path(relative: picture.path)
      let read = try BirthRecord(ofPicture: path)
      var expected = origin
      expected.request?.references[0] = .url("https://cdn.example/in.png")
      if case .stored(var stored) = expected.request?.references[2] {
        stored.origin = "https://cdn.example/x"
        expected.request?.references[2] = .stored(stored)
      }
      #expect(read.origin == expected)
      #expect(read.origin.parents == [try #require(PictureID("c3d4-2"))])
      #expect(read.file.name == path.split(separator: "/").last.map(String.init))
      #expect((read.file.width, read.file.height) == (48, 32))
      #expect(read.file.byteCount == (try bytes(path)).count)
      for name in try names(layout.root + "/2026-11-21") {
        let text = String(decoding: try bytes(layout.root + "/2026-11-21/" + name), as: UTF8.self)
        #expect(!text.contains("SECRETSIG"), "\(name)")
        #expect(!text.contains("user:pw"), "\(name)")
      }
    }
  }

  @Test func theFileIsForPeopleToo() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let picture = try writer.store(origin("k7f2-1", prompt: "a/b 灯"))
      let json = try bytes(layout.path(relative: picture.path) + ".json")
      let text = String(decoding: json, as: UTF8.self)
      #expect(text.contains("\n  \"schema\" : \"darkroom.birth/1\",\n"))
      #expect(text.contains("\"prompt\" : \"a/b 灯\""))
      #expect(text.contains("\"created\" : \"2026-11-21T14:32:05.250+08:00\""))
      #expect(text.hasSuffix("}\n"))
    }
  }

  @Test func anOlderProgramReadsANewerRecord() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let picture = try writer.store(origin("k7f2-1"))
      let path = layout.path(relative: picture.path)
      let text = String(decoding: try bytes(path + ".json"), as: UTF8.self)
      let newer = text.replacing("\"job\"", with: "\"mood\" : {\"calm\": [1]},\n  \"job\"")
        .replacing("\"source\" : \"generated\"", with: "\"source\" : \"dreamt\"")
        .replacing("\"size\" : \"2K\"", with: "\"size\" : \"golden\"")
      try DurableFile.write(Array(newer.utf8), to: path + ".json", replacing: true)
      let record = try BirthRecord(ofPicture: path)
      #expect(record.origin.request?.prompt == "a red lantern in fog")
    }
  }

  @Test func aRecordFromBeforeLayersIsReadWithoutThem() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let path = layout.path(relative: try writer.store(try Self.rich(writer)).path)
      let text = String(decoding: try bytes(path + ".json"), as: UTF8.self)
      let members = ["\"background\"", "\"family\"", "\"layers\""]
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let older = lines.filter { line in !members.contains { line.contains($0) } }
      #expect(older.count == lines.count - members.count)
      let old = Array(older.joined(separator: "\n").utf8)
      try DurableFile.write(old, to: path + ".json", replacing: true)
      let request = try #require(try BirthRecord(ofPicture: path).origin.request)
      #expect(request.count == 4)
      #expect(request.family == nil && request.background == nil && !request.layers)
    }
  }

  @Test(arguments: [
    ("{", "it is not JSON"), ("[]", "it holds a value of another type"),
    ("{}", "'schema' is missing"),
    ("{\"schema\": \"other/9\"}", "schema 'other/9' is not known"),
  ])
  func aBrokenRecordIsNamedWithItsFault(json: String, reason: String) throws {
    try withGallery { layout in
      try FileSystem.createDirectory(layout.root)
      let path = layout.root + "/a.jpg"
      try DurableFile.write(Array(json.utf8), to: path + ".json")
      let error = galleryError { _ = try BirthRecord(ofPicture: path) }
      #expect(error?.code == .malformed)
      #expect(error?.message.contains("a.jpg.json cannot be understood: \(reason)") == true)
      #expect(galleryError { _ = try BirthRecord(ofPicture: "/none") }?.code == .notFound)
    }
  }
}
