import HTTP
import Imaging
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// A service that outlives what was around it when it began: its program, and the settings of the shell
  /// that asks it for pictures.
  @Suite struct LongServiceTests {
    @Test(arguments: [
      "rm own/darkroom", "mv own/darkroom old; cp /bin/true own/darkroom",
      "cp /bin/true own/new; mv own/new own/darkroom",
    ])
    func itKeepsItsPromisesWithoutItsProgram(_ change: String) throws {
      let home = try ProgramHome(configuration: "")
      let began = try home.bash(
        "mkdir own; cp \"$D\" own/darkroom; own/darkroom generate --provider sandbox "
          + "--model seedream-4.0 --size 960x960 fog; \(change)")
      #expect(began.lines.count == 1, "\(began.narration)")
      let pixels = Pixels(
        width: 8000, height: 5000, bytes: [UInt8](repeating: 255, count: 8000 * 5000 * 4))
      let reference = try home.write(try ImageEncoder.png(pixels), to: "large.png")
      let outcome = try home.run(
        "generate", "--provider", "sandbox", "--model", "seedream-4.0", "--size", "960x960",
        "--ref", reference, "again")
      #expect(outcome.narration.contains("made smaller"), "\(outcome.narration)")
      #expect(outcome.status == .exited(0))
      #expect(home.services.count == 1)
    }

    @Test func settingsThatDifferFromTheServicesAreSaidAndNoPassword() throws {
      let home = try ProgramHome()
      _ = try home.picture()
      let same = try home.run("generate", "again")
      #expect(!same.narration.contains("another"))
      home.variables["https_proxy"] = "http://someone:hush-hush@127.0.0.1:9"
      home.variables["TZ"] = "Asia/Tokyo"
      for outcome in [try home.run("generate", "a third"), try home.run("doctor")] {
        let said = outcome.output + outcome.narration
        #expect(said.contains("another https_proxy, TZ"), "\(said)")
        #expect(!said.contains("hush-hush"))
      }
      // Whatever sends says it, once.
      for words in [
        ["queue", "resume"], ["fetch", "zzzz"], ["attach", "zzzz"], ["edit", "zzzz", "fog"],
        ["retry", "zzzz"],
      ] {
        let said = try home.run(words).narration
        #expect(said.ranges(of: "another https_proxy, TZ").count == 1, "\(said)")
      }
      // Not on the screen that is drawn on, behind its back.
      let session = try home.open()
      try session.waitFor("another https_proxy, TZ")
      try session.type("fog" + Keys.send)
      try session.waitFor("its end") { $0.contains("is done.") }
      #expect(!session.screen.contains("darkroom: The service"))
      try session.quit()
      let log = try home.bash("cat .local/state/darkroom/service.log; cat gallery/.darkroom/*")
      #expect(!log.output.contains("hush-hush"))
    }

    @Test(arguments: [
      ("https://user:hush@other.example:8443/in?token=hush#x", "https://other.example:8443/in"),
      ("/elsewhere?token=hush", "another path of the same host, /elsewhere"),
    ])
    func aRefusedRedirectSaysWhereItLed(_ location: String, _ place: String) throws {
      let provider = try ScriptedProvider { _, _ in
        HTTPReply(status: 302, headers: [HTTPHeader("Location", location)], body: .bytes([]))
      }
      let home = try ProgramHome(
        configuration: """
          \(ProgramHome.quick)
          provider: moved
          providers:
            moved: {base_url: "\(provider.url)/v1", key_env: MOVED_KEY}
          """)
      home.variables["MOVED_KEY"] = "a-key"
      let outcome = try home.run("generate", "fog")
      #expect(outcome.status != .exited(0))
      #expect(outcome.narration.contains(place), "\(outcome.narration)")
      #expect(!outcome.narration.contains("hush"))
      #expect(provider.requests.all.count == 1)
      provider.stop()
    }
  }
}
