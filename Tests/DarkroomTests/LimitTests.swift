import Glibc
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// What the shell lets a program have (`ulimit`) is held against what it needs before anything is sent.
  @Suite struct LimitTests {
    @Test(arguments: ["-n 12", "-n 60", "-f 60"])
    func limitsThatAreTooSmallAreSaid(_ limit: String) throws {
      let home = try ProgramHome()
      for command in ["generate fog", "serve --record"] {
        let outcome = try home.bash("ulimit \(limit); $D \(command); echo $?")
        #expect(outcome.output == "1\n", "\(command)")
        #expect(outcome.narration.contains("raise 'ulimit \(limit.prefix(2))' where"), "\(command)")
      }
      #expect(!FileSystem.exists(home.gallery + "/.darkroom/journal"))
      // With a service that has what it needs, a command needs less.
      #expect(try home.run("generate", "fog").status == .exited(0))
      let later = try home.bash("ulimit \(limit); $D generate fog; echo $?")
      #expect(later.output.hasSuffix(limit == "-n 60" ? "0\n" : "1\n"))
    }

    /// Soft limits are a habit of shells; the service must not keep one.
    @Test func softLimitsAreRaised() throws {
      let home = try ProgramHome()
      let outcome = try home.bash("ulimit -S -n 12; ulimit -S -f 60; $D generate fog; echo $?")
      #expect(outcome.output.hasSuffix("0\n"), "\(outcome.narration)")
      #expect(try home.pictures.count == 1)
    }

    /// What was spent is in the journal, whatever became of the service.
    @Test func theCostIsToldWithoutAServiceThatAnswers() throws {
      let provider = try TestProvider()
      let home = try ProgramHome.held(by: provider)
      provider.release()
      #expect(try home.run("generate", "fog").status == .exited(0))
      let line = try #require(try home.run("doctor").lines.first { $0.contains(", process ") })
      let process = try #require(line.split(separator: " ").last.flatMap { Int32($0) })
      kill(process, SIGSTOP)
      defer { kill(process, SIGCONT) }
      let cost = try home.run("cost")
      #expect(cost.status == .exited(0))
      #expect(cost.output.contains("PICTURES"))
      #expect(cost.narration.contains("does not answer"))
    }
  }
}
