import Gallery
import Imaging
import Posix
import Screen
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// From what is typed to what is in the gallery.
  @Suite struct PromptToPictureTests {
    @Test func aPromptBecomesAPictureInTheGallery() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("a red lantern 红灯笼 in fog")
      try session.waitFor("红灯笼 in fog")
      try session.type(Keys.send)
      try session.waitFor("is done.")

      let pictures = try home.pictures
      #expect(pictures.count == 1)
      let path = try #require(pictures.first)
      let pixels = try PixelDecoder.decode(file: path)
      #expect(pixels.width == 960 && pixels.height == 960)
      let record = try BirthRecord(ofPicture: path)
      #expect(record.origin.request?.prompt == "a red lantern 红灯笼 in fog")
      #expect(record.file.width == 960 && record.file.byteCount > 10_000)

      try session.waitFor(record.origin.id.description)
      try session.waitFor("960x960 Seedream")
      try session.waitFor("a preview in colour") { screen in
        let cells = (2..<15).flatMap { row in (52..<98).map { screen[row, $0] } }
        return Set(cells.map { "\($0.background)" }).count > 8
      }
      try session.quit()
      try session.expectRestored()
    }

    @Test func quittingLeavesTheJobRunning() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try home.open()
      try session.type("fog over the harbour" + Keys.send)
      try session.waitFor(title: "Darkroom: 1 job")
      try session.waitFor("quit (jobs go on)")
      try session.quit()
      #expect(try home.pictures.isEmpty)

      provider.release()
      let found = try home.wait(for: "search", "harbour", "--paths") { $0.lines.count == 1 }
      #expect(try home.pictures == found.lines)
      let again = try home.open()
      try again.waitFor("960x960 Seedream")
      try again.quit()
    }

    @Test func twoJobsRunAtOnce() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try home.open()
      try session.type("spring" + Keys.send)
      try session.waitFor(title: "Darkroom: 1 job")
      try session.type(" and autumn" + Keys.send)
      try session.waitFor(title: "Darkroom: 2 jobs")
      try session.waitFor("two running jobs") { screen in
        screen.rows.count { $0.contains("●") && $0.contains(" of ~") } == 2
      }
      provider.release()
      try session.waitFor(title: "Darkroom")
      #expect(
        Set(try home.pictures.map { try BirthRecord(ofPicture: $0).origin.request?.prompt })
          == ["spring", "spring and autumn"])
      try session.quit()
    }

    @Test func aRunningJobIsCancelled() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try home.open()
      try session.type("never to be seen" + Keys.send)
      try session.waitFor("●")
      try session.type(Keys.history + "g" + "c")
      try session.waitFor("c again throws its pictures away")
      session.readOn()
      try session.type("c")
      try session.waitFor("was cancelled")
      try session.waitFor(title: "Darkroom")
      provider.release()
      try session.quit()
      let jobs = try home.run("jobs")
      #expect(jobs.output.contains("cancelled"))
      #expect(try home.pictures.isEmpty)
    }

    @Test func aKeyIsWrittenNowhere() throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      #expect(try home.run("generate", "fog").status == .exited(0))
      let search = try ProcessSpec(
        "grep", ["-r", "-a", "-l", "--", TestProvider.key, home.directory.path]
      ).runBlocking(timeLimit: TerminalSession.patience)
      #expect(String(decoding: search.output, as: UTF8.self) == "")
      #expect(search.status == .exited(1), "grep found nothing, and nothing else went wrong")
    }
  }
}
