import FoundationEssentials
import Gallery
import Glibc
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// One service for each gallery, from its start to its end.
  @Suite struct ServiceLifeTests {
    /// Runs shell words in which `darkroom` is the program.
    private func shell(_ home: ProgramHome, _ script: String) throws -> ProgramHome.Outcome {
      let output = try ProcessSpec(
        "/bin/sh", ["-c", "darkroom() { \"$0\" \"$@\"; }; \(script)", home.program],
        environment: home.environment(), directory: home.directory.path
      ).runBlocking(timeLimit: TerminalSession.patience)
      return ProgramHome.Outcome(
        status: output.status, output: String(decoding: output.output, as: UTF8.self),
        narration: String(decoding: output.errorOutput, as: UTF8.self))
    }

    @Test func twentyCommandsAtOnceStartOneService() throws {
      let home = try ProgramHome()
      let outcome = try shell(
        home,
        "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "
          + "(darkroom jobs 2>/dev/null && echo answered) & done; wait")
      #expect(outcome.lines == Array(repeating: "answered", count: 20))
      #expect(home.services.count == 1)
    }

    @Test func twentyCommandsThatSeeDifferentRuntimeDirectoriesShareOneToo() throws {
      let home = try ProgramHome()
      let outcome = try shell(
        home,
        "for i in 1 2 3 4 5 6 7 8; do "
          + "(export XDG_RUNTIME_DIR=$HOME/run-$i; darkroom jobs && echo answered) & done; wait")
      #expect(outcome.lines == Array(repeating: "answered", count: 8), "\(outcome.narration)")
      #expect(home.services.count == 1)
    }

    @Test func aGalleryHasOneServiceByWhateverPath() throws {
      let home = try ProgramHome()
      _ = try home.run("generate", "a cat")
      let link = home.directory.path("link")
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: home.gallery)
      for path in [link, home.gallery + "/../gallery/", "./gallery"] {
        let jobs = try home.run("jobs", "--gallery", path)
        #expect(jobs.output.contains("a cat"))
      }
      home.variables["XDG_RUNTIME_DIR"] = home.directory.path("elsewhere")
      #expect(try home.run("jobs").output.contains("a cat"))
      #expect(home.services.count == 1)
    }

    @Test func aCopiedGalleryHasAServiceOfItsOwn() throws {
      let home = try ProgramHome()
      _ = try home.run("generate", "a cat")
      let copy = home.directory.path("copy")
      #expect(try shell(home, "cp -a gallery copy").status == .exited(0))
      #expect(try home.run("generate", "--gallery", copy, "a train").status == .exited(0))
      #expect(try home.pictures.count == 1)
      #expect(home.services.count == 2)
    }

    @Test func theServiceIsFoundAfterALogoutTookItsRuntimeDirectory() throws {
      let home = try ProgramHome()
      let provider = try TestProvider()
      try home.write(Array(provider.configuration.utf8), to: ".config/darkroom/config.yaml")
      home.variables["HELD_KEY"] = TestProvider.key
      let outcome = try shell(
        home,
        "darkroom generate 'a koi' >picture 2>&1 & "
          + "until darkroom jobs | grep -q running; do :; done; rm -r run; darkroom jobs")
      #expect(outcome.output.contains("running"), "\(outcome.narration)")
      #expect(home.services.count == 1)
      provider.release()
      let done = try home.wait(for: "jobs") { $0.output.contains("done") }
      #expect(done.output.contains("a koi"))
    }

    @Test func aServiceWithNothingToDoEndsByItself() throws {
      let home = try ProgramHome()
      let outcome = try home.run("service", "--idle", "1")
      #expect(outcome.status == .exited(0))
      #expect(outcome.narration.contains("has ended"))
    }

    @Test func aServiceWithAJobOrAListenerStays() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      // The front end must reach it before it ends: long enough for a few starts of the program here.
      let start = try ContinuousClock().measure { _ = try home.run("doctor") }
      let idle = 1 + Int(start / .seconds(1) * 8)
      let longer = Duration.milliseconds(idle * 1000 + 1500)
      let nothing = try FileDescriptor(reading: "/dev/null")
      let service = try ChildProcess(
        ProcessSpec(
          home.program, ["service", "--idle", "\(idle)"], environment: home.environment()),
        input: nothing.number, output: nothing.number, error: nothing.number)
      _ = try home.wait(for: "doctor") { $0.output.contains("process \(service.identifier)") }
      let session = try home.open()
      try session.type("a koi" + Keys.send)
      try session.waitFor("●")
      session.send(signal: SIGKILL)
      _ = try session.waitForEndUnread()
      #expect(try Poll.wait(for: [service.exitDescriptor], timeout: longer) == .timedOut)
      let again = try home.open()
      provider.release()
      try again.waitFor("is done.")
      #expect(try Poll.wait(for: [service.exitDescriptor], timeout: longer) == .timedOut)
      try again.quit()
      guard
        case .ready = try Poll.wait(
          for: [service.exitDescriptor], timeout: longer + TerminalSession.patience)
      else {
        throw TestFailure("the service stays for ever")
      }
    }

    @Test func aServiceThatIsStoppedIsToldAndNotWaitedFor() throws {
      let home = try ProgramHome()
      _ = try home.run("jobs")
      let service = try #require(home.services.first)
      kill(service, SIGSTOP)
      let outcome = try shell(
        home, "darkroom jobs & darkroom service --stop & darkroom generate a cat & wait")
      let told = outcome.narration.split(separator: "\n").filter {
        $0.contains("it is stopped, or the machine is very busy")
      }
      #expect(told.count == 3, "\(outcome.narration)")
      kill(service, SIGCONT)
      #expect(try home.run("service", "--stop").status == .exited(0))
    }

    @Test func aHomeThatCannotBeWrittenCostsTheLogOnly() throws {
      let home = try ProgramHome()
      home.variables["XDG_STATE_HOME"] = "/proc/nothing"
      let outcome = try home.run("generate", "a cat")
      #expect(outcome.status == .exited(0), "\(outcome.narration)")
    }

    @Test func theServiceIsInASessionOfItsOwn() throws {
      let home = try ProgramHome()
      _ = try home.run("jobs")
      let service = try #require(home.services.first)
      let stat = try String(
        decoding: FileSystem.read("/proc/\(service)/stat", limit: 4096), as: UTF8.self)
      // Behind the name: state, parent, group, session, terminal (proc(5)).
      let fields = try #require(stat.split(separator: ")").last).split(separator: " ")
      #expect(fields[3] != "\(getsid(0))" && fields[4] == "0")
      let proc = "/proc/\(service)"
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: proc + "/cwd") == "/")
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: proc + "/fd/0") == "/dev/null")
    }
  }
}
