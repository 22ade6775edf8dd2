import FoundationEssentials
import Glibc
import Posix
import Screen
import TestSupport
import Testing

extension WholeProgramTests {
  /// The preview, and the process behind it.
  @Suite struct PreviewTests {
    private let size = Size(rows: 30, columns: 100)

    private func waitForPreview(_ session: TerminalSession, columns: Range<Int>) throws {
      try session.waitFor("a preview in colour") { screen in
        let cells = (2..<15).flatMap { row in columns.map { screen[row, $0] } }
        return Set(cells.map { "\($0.background)" }).count > 8
      }
    }

    /// It is written behind the frame that shows it.
    private func waitForView(in previews: String) throws {
      let deadline = ContinuousClock.now + TerminalSession.patience
      while (try? DirectoryListing(of: previews).entries.contains {
        !PendingFile.isLeftover($0.name)
      })
        != true
      {
        guard ContinuousClock.now < deadline else { throw TestFailure("nothing is kept") }
      }
    }

    private func generate(in home: ProgramHome) throws {
      let outcome = try home.run("generate", "--provider", "sandbox", "a red lantern in fog")
      #expect(outcome.status == .exited(0))
    }

    /// The decoders of a front end.
    private func decoders(of parent: Int32) -> [Int32] {
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return entries.compactMap { Int32($0) }.filter { process in
        func file(_ name: String) -> String {
          String(
            decoding: FileManager.default.contents(atPath: "/proc/\(process)/\(name)") ?? Data(),
            as: UTF8.self)
        }
        return file("status").contains("PPid:\t\(parent)\n")
          && file("cmdline").contains("\0decode\0--serve\0")
      }
    }

    @Test func aDecoderThatDiesIsReplacedAndOneThatLostItsFrontEndEnds() throws {
      let home = try ProgramHome()
      try generate(in: home)
      let session = try home.open(size: size)
      try waitForPreview(session, columns: 52..<98)
      let first = try #require(decoders(of: session.processIdentifier).first)
      #expect(decoders(of: session.processIdentifier).count == 1)
      kill(first, SIGKILL)
      session.resize(to: Size(rows: 30, columns: 140))
      try waitForPreview(session, columns: 80..<130)
      let deadline = ContinuousClock.now + TerminalSession.patience
      while decoders(of: session.processIdentifier) == [first]
        || decoders(of: session.processIdentifier).isEmpty
      {
        guard ContinuousClock.now < deadline else { throw TestFailure("no second decoder") }
      }
      let second = try #require(decoders(of: session.processIdentifier).first)
      let watch = try ProcessWatch(second)
      session.send(signal: SIGKILL)
      _ = try session.waitForEnd()
      let outcome = try Poll.wait(for: [watch.descriptor], timeout: TerminalSession.patience)
      #expect(outcome == .ready([watch.descriptor]))
    }

    /// Sextants are in few fonts: who draws them itself says so only by its name, and whenever it likes.
    @Test func whatTheTerminalAnswersDecidesOfWhatAPreviewIsMade() throws {
      let home = try ProgramHome()
      home.variables["XDG_CACHE_HOME"] = home.directory.path("cache")
      try generate(in: home)
      // Whoever started the terminal was in another one.
      for (variables, answer, drawsSextants) in [
        ([:], "kitty(0.41.1)", true), (["KITTY_WINDOW_ID": "1"], "XTerm(379)", false),
      ] {
        home.variables.merge(variables) { $1 }
        let session = try home.open(size: size)
        session.answersQueries = false
        try waitForPreview(session, columns: 52..<98)
        #expect(showsSextants(session.screen) == !drawsSextants)
        try session.type("\u{1B}P>|\(answer)\u{1B}\\")
        try session.waitFor("another alphabet") { showsSextants($0) == drawsSextants }
        try waitForPreview(session, columns: 52..<98)
        #expect(showsSextants(session.screen) == drawsSextants)
        try session.quit()
      }
    }

    private func showsSextants(_ screen: TerminalEmulator) -> Bool {
      screen.text.unicodeScalars.contains { (0x1FB00...0x1FB3B).contains($0.value) }
    }

    @Test func aPreviewThatWasMadeOnceNeedsNoDecoder() throws {
      let home = try ProgramHome()
      home.variables["XDG_CACHE_HOME"] = home.directory.path("cache")
      try generate(in: home)
      let previews = home.directory.path("cache/darkroom/previews")
      let first = try home.open(size: size)
      try waitForPreview(first, columns: 52..<98)
      try waitForView(in: previews)
      try first.quit()
      let again = try home.open(size: size)
      try waitForPreview(again, columns: 52..<98)
      #expect(decoders(of: again.processIdentifier).isEmpty)
      try again.quit()
      // What somebody made of the files is refused, and made again.
      for entry in try DirectoryListing(of: previews).entries {
        try Data("no cells".utf8).write(to: URL(filePath: previews + "/" + entry.name))
      }
      let third = try home.open(size: size)
      try waitForPreview(third, columns: 52..<98)
      #expect(decoders(of: third.processIdentifier).count == 1)
      try third.quit()
    }

    @Test func aRestoredPictureNeedsNoDecoderAndOneThatWasChangedDoes() throws {
      let home = try ProgramHome()
      home.variables["XDG_CACHE_HOME"] = home.directory.path("cache")
      try generate(in: home)
      let first = try home.open(size: size)
      try waitForPreview(first, columns: 52..<98)
      try waitForView(in: home.directory.path("cache/darkroom/previews"))
      try first.quit()
      let path = try #require(try home.pictures.first)
      var information = stat()
      let isFound = unsafe stat(path, &information) == 0
      try #require(isFound)
      for (seconds, decoderCount) in [(0, 0), (1, 1)] {
        let replaced = try FileInformation(of: path).identity.inode
        try DurableFile.write(
          try FileSystem.read(path, limit: 1 << 26), to: path, replacing: true)
        var time = information.st_mtim
        time.tv_sec += seconds
        let isSet = unsafe utimensat(AT_FDCWD, path, [time, time], 0) == 0
        try #require(isSet)
        #expect(try FileInformation(of: path).identity.inode != replaced)
        let session = try home.open(size: size)
        try waitForPreview(session, columns: 52..<98)
        #expect(decoders(of: session.processIdentifier).count == decoderCount)
        try session.quit()
      }
    }
  }
}
