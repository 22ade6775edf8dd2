import FoundationEssentials
import Gallery
import Posix
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// Names, paths and texts that are not UTF-8: carried, or refused in one sentence, never replaced.
  @Suite struct BytesTests {
    /// Nothing was made that has a replacement character in its name, nor was one shown.
    private func expectNothingReplaced(_ home: ProgramHome, _ outcome: ProgramHome.Outcome) throws {
      #expect(!(outcome.output + outcome.narration).unicodeScalars.contains("\u{FFFD}"))
      let found = try home.bash("find . -name '*'$'\\xef\\xbf\\xbd''*' | head")
      #expect(found.output.isEmpty)
    }

    @Test(arguments: [
      "generate --ref $'caf\\xe9.png' fog", "generate $'caf\\xe9'", "jobs --gallery $'g\\xe9'",
      "attach abcd $'caf\\xe9.png'", "$'\\xe9'", "generate --trace $'t\\xe9' fog",
    ])
    func anArgumentIsRefusedAsWhatItIs(_ words: String) throws {
      let home = try ProgramHome()
      let outcome = try home.bash("exec \"$D\" \(words)")
      #expect(outcome.status == .exited(2))
      #expect(outcome.narration.contains("is not UTF-8 text"))
      #expect(outcome.narration.contains("\\xE9"))
      #expect(outcome.narration.split(separator: "\n").count == 1)
      try expectNothingReplaced(home, outcome)
    }

    @Test(arguments: [
      "HOME", "DARKROOM_GALLERY", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME",
      "XDG_RUNTIME_DIR",
    ])
    func aPlaceThatCannotBeNamedIsNoOtherPlace(_ variable: String) throws {
      let home = try ProgramHome()
      let outcome = try home.bash("export \(variable)=$PWD/$'\\xe9'; exec \"$D\" jobs")
      #expect(outcome.status == .exited(1))
      #expect(
        outcome.narration.contains("cannot read the variable \(variable): it is not UTF-8 text"))
      #expect(home.services.isEmpty)
    }

    @Test func aKeyThatIsNoTextIsNotPassedOverForAnother() throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome.held(by: provider)
      let outcome = try home.bash("export HELD_KEY=$'k\\xe9y'; exec \"$D\" generate fog")
      #expect(outcome.status == .exited(1))
      #expect(outcome.narration.contains("HELD_KEY is not UTF-8 text"))
    }

    @Test func otherVariablesReachTheKeyCommandAsTheyAre() throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(
        configuration: provider.configuration.replacing(
          "key_env: HELD_KEY",
          with: "key_command: \"printf '%s' \\\"$RAW\\\" | od -An -tx1 | tr -d ' ' | "
            + "grep -qx 63e9 && echo \(TestProvider.key)\""))
      let outcome = try home.bash("export RAW=$'c\\xe9'; exec \"$D\" generate fog")
      #expect(outcome.status == .exited(0), "\(outcome.narration)")
    }

    @Test func aWorkingDirectoryThatIsNoTextIsInNobodysWayButARelativePaths() throws {
      let home = try ProgramHome()
      let enter = "mkdir -p $'d\\xe9'; cd $'d\\xe9'; exec \"$D\" "
      #expect(try home.bash(enter + "generate fog").status == .exited(0))
      for words in [
        "jobs --gallery x", "generate --trace x fog", "attach abcd x", "jobs --config x",
      ] {
        let outcome = try home.bash(enter + words)
        #expect(outcome.status == .exited(1))
        #expect(outcome.narration.contains("d\\xE9: it is not UTF-8 text"), "\(outcome.narration)")
        try expectNothingReplaced(home, outcome)
      }
    }

    @Test func aDeletedWorkingDirectoryIsInNobodysWayButARelativePaths() throws {
      let home = try ProgramHome()
      let enter = "mkdir -p gone; cd gone; rmdir ../gone; exec \"$D\" "
      #expect(try home.bash(enter + "generate fog").status == .exited(0))
      for words in [
        "jobs --gallery x", "generate --trace x fog", "attach abcd x", "jobs --config x",
        "generate --ref x fog",
      ] {
        let outcome = try home.bash(enter + words)
        #expect(outcome.status == .exited(1))
        #expect(outcome.narration.contains("the working directory was deleted"))
      }
      #expect(home.services.count == 1)
    }

    @Test(arguments: [
      ("a\\xff", "is not UTF-8 text"), ("\\xff\\xfea\\0", "is UTF-16"),
      ("a\\0b\\0", "control character U+0000"), ("a\\033[2J", "control character U+001B"),
      ("\\xef\\xbf\\xbd", "holds U+FFFD"),
    ])
    func aPromptThatIsNoTextIsRefused(_ bytes: String, _ reason: String) throws {
      let home = try ProgramHome()
      let outcome = try home.bash("printf '\(bytes)' | \"$D\" generate -; exit ${PIPESTATUS[1]}")
      #expect(outcome.status == .exited(2) && outcome.narration.contains(reason))
      #expect(home.services.isEmpty)
    }

    @Test(arguments: [
      "printf '\\xef\\xbb\\xbfa\\r\\nb\\rc\\r\\n' | \"$D\" generate -",
      "\"$D\" generate $'\\xef\\xbb\\xbfa\\r\\nb\\rc'",
    ])
    func byteOrderMarksAndCarriageReturnsDoNotReachTheProvider(_ script: String) throws {
      let home = try ProgramHome()
      let outcome = try home.bash(script)
      let record = try BirthRecord(ofPicture: try #require(outcome.lines.first))
      let prompt = try #require(record.origin.request?.prompt)
      #expect(Array(prompt.utf8) == Array("a\nb\nc".utf8))
    }

    @Test func whatAnEditorWroteInAnotherEncodingIsRefusedAndKept() throws {
      let home = try ProgramHome()
      home.variables["EDITOR"] = "printf 'caf\\351' >"
      let session = try home.open()
      try session.type("first words")
      try session.waitFor("first words")
      try session.type("\u{18}\u{5}")
      try session.waitFor("not UTF-8 text")
      #expect(session.screen.contains("first words"))
      let kept = try home.bash("cat .local/state/darkroom/prompt-*.txt | od -An -tx1")
      #expect(kept.output.contains("63 61 66 e9"))
      try session.quit()
    }
  }
}
