import FoundationEssentials
import Gallery
import Posix
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// The ways a reference can be handed over on the command line.
  @Suite struct ReferenceWaysTests {
    @Test(arguments: [
      "--ref \"file://$PWD/my%20pic.jpg\"", "--ref \"file://localhost$PWD/my%20pic.jpg\"",
      "--ref \"FILE:$PWD/my%20pic.jpg\"", "--ref <(cat 'my pic.jpg')", "--ref - < 'my pic.jpg'",
      "--ref /dev/stdin < 'my pic.jpg'", "--ref /dev/stdin < <(cat 'my pic.jpg')",
      "--ref - < <(cat 'my pic.jpg')", "--ref /dev/fd/7 7< <(cat 'my pic.jpg')",
      "--ref /proc/self/fd/7 7< 'my pic.jpg'", "--ref fifo", "--ref - < $'caf\\xe9.jpg'",
    ])
    func itIsStoredAsItIs(_ words: String) throws {
      let home = try ProgramHome()
      let picture = try home.picture()
      let outcome = try home.bash(
        "cp '\(picture)' 'my pic.jpg'; cp '\(picture)' $'caf\\xe9.jpg'; mkfifo fifo; "
          + "(cat 'my pic.jpg' > fifo &) ; \"$D\" generate again \(words)")
      let path = try #require(outcome.lines.first, "\(outcome.narration)")
      let record = try BirthRecord(ofPicture: path)
      guard case .stored(let stored) = try #require(record.origin.request?.references.first) else {
        Issue.record("the reference is not in the gallery")
        return
      }
      #expect(stored.byteCount == (try FileInformation(of: picture).size))
      #expect(try home.bash("ls .local/state/darkroom/received 2>/dev/null").output.isEmpty)
    }

    @Test(arguments: [
      ("--ref file://elsewhere/x.jpg", "a file of the machine 'elsewhere'"),
      ("--ref file:///no/such%20file.jpg", "cannot be read: no such file or directory"),
      ("--ref file:///caf%e9.jpg", "is not UTF-8 text"),
      ("--ref file:///a%zz.jpg", "not the address"),
      ("--ref file:///a%00.jpg", "not the address"), ("--ref .", "is a directory"),
      ("--ref - < <(head -c 30000001 /dev/zero)", "longer than 30 MB"),
      ("--ref <(head -c 30000001 /dev/zero)", "larger than 30 MB"),
      ("--ref /dev/zero", "larger than 30 MB"), ("--ref - < /dev/null", "nothing came of it"),
      ("--ref - --ref /dev/stdin < <(echo x)", "asked for twice"),
      ("--ref - < <(echo no picture)", "not a picture"),
    ])
    func whatCannotBeOneIsRefusedInOneSentence(_ words: String, _ reason: String) throws {
      let home = try ProgramHome()
      let outcome = try home.bash("exec \"$D\" generate fog \(words)")
      #expect(outcome.status == .exited(1))
      #expect(outcome.narration.contains(reason), "\(outcome.narration)")
      #expect(try home.bash("ls .local/state/darkroom/received 2>/dev/null").output.isEmpty)
    }

    @Test func theFrontEndTakesWhatAFileManagerPastes() throws {
      let home = try ProgramHome()
      let picture = try home.picture()
      _ = try home.bash("cp '\(picture)' 'my pic.jpg'")
      let session = try home.open()
      try session.type(Keys.references)
      try session.type("\u{1B}[200~file://\(home.directory.path)/my%20pic.jpg\u{1B}[201~\r")
      try session.waitFor("my pic.jpg")
      try session.waitFor("960x960")
      try session.quit()
    }
  }
}
