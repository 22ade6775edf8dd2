import Glibc
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// Standard output and input, in whatever state they are handed over.
  @Suite struct OutputTests {
    @Test(arguments: [
      "models", "--help", "--version", "jobs", "generate --help", "generate --dry-run fog",
      "providers", "doctor", "generate fog", "search", "show --json $ID",
    ])
    func whatCannotBeWrittenIsAFailure(_ words: String) throws {
      let home = try ProgramHome()
      let isOfPictures = words.contains("$ID") || words == "search" || words == "jobs"
      let job = isOfPictures ? FileSystem.name(of: try home.picture()).split(separator: "-")[1] : ""
      let words = words.replacing("$ID", with: job + "-1")
      let outcome = try home.bash("exec \"$D\" \(words) > /dev/full")
      #expect(outcome.status == .exited(1))
      #expect(
        outcome.narration.contains(
          "cannot write standard output: no space left on device (ENOSPC)"))
    }

    @Test func aClosedStandardStreamIsNoOtherFile() throws {
      let home = try ProgramHome()
      let blind = try home.bash("exec \"$D\" models >&-")
      #expect(blind.status == .exited(1))
      #expect(blind.narration.contains("cannot write standard output: bad file descriptor"))
      #expect(try home.bash("exec \"$D\" models 2>&-").status == .exited(0))
      let all = try home.bash("\"$D\" generate fog <&- >&- 2>&-; echo $?")
      #expect(all.output == "1\n")
      #expect(try home.pictures.count == 1)
      let deaf = try home.bash("exec \"$D\" generate - <&-")
      #expect(deaf.status == .exited(1) && deaf.narration.contains("cannot read standard input"))
    }

    @Test func withoutAReaderItEndsQuietlyAsOtherToolsDo() throws {
      let home = try ProgramHome()
      for words in [["models"], ["generate", "fog"]] {
        let output = try Pipe().keepWritingEnd()
        let (status, said) = try run(home, words, output: output.number)
        #expect(status == .signalled(SIGPIPE))
        #expect(!said.contains("pipe"))
      }
      #expect(try home.pictures.count == 1)
    }

    @Test func aStreamThatTakesNothingJustNowIsWaitedFor() throws {
      let home = try ProgramHome()
      let pipe = try Pipe()
      let input = try FileDescriptor(reading: "/dev/null")
      let errors = try Pipe()
      #expect(fcntl(pipe.writingEnd.number, F_SETFL, O_NONBLOCK) == 0)
      var filled = 0
      let filling = [UInt8](repeating: 0x2E, count: 4096)
      while true {
        let count = unsafe write(pipe.writingEnd.number, filling, filling.count)
        if count < 0 { break }
        filled += count
      }
      var child = try ChildProcess(
        ProcessSpec(home.program, ["generate", "--help"], environment: home.environment()),
        input: input.number, output: pipe.writingEnd.number, error: errors.writingEnd.number)
      // It would be gone by now if it did not wait.
      #expect(try Poll.wait(for: [child.exitDescriptor], timeout: .seconds(1)) == .timedOut)
      let reading = pipe.keepReadingEnd()
      var bytes: [UInt8] = []
      while case let more = try reading.read(upTo: 1 << 16), !more.isEmpty { bytes += more }
      let status = try child.wait()
      #expect(status == .exited(0))
      let text = String(decoding: bytes.dropFirst(filled), as: UTF8.self)
      #expect(text == (try home.run("generate", "--help").output))
    }

    @Test func anInputThatHasNothingYetIsWaitedFor() throws {
      let home = try ProgramHome()
      let pipe = try Pipe()
      let output = try Pipe()
      #expect(fcntl(pipe.readingEnd.number, F_SETFL, O_NONBLOCK) == 0)
      var child = try ChildProcess(
        ProcessSpec(home.program, ["generate", "--dry-run", "-"], environment: home.environment()),
        input: pipe.readingEnd.number, output: output.writingEnd.number,
        error: output.writingEnd.number)
      #expect(try Poll.wait(for: [child.exitDescriptor], timeout: .seconds(1)) == .timedOut)
      try pipe.keepWritingEnd().write(Array("a blue harbour".utf8))
      let reading = output.keepReadingEnd()
      var bytes: [UInt8] = []
      while case let more = try reading.read(upTo: 1 << 16), !more.isEmpty { bytes += more }
      let status = try child.wait()
      #expect(status == .exited(0))
      #expect(String(decoding: bytes, as: UTF8.self).contains("a blue harbour"))
    }

    private func run(
      _ home: ProgramHome, _ words: [String], output: Int32
    ) throws -> (Posix.TerminationStatus, String) {
      let input = try FileDescriptor(reading: "/dev/null")
      let errors = try Pipe()
      var child = try ChildProcess(
        ProcessSpec(home.program, words, environment: home.environment()), input: input.number,
        output: output, error: errors.writingEnd.number)
      let reading = errors.keepReadingEnd()
      var said: [UInt8] = []
      while case let more = try reading.read(upTo: 1 << 16), !more.isEmpty { said += more }
      return (try child.wait(), String(decoding: said, as: UTF8.self))
    }
  }
}
