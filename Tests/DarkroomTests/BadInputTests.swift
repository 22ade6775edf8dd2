import FoundationEssentials
import Glibc
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// Everything that can be wrong gets a sentence that names it, and the right exit status.
  @Suite struct BadInputTests {
    @Test func anEmptyPromptIsRefused() throws {
      let home = try ProgramHome()
      expect(try home.run("generate", ""), isMisuse: "The prompt is empty")
      expect(try home.run("generate", "-", input: " \n"), isMisuse: "The prompt is empty")
      expect(try home.run("generate"), isMisuse: "the prompt is missing")
    }

    @Test func anUnusablePromptIsAMisuseWhereverItComesFrom() throws {
      let home = try ProgramHome()
      let long = String(repeating: "fog ", count: 300_000)
      expect(try home.run("generate", "a\u{1}b"), isMisuse: "U+0001")
      expect(try home.run("generate", "-", input: "a\u{1}b"), isMisuse: "U+0001")
      expect(try home.run("generate", "-", input: long), isMisuse: "longer than 1 MB")
      let bytes = try home.bash(#"printf 'a\xff' | "$D" generate -; echo $?"#)
      #expect(bytes.output == "2\n")
      #expect(bytes.narration.contains("not UTF-8"))
    }

    /// Options of a command may stand before it.
    @Test func optionsBeforeTheCommandWork() throws {
      let home = try ProgramHome()
      let drawn = try home.run("-m", "4.5", "--size=2K", "generate", "fog")
      #expect(drawn.status == .exited(0))
      #expect(try home.run("--json", "jobs").output.contains("fog"))
      // A value that is the name of a command is a value.
      let elsewhere = try home.run("--gallery", "jobs", "doctor")
      #expect(elsewhere.status == .exited(0))
      #expect(elsewhere.output.contains("/jobs, made with the first picture"))
      expect(try home.run("--layers", "jobs"), isMisuse: "unknown option --layers")
      expect(try home.run("--galery", "x", "jobs"), isMisuse: "did you mean --gallery?")
      expect(try home.run("--json"), isMisuse: "unknown option --json")
    }

    /// The sandbox draws here for nothing; at an address is somebody who may be paid.
    @Test func anAddressNeedsTheNameOfItsProvider() throws {
      let home = try ProgramHome()
      for words in [["generate", "fog"], ["serve"], ["doctor"]] {
        expect(
          try home.run(words + ["--base-url", "http://127.0.0.1:9/api/v3"]),
          isMisuse: "whose address")
      }
      expect(try home.run("--base-url", "http://127.0.0.1:9"), isMisuse: "whose address")
      #expect(!FileManager.default.fileExists(atPath: home.gallery + "/.darkroom/journal"))
    }

    @Test func aRefusedSizeComesWithOnesThatWouldDo() throws {
      let home = try ProgramHome()
      let small = try home.run("generate", "--size", "100x100", "fog")
      expect(small, fails: "100x100 is too small for Seedream 4.0")
      #expect(small.narration.contains("try 960x960"))
      expect(
        try home.run("generate", "--model", "seedream-4.5", "--size", "1K", "fog"),
        fails: "does not draw at 1K")
      expect(try home.run("generate", "--size", "big", "fog"), isMisuse: "--size: 'big'")
      #expect(!FileManager.default.fileExists(atPath: home.gallery + "/.darkroom/journal"))
    }

    @Test func aReferenceMustBeAPicture() throws {
      let home = try ProgramHome()
      expect(try home.run("generate", "--ref", "no/where.png", "fog"), fails: "'no/where.png'")
      let text = try home.write(Array("words".utf8), to: "words.png")
      expect(try home.run("generate", "--ref", text, "fog"), fails: "not a picture")
      expect(
        try home.run("generate", "--ref", home.directory.path, "fog"), fails: home.directory.path)
      expect(try home.run("generate", "--ref", "zzzz-1", "fog"), fails: "zzzz-1")
    }

    @Test func aReferenceMustNotBeTooLarge() throws {
      let home = try ProgramHome()
      // The signature and the header of a PNG of 20000 by 20000 pixels.
      let header: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20, 8, 2, 0, 0, 0, 0, 0, 0, 0]
      let wide = try home.write(header, to: "wide.png")
      expect(try home.run("generate", "--ref", wide, "fog"), fails: "20000x20000")
      let heavy = try home.write(header, to: "heavy.png")
      #expect(unsafe truncate(heavy, 11_000_000) == 0)
      expect(try home.run("generate", "--ref", heavy, "fog"), fails: heavy)
    }

    @Test func aGalleryMustBeWritable() throws {
      let home = try ProgramHome()
      let below = try home.write([], to: "file") + "/gallery"
      expect(
        try home.run("generate", "--gallery", below, "fog"), fails: "The gallery cannot be written")
      expect(
        try home.run("generate", "--gallery", "/proc/gallery", "fog"), fails: "/proc/gallery")
      expect(try home.run("reindex", "--gallery", below), fails: "The gallery cannot be written")
    }

    @Test(.enabled("a small file system can be mounted") { SmallDisk.isPossible })
    func aFullDiskStopsTheQueueUntilThereIsRoom() throws {
      let home = try ProgramHome()
      let disk = try SmallDisk(at: home.directory.path("disk"), bytes: 48 << 20)
      home.variables["DARKROOM_GALLERY"] = disk.path + "/gallery"
      #expect(try home.run("generate", "one of several").status == .exited(0))
      let filling = disk.path + "/filling"
      _ = try ProcessSpec.shell("cat /dev/zero > '\(filling)'").runBlocking(
        timeLimit: TerminalSession.patience)

      let stopped = try TerminalSession(
        home.program, ["generate", "one of several"], environment: home.environment())
      try stopped.waitFor("nearly full")
      stopped.send(signal: SIGINT)
      _ = try stopped.waitForEnd()
      #expect(stopped.screen.contains("goes on in the service"))
      #expect(try home.run("search", "--paths").lines.count == 1)

      try FileSystem.remove(filling)
      let found = try home.wait(for: "search", "--paths") { $0.lines.count == 2 }
      for path in found.lines {
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(FileManager.default.fileExists(atPath: path + ".json"))
      }
    }

    @Test func aServiceThatCannotStartIsSaid() throws {
      let home = try ProgramHome()
      home.variables["DARKROOM_GALLERY"] = try home.write([], to: "file") + "/gallery"
      expect(try home.run("generate", "fog"), fails: "The gallery cannot be written")
    }

    @Test(arguments: [
      ("provder: ark\n", "config.yaml:1: unknown key 'provder'; did you mean 'provider'?"),
      ("model: 4.0\nsize: huge\n", "config.yaml:2:"),
      ("providers:\n  own:\n    base_ul: http://x\n", "did you mean 'base_url'?"),
      ("gallery: [\n", "config.yaml:"),
      ("provider: arkk\n", "did you mean 'ark'?"),
    ])
    func aWrongConfigurationIsSaidWithItsPlace(_ text: String, _ sentence: String) throws {
      let home = try ProgramHome(configuration: text)
      expect(try home.run("generate", "fog"), fails: sentence)
      // The front end says it too, and leaves the terminal alone.
      let session = try TerminalSession(home.program, environment: home.environment())
      #expect(try session.waitForEnd() == .exited(1))
      #expect(
        String(decoding: session.log, as: UTF8.self).contains(sentence)
          && !session.log.contains(0x1B))
    }

    @Test func aConfigurationThatCannotBeReadIsSaid() throws {
      let home = try ProgramHome()
      expect(try home.run("jobs", "--config", "/no/where.yaml"), fails: "/no/where.yaml")
      expect(try home.run("jobs", "--config", home.directory.path), fails: "directory")
    }

    @Test func aWrongWordGetsTheNearestRightOne() throws {
      let home = try ProgramHome()
      expect(try home.run("generat", "fog"), isMisuse: "did you mean 'generate'?")
      expect(try home.run("--galery", "x"), isMisuse: "did you mean --gallery?")
      let option = try home.run("generate", "--waterark", "fog")
      expect(option, isMisuse: "did you mean --watermark?")
      #expect(option.narration.contains("'darkroom generate --help'"))
      expect(try home.run("generate", "--provider", "arc", "fog"), isMisuse: "did you mean 'ark'?")
      expect(try home.run("generate", "-n", "0", "fog"), isMisuse: "--count: '0'")
      expect(try home.run("generate", "--size"), isMisuse: "--size needs a value")
      expect(try home.run("show"), isMisuse: "the id of one picture")
    }

    /// One sentence, perhaps with a hint under it; nothing on standard output.
    private func expect(
      _ outcome: ProgramHome.Outcome, fails sentence: String,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(outcome.status == .exited(1), sourceLocation: sourceLocation)
      expect(outcome, says: sentence, sourceLocation)
    }

    private func expect(
      _ outcome: ProgramHome.Outcome, isMisuse sentence: String,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(outcome.status == .exited(2), sourceLocation: sourceLocation)
      expect(outcome, says: sentence, sourceLocation)
    }

    private func expect(
      _ outcome: ProgramHome.Outcome, says sentence: String, _ sourceLocation: SourceLocation
    ) {
      #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
      #expect(outcome.narration.contains(sentence), sourceLocation: sourceLocation)
      let said = outcome.narration.split(separator: "\n").filter { $0.hasPrefix("darkroom") }
      #expect((1...2).contains(said.count), sourceLocation: sourceLocation)
    }
  }
}

/// A file system in memory with little room, unmounted when it goes.
private final class SmallDisk {
  let path: String

  /// Whether this process may mount one.
  static var isPossible: Bool {
    guard let directory = try? TemporaryDirectory() else { return false }
    return (try? SmallDisk(at: directory.path("disk"), bytes: 4096)) != nil
  }

  init(at path: String, bytes: Int) throws {
    try FileSystem.createDirectory(path)
    let failed = unsafe mount("none", path, "tmpfs", 0, "size=\(bytes)") != 0
    if failed { throw TestFailure("cannot mount \(path): errno \(errno)") }
    self.path = path
  }

  deinit { _ = unsafe umount2(path, Int32(MNT_DETACH)) }
}
