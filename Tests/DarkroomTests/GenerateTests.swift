import FoundationEssentials
import Gallery
import Glibc
import Imaging
import Posix
import Screen
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// `darkroom generate`: what a script gets of it.
  @Suite struct GenerateTests {
    @Test func itPrintsThePathAndNothingElse() throws {
      let home = try ProgramHome()
      let outcome = try home.run("generate", "a", "red", "lantern")
      #expect(outcome.status == .exited(0))
      #expect(outcome.lines == (try home.pictures))
      let record = try BirthRecord(ofPicture: try #require(outcome.lines.first))
      #expect(record.origin.request?.prompt == "a red lantern")
      #expect(record.origin.program.hasPrefix("Darkroom "))
      #expect(outcome.narration.contains("sandbox"))
      #expect(!outcome.narration.contains("\u{1B}") && !outcome.narration.contains("\r"))
    }

    @Test func aPictureOfTheAskedSizeComesFromAColdStart() throws {
      let home = try ProgramHome(configuration: "")
      let outcome = try home.run(
        "generate", "--provider", "sandbox", "--size", "2048x2048", "a red lantern in fog")
      let path = try #require(outcome.lines.first)
      let picture = try PixelDecoder.header(file: path)
      #expect(picture.format == .jpeg)
      #expect(picture.width == 2048 && picture.height == 2048)
      #expect(FileManager.default.fileExists(atPath: path + ".json"))
    }

    @Test func withJSONEachPictureIsAnObject() throws {
      let home = try ProgramHome()
      let outcome = try home.run("generate", "--json", "fog")
      let picture = try JSONDecoder().decode(
        Picture.self, from: Data(try #require(outcome.lines.first).utf8))
      #expect(outcome.lines.count == 1)
      #expect(picture.width == 960 && picture.height == 960)
      #expect(try PixelDecoder.header(file: picture.path).width == 960)
    }

    private struct Picture: Decodable {
      var path: String
      var width: Int
      var height: Int
    }

    @Test func aDashReadsThePromptFromStandardInput() throws {
      let home = try ProgramHome()
      let outcome = try home.run("generate", "-", input: "deep blue\nsea 海\n")
      let record = try BirthRecord(ofPicture: try #require(outcome.lines.first))
      #expect(record.origin.request?.prompt == "deep blue\nsea 海")
    }

    @Test func optionsAndReferencesReachTheRecord() throws {
      let home = try ProgramHome()
      let first = try #require(try home.run("generate", "fog").lines.first)
      let id = try BirthRecord(ofPicture: first).origin.id
      let outcome = try home.run(
        "generate", "--ref", "\(id)", "--ref", first, "--watermark", "--format", "b64_json",
        "--size",
        "1K", "again")
      let origin = try BirthRecord(ofPicture: try #require(outcome.lines.first)).origin
      let request = try #require(origin.request)
      #expect(request.watermark && request.responseFormat == .base64)
      #expect(request.size == .keyword("1K"))
      #expect(request.references.count == 2)
      #expect(origin.parents == [id])
    }

    @Test func aDataURIIsAReference() throws {
      let home = try ProgramHome()
      let pixels = Pixels(
        width: 32, height: 32, bytes: [UInt8](repeating: 90, count: 32 * 32 * 4))
      let picture = Data(try ImageEncoder.png(pixels)).base64EncodedString()
      let outcome = try home.run("generate", "--ref", "data:image/PNG;base64,\(picture)", "again")
      let record = try BirthRecord(ofPicture: try #require(outcome.lines.first))
      guard case .stored(let stored) = try #require(record.origin.request?.references.first) else {
        Issue.record("the reference is not in the gallery")
        return
      }
      #expect(stored.format == .png)
    }

    @Test func aReferenceThatIsNothingIsToldInOneShortLine() throws {
      let home = try ProgramHome()
      let outcome = try home.run(
        "generate", "--ref", String(repeating: "\u{1B}x", count: 500), "fog")
      #expect(outcome.status == .exited(1))
      #expect(outcome.narration.utf8.count < 600 && !outcome.narration.contains("\u{1B}"))
    }

    @Test func aStreamThatTheModelDoesNotHaveIsLeftOutAloud() throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let outcome = try home.run(
        "generate", "--stream", "on", "--model", "seedream-5.0-pro", "--size", "1K", "fog")
      #expect(outcome.status == .exited(0))
      #expect(outcome.narration.contains("Seedream 5.0 pro does not stream"))
    }

    @Test func theSetComesInItsOrderHoweverItArrives() throws {
      let pixels = Pixels(
        width: 64, height: 64, bytes: [UInt8](repeating: 120, count: 64 * 64 * 4))
      let picture = Data(try ImageEncoder.jpeg(pixels)).base64EncodedString()
      func event(_ index: Int) -> String {
        """
        data: {"type":"image_generation.partial_succeeded","image_index":\(index),\
        "b64_json":"\(picture)","size":"64x64"}


        """
      }
      let provider = try TestProvider(
        answering: event(2) + event(0) + event(1) + "data: [DONE]\n\n")
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let outcome = try home.run("generate", "-n", "3", "--stream", "on", "fog")
      #expect(outcome.status == .exited(0))
      let numbers = try outcome.lines.map { try BirthRecord(ofPicture: $0).origin.id.number }
      #expect(numbers == [1, 2, 3])
    }

    @Test func aSettingThatTheModelDoesNotTakeGivesWay() throws {
      let home = try ProgramHome(configuration: "size: 1K\ncount: 4\n")
      let outcome = try home.run("generate", "--model", "seedream-3.0", "fog")
      #expect(outcome.status == .exited(0))
      let picture = try PixelDecoder.header(file: try #require(outcome.lines.first))
      #expect(picture.width == 1024 && picture.height == 1024)
    }

    @Test func theModelIsTheProvidersWhereNobodyNamesOne() throws {
      func model(_ provider: String, _ variables: [String: String] = [:]) throws -> String? {
        let home = try ProgramHome(configuration: "")
        home.variables.merge(variables) { $1 }
        let outcome = try home.run("generate", "--dry-run", "--provider", provider, "fog")
        return outcome.lines.first { $0.contains(#""model":"#) }
      }
      // What is reported as ended on its site is no default there.
      #expect(try model("ark")?.contains("doubao-seedream-5-0-pro-260628") == true)
      #expect(try model("byteplus")?.contains("seedream-4-5-251128") == true)
      #expect(try model("byteplus-eu")?.contains("seedream-4-5-251128") == true)
      #expect(try model("pixazo") == nil)
      #expect(try model("chainhub")?.contains("doubao-seedream-4-0-250828") == true)
      let endpoint = ["SEEDREAM_MODEL_ID": "ep-20250911111250-zd7zw"]
      #expect(try model("unified", endpoint)?.contains("ep-20250911111250-zd7zw") == true)
      #expect(try model("apiyi", endpoint)?.contains("seedream-4-5-251128") == true)
    }

    @Test func aDefaultThatIsNotTheUsualOneIsSaid() throws {
      let home = try ProgramHome(configuration: "")
      let outcome = try home.run("generate", "--dry-run", "--provider", "ark", "fog")
      #expect(outcome.narration.contains("Seedream 4.5 is reported to have ended at volcengine"))
      #expect(outcome.narration.contains("where no model is named, Seedream 5.0 pro draws."))
      let byteplus = try home.run("generate", "--dry-run", "--provider", "byteplus", "fog")
      #expect(!byteplus.narration.contains("ended"))
    }

    @Test(arguments: [
      (
        ["--background", "transparent"],
        "option --background: Seedream 4.0 cannot choose the background"
      ),
      (["--output-format", "png"], "option --output-format: Seedream 4.0 always draws JPEG"),
      (["--seed", "7"], "option --seed: Seedream 4.0 takes no seed"),
      (["--guidance", "2.5"], "option --guidance: Seedream 4.0 takes no guidance scale"),
      (["--web-search"], "option --web-search: Seedream 4.0 cannot search the web"),
    ])
    func aWishThatWouldBeLeftOutIsRefused(_ options: [String], _ sentence: String) throws {
      let home = try ProgramHome(configuration: "")
      let outcome = try home.run(
        ["generate", "--dry-run", "--provider", "byteplus", "-m", "4.0"] + options + ["fog"])
      #expect(outcome.status == .exited(2))
      #expect(outcome.narration.contains(sentence), "\(outcome.narration)")
      #expect(outcome.narration.contains("leave it out"), "\(outcome.narration)")
    }

    @Test func aSizeOfPixazosPageIsTaken() throws {
      let home = try ProgramHome(configuration: "")
      let outcome = try home.run(
        "generate", "--dry-run", "--provider", "pixazo", "--size", "1280x720", "fog")
      #expect(outcome.status == .exited(0))
      #expect(outcome.output.contains("1280x720"))
    }

    @Test func aDryRunRefusesAndReducesWhatARunWould() throws {
      let home = try ProgramHome(configuration: "")
      func dryRun(width: Int, height: Int) throws -> ProgramHome.Outcome {
        let pixels = Pixels(
          width: width, height: height,
          bytes: [UInt8](repeating: 255, count: width * height * 4))
        let path = try home.write(try ImageEncoder.png(pixels), to: "reference.png")
        return try home.run("generate", "--dry-run", "--provider", "ark", "--ref", path, "fog")
      }
      let small = try dryRun(width: 10, height: 10)
      #expect(small.status == .exited(1) && small.narration.contains("each side needs 15 pixels"))
      let long = try dryRun(width: 2000, height: 20)
      #expect(long.status == .exited(1) && long.narration.contains("at most 16 times"))
      let large = try dryRun(width: 8000, height: 5000)
      #expect(large.status == .exited(0), "\(large.narration)")
      #expect(large.narration.contains("Reference 1 is made smaller"))
      #expect(large.output.contains("data:image/jpeg;base64,"))
    }

    @Test func whatEditingModelsTakeIsAskedForByOptions() throws {
      let home = try ProgramHome(configuration: "")
      let pixels = Pixels(
        width: 600, height: 600, bytes: [UInt8](repeating: 200, count: 600 * 600 * 4))
      let path = try home.write(try ImageEncoder.png(pixels), to: "reference.png")
      let split = try home.run(
        "generate", "--dry-run", "--provider", "ark", "--model", "seedream-5.0-pro", "--layers",
        "--ref", path)
      #expect(split.output.contains(#""layer_decomposition": true"#), "\(split.narration)")
      #expect(split.output.contains(#""size": "auto""#) && !split.output.contains(#""prompt""#))
      let transparent = try home.run(
        "generate", "--dry-run", "--provider", "ark", "--model", "seedream-5.0-pro",
        "--background", "transparent", "--optimize", "fast", "--ref", path, "cut it out")
      #expect(transparent.output.contains(#""background": "transparent""#))
      #expect(transparent.output.contains(#""mode": "fast""#))
      let old = try home.run(
        "generate", "--dry-run", "--provider", "ark", "--model", "ep-20250911111250-zd7zw",
        "--family", "seedream-3.0", "--guidance", "4.5", "--size", "1024x1024", "fog")
      #expect(old.output.contains(#""guidance_scale": 4.5"#), "\(old.narration)")
      let search = try home.run(
        "generate", "--dry-run", "--provider", "ark", "--model", "seedream-5.0-lite",
        "--web-search", "today's sky")
      #expect(search.output.contains(#""type": "web_search""#))
    }

    // MARK: How it ends

    @Test func aRefusalOfTheProviderIsAFailure() throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = "another-key"
      let outcome = try home.run("generate", "fog")
      #expect(outcome.status == .exited(1))
      #expect(outcome.output.isEmpty)
      #expect(outcome.narration.contains("key"))
      #expect(!outcome.narration.contains("another-key"))
    }

    @Test func aSetWithARefusedMemberIsPartlyDone() throws {
      let pixels = Pixels(
        width: 64, height: 64, bytes: [UInt8](repeating: 120, count: 64 * 64 * 4))
      let picture = Data(try ImageEncoder.jpeg(pixels)).base64EncodedString()
      let provider = try TestProvider(
        answering: """
          {"model":"m","created":1757323224,"data":[{"b64_json":"\(picture)","size":"64x64"},
          {"error":{"code":"OutputImageSensitiveContentDetected","message":"Not this one."}}],
          "usage":{"generated_images":1}}
          """)
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let outcome = try home.run(
        "generate", "-n", "2", "--stream", "off", "--format", "b64_json", "fog")
      #expect(outcome.status == .exited(3))
      #expect(outcome.lines == (try home.pictures))
      #expect(outcome.lines.count == 1)
      #expect(outcome.narration.contains("picture 2 was refused"))
      #expect(outcome.narration.contains("OutputImageSensitiveContentDetected"))
    }

    @Test func anAnswerThatNeverComesLeavesTheOutcomeUnknown() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try TerminalSession(
        home.program, ["generate", "fog"], environment: home.environment())
      try session.waitFor("running 0:0")
      provider.cut()
      #expect(try session.waitForEnd() == .exited(4))
      #expect(try home.run("jobs").output.contains("unknown"))
    }

    @Test func controlCEndsTheWatchingAndNotTheJob() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try TerminalSession(
        home.program, ["generate", "a harbour"], environment: home.environment())
      // The elapsed time beside the usual one, on one line that is written over.
      try session.waitFor("running 0:0")
      #expect(session.screen.contains(" of ~0:"))
      try session.type(Keys.interrupt)
      #expect(try session.waitForEnd() == .signalled(SIGINT))
      let job = try #require(
        session.screen.text.firstMatch(of: #/job (\w+) goes on in the service/#)?.1)
      #expect(session.screen.text.contains("'darkroom cancel \(job)'"))
      #expect(!session.screen.text.contains("running"))
      provider.release()
      let found = try home.wait(for: "search", "harbour", "--paths") { $0.lines.count == 1 }
      #expect(found.lines.first?.contains(job) == true)
    }

    @Test func twoThatNeedAServiceShareOne() throws {
      let home = try ProgramHome()
      let sessions = try ["spring", "autumn"].map { prompt in
        try TerminalSession(home.program, ["generate", prompt], environment: home.environment())
      }
      for session in sessions { #expect(try session.waitForEnd() == .exited(0)) }
      #expect(home.services.count == 1)
      #expect(try home.pictures.count == 2)
    }
  }
}
