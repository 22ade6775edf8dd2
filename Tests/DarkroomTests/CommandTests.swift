import FoundationEssentials
import Gallery
import Imaging
import Posix
import Seedream
import TestSupport
import Testing

@testable import darkroom

extension WholeProgramTests {
  /// The commands around generating, and what each says of itself.
  @Suite struct CommandTests {
    @Test(arguments: Command.all.map(\.name))
    func helpTellsEveryOption(_ name: String) throws {
      let command = try #require(Command.all.first { $0.name == name })
      let home = try ProgramHome()
      let outcome = try home.run(name, "--help")
      #expect(outcome.status == .exited(0))
      #expect(outcome.narration.isEmpty)
      #expect(outcome.lines.first?.hasPrefix("Usage: darkroom \(name)") == true)
      #expect(outcome.output.contains(command.summary))
      for option in command.options {
        let words = "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
        #expect(outcome.lines.contains { $0.contains(words) && $0.hasSuffix(option.help) })
      }
      #expect(outcome.lines.allSatisfy { $0.count <= 110 })
    }

    @Test func theOverviewListsEveryCommandForPeople() throws {
      let home = try ProgramHome()
      let outcome = try home.run("--help")
      #expect(outcome.status == .exited(0))
      for command in Command.all {
        let isListed = outcome.lines.contains { $0.hasPrefix("  \(command.name) ") }
        #expect(isListed != command.isInternal)
      }
    }

    @Test func theVersionIsOneLine() throws {
      let home = try ProgramHome()
      let outcome = try home.run("--version")
      #expect(outcome.lines.count == 1)
      #expect(outcome.output.contains(#/^darkroom \d+\.\d+\.\d+\n$/#))
    }

    @Test func whatWasMadeIsFoundAndShown() throws {
      let home = try ProgramHome()
      let path = try #require(try home.run("generate", "a lantern in fog").lines.first)
      _ = try home.run("generate", "a harbour")
      let found = try home.run("search", "lantern", "fog")
      #expect(found.lines.count == 1)
      let id = try BirthRecord(ofPicture: path).origin.id.description
      #expect(found.output.hasPrefix(id) && found.output.contains("960x960"))
      #expect(try home.run("search").lines.count == 2)
      #expect(try home.run("search", "--limit", "1").output.contains("a harbour"))
      let none = try home.run("search", "elephant")
      #expect(none.status == .exited(1) && none.narration.contains("no picture matches"))

      let shown = try home.run("show", id)
      #expect(shown.output.contains(path) && shown.output.contains("a lantern in fog"))
      let record = try home.run("show", "--json", id)
      #expect(FileManager.default.contents(atPath: path + ".json") == Data(record.output.utf8))
      let unknown = try home.run("show", "zzzz-9")
      #expect(unknown.status == .exited(1) && unknown.narration.contains("zzzz-9"))
    }

    @Test func whereAPictureComesFromIsShown() throws {
      let home = try ProgramHome()
      var origin = PictureOrigin(
        id: try #require(PictureID("k7f2-1")), created: .now(), provider: "ark", dialect: "ark",
        request: GenerationRequest(
          model: "seedream-4.0", prompt: "a cat in fog", references: [.picture("c3d4-3")]),
        provenance: Provenance(
          template: "{who} in {where}",
          choices: [.init(name: "who", words: "a cat"), .init(name: "where", words: "fog")],
          experiment: ExperimentID("x9"), cell: CellPlace(["where": 0, "who": 1]),
          parents: [ParentEdge(try #require(PictureID("c3d4-1")), .recall)]),
        program: "Darkroom 0.1.0")
      func file(_ origin: PictureOrigin) throws {
        let writer = try GalleryWriter(GalleryLayout(root: home.gallery))
        var draft = try writer.beginPicture(origin.id, created: origin.created)
        try draft.write(
          ImageEncoder.jpeg(Pixels(width: 8, height: 8, bytes: Array(repeating: 9, count: 256))))
        _ = try writer.finish(&draft, origin: origin)
      }
      try file(origin)
      let shown = try home.run("show", "k7f2").output
      #expect(shown.contains("c3d4-1 (recall), c3d4-3 (reference)"))
      #expect(shown.contains("{who} in {where}"))
      #expect(shown.contains("who: a cat, where: fog"))
      #expect(shown.contains("x9, where 0, who 1"))
      origin.id = try #require(PictureID("k7f3-1"))
      origin.provenance = Provenance()
      origin.parentEdges = []
      try file(origin)
      let plain = try home.run("show", "k7f3").output
      for word in ["template", "chosen", "experiment", "parents"] {
        #expect(!plain.contains(word), "\(word)")
      }
    }

    @Test func jobsAreListedRetriedAndCancelled() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      #expect(try home.run("jobs").narration.contains("no jobs"))
      let session = try TerminalSession(
        home.program, ["generate", "one"], environment: home.environment())
      try session.waitFor("running")
      let rows = try home.run("jobs").lines
      #expect(rows.count == 2 && rows[0].hasPrefix("JOB "))
      let id = String(try #require(rows[1].split(separator: " ").first))
      #expect(rows[1].contains("running") && rows[1].contains("0 of 1"))
      #expect(try home.run("retry", id).narration.contains("not over yet"))

      let cancelled = try home.run("cancel", id)
      #expect(cancelled.status == .exited(0) && cancelled.narration.contains("cancelled"))
      #expect(try session.waitForEnd() == .exited(1))
      provider.release()
      let again = try #require(try home.run("retry", id).lines.first)
      #expect(again != id)
      _ = try home.wait(for: "jobs") { outcome in
        outcome.lines.contains { $0.hasPrefix("\(again) ") && $0.contains("done") }
      }
      #expect(try home.pictures.count == 1)
      let missing = try home.run("cancel", "zzzz")
      #expect(missing.status == .exited(1) && missing.narration.contains("no job 'zzzz'"))
    }

    @Test func modelsAndProvidersAreListed() throws {
      let home = try ProgramHome(configuration: "provider: byteplus\n")
      home.variables["BYTEPLUS_API_KEY"] = "k"
      let models = try home.run("models")
      #expect(
        models.lines.contains {
          $0.hasPrefix("seedream-4.5 ") && $0.contains(" seedream-4-5-251128 ")
            && $0.contains("2K 4K")
        })
      #expect(
        models.lines.contains { $0.hasPrefix("seedream-5.0-pro ") && $0.contains("from $0.045") })
      #expect(
        models.lines.contains { $0.hasPrefix("seededit-3.0 ") && $0.contains("until 2026-01-22") })
      let inChina = try home.run("models", "--provider", "ark")
      #expect(
        inChina.lines.contains { $0.contains("doubao-seedream-4-5-251128") && $0.contains("¥0.25") }
      )
      let providers = try home.run("providers")
      #expect(providers.lines.contains { $0.hasPrefix("* ") && $0.contains("byteplus") })
      #expect(providers.lines.contains { $0.contains("sandbox") && $0.contains("none needed") })
    }

    @Test func modelsAreThoseOfTheProviderWithTheIdsItGets() throws {
      let home = try ProgramHome()
      let apiyi = try home.run("models", "--provider", "apiyi")
      #expect(apiyi.lines.first?.contains("ID AT APIYI") == true)
      #expect(apiyi.lines.contains { $0.contains(" seedream-5-5-261028 ") })
      #expect(apiyi.narration.contains("'apiyi' names no other model"))
      let pixazo = try home.run("models", "--provider", "pixazo")
      #expect(pixazo.lines.count == 2)
      #expect(pixazo.lines.last?.hasPrefix("seedream-4.0 ") == true)
    }

    /// On a narrow terminal nothing that is looked for is cut off.
    @Test func listsFitTheTerminal() throws {
      let home = try ProgramHome()
      let command = "stty cols 80 2>/dev/null; exec $D models --provider byteplus"
      let models = try home.bash("script -qec '\(command)' /dev/null 2>&1")
      let lines = models.output.split { $0.isNewline }.map(String.init)
      #expect(lines.first?.contains("STREAM") == true && lines.first?.contains("LIFE") == true)
      let rows = lines.filter { !$0.hasPrefix("Seed") && !$0.hasPrefix("left out") }
      #expect(rows.count > 8 && rows.allSatisfy { $0.count <= 80 }, "\(models.output)")
      #expect(models.output.contains("$0.008 a reference") && !models.output.contains("…"))
      #expect(models.output.contains("left out, since the terminal is narrow: REFERENCES,"))
    }

    @Test func theDoctorFindsWhatIsWrong() throws {
      let home = try ProgramHome()
      let well = try home.run("doctor")
      #expect(well.status == .exited(0))
      #expect(!well.output.contains("FAIL") && well.output.contains("sandbox"))
      home.variables["DARKROOM_GALLERY"] = try home.write([], to: "file") + "/below"
      let ill = try home.run("doctor", "--provider", "ark")
      #expect(ill.status == .exited(1))
      #expect(ill.lines.contains { $0.hasPrefix("FAIL") && $0.contains("gallery") })
      #expect(ill.lines.contains { $0.hasPrefix("FAIL") && $0.contains("ARK_API_KEY") })
    }

    @Test func aDamagedJournalIsTold() throws {
      let home = try ProgramHome()
      _ = try home.run("generate", "a lantern")
      #expect(try home.run("service", "--stop").status == .exited(0))
      let path = GalleryLayout(root: home.gallery).journal(.now())
      var bytes = try FileSystem.read(path, limit: 1 << 20)
      bytes[30] ^= 1
      try DurableFile.write(bytes, to: path, replacing: true)
      #expect(
        try home.run("doctor").lines.contains { $0.hasPrefix("note") && $0.contains("Line 1 of") })
      for command in ["jobs", "queue"] {
        #expect(try home.run(command).narration.contains("Line 1 of"))
      }
    }

    @Test func theIndexIsMadeAnewFromTheFiles() throws {
      let home = try ProgramHome()
      _ = try home.run("generate", "a lantern")
      let busy = try home.run("reindex")
      #expect(busy.status == .exited(1) && busy.narration.contains("Only one service"))
      #expect(try home.run("service", "--stop").status == .exited(0))
      try FileManager.default.removeItem(atPath: GalleryLayout(root: home.gallery).index)
      #expect(try home.run("reindex").output == "1 pictures\n")
      #expect(try home.run("search", "lantern").lines.count == 1)
    }

    @Test func stoppingWaitsForTheEndOfTheService() throws {
      let home = try ProgramHome()
      _ = try home.run("jobs")
      let service = try #require(home.services.first)
      #expect(FileManager.default.fileExists(atPath: "/proc/\(service)/exe"))
      #expect(try home.run("service", "--stop").status == .exited(0))
      // A zombie, at the most: who reaps it is not ours to say.
      #expect(FileManager.default.contents(atPath: "/proc/\(service)/cmdline") ?? Data() == Data())
      let none = try home.run("service", "--stop")
      #expect(none.status == .exited(0) && none.narration.contains("no service is running"))
    }
  }
}
