import Posix
import TestSupport
import Testing

/// Real programs, started and watched.
@Suite(.serialized) struct ProcessSpecTests {
  @Test func bothOutputsAndTheStatusComeBack() async throws {
    let result = try await ProcessSpec.shell("echo out; echo err >&2; exit 3")
      .run(timeLimit: .seconds(60))
    #expect(result.status == .exited(3))
    #expect(result.output == Array("out\n".utf8))
    #expect(result.errorOutput == Array("err\n".utf8))
    #expect(!result.timedOut)
  }

  @Test func aLongInputGoesThroughWhileOutputIsRead() async throws {
    let input = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    let result = try await ProcessSpec("cat").run(input: input, timeLimit: .seconds(60))
    #expect(result.output == input)
  }

  @Test func aChildThatIgnoresItsInputIsNoError() async throws {
    let input = [UInt8](repeating: 0x61, count: 300_000)
    let result = try await ProcessSpec("true").run(input: input, timeLimit: .seconds(60))
    #expect(result.status.isSuccess)
  }

  @Test func aProgramThatIsNotThereIsNamed() async throws {
    let error = await #expect(throws: PosixError.self) {
      try await ProcessSpec("/no/such/program").run(timeLimit: .seconds(60))
    }
    #expect(
      error?.description == "cannot start /no/such/program: no such file or directory (ENOENT)")
  }

  @Test func aChildThatNeverEndsIsKilledWithAllItStarted() async throws {
    let alive = try Pipe()
    var command = ProcessSpec.shell("sleep 1000 & wait")
    command.keptDescriptors = [alive.writingEnd.number]
    let result = try await command.run(timeLimit: .milliseconds(300))
    #expect(result.timedOut)
    #expect(result.status == .signalled(9))
    // The stream ends once the last process that holds its other end is gone.
    let rest = alive.keepReadingEnd()
    #expect(try Poll.wait(for: [rest.number], timeout: .seconds(60)) == .ready([rest.number]))
    #expect(try rest.read(upTo: 1) == [])
  }

  @Test func aGrandchildThatKeepsThePipesOpenIsNotWaitedFor() async throws {
    let result = try await ProcessSpec.shell("sleep 30 & echo $!").run(timeLimit: .seconds(60))
    #expect(result.status.isSuccess)
    #expect(!result.timedOut)
    let sleeper = String(decoding: result.output.dropLast(), as: UTF8.self)
    _ = try await ProcessSpec.shell("kill \(sleeper)").run(timeLimit: .seconds(60))
  }

  @Test func aFloodOfOutputIsCutAtTheLimit() async throws {
    let result = try await ProcessSpec("yes").run(timeLimit: .seconds(60), outputLimit: 1000)
    #expect(result.isCut)
    #expect(result.output.count == 1000)
    #expect(result.status == .signalled(9))
  }

  @Test func cancellingTheTaskKillsTheChild() async throws {
    let task = Task { try await ProcessSpec("sleep", ["1000"]).run(timeLimit: .seconds(60)) }
    task.cancel()
    let error = await #expect(throws: PosixError.self) { try await task.value }
    #expect(error?.codeName == "ECANCELED")
  }

  @Test func limitsReachTheChild() async throws {
    let limits = ResourceLimits(
      addressSpace: 1 << 30, processorSeconds: 7, coreDump: false)
    var command = ProcessSpec.shell("ulimit -v; ulimit -t; ulimit -c")
    command.limits = limits
    let result = try await command.run(timeLimit: .seconds(60))
    #expect(String(decoding: result.output, as: UTF8.self) == "1048576\n7\n0\n")
  }

  @Test func theEnvironmentIsTheOneGiven() async throws {
    var command = ProcessSpec("/usr/bin/env")
    command.environment = ["COLOUR": "red=blue"]
    let result = try await command.run(timeLimit: .seconds(60))
    #expect(result.output == Array("COLOUR=red=blue\n".utf8))
  }

  @Test func onlyNamedDescriptorsAreHandedOn() async throws {
    let kept = try Pipe()
    let other = try Pipe()
    var command = ProcessSpec("ls", ["/proc/self/fd"])
    command.keptDescriptors = [kept.writingEnd.number]
    let result = try await command.run(timeLimit: .seconds(60))
    let open = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(
      String.init)
    // 3 is the directory that ls itself reads, unless the kept one has that number.
    let expected = Set(["0", "1", "2", "\(kept.writingEnd.number)"])
    #expect(expected.isSubset(of: open))
    #expect(open.count == 5)
    #expect(!open.contains("\(other.writingEnd.number)") || other.writingEnd.number < 5)
  }

  @Test func aZeroByteInAnArgumentIsRefused() async throws {
    await #expect(throws: PosixError.self) {
      try await ProcessSpec("echo", ["a\0b"]).run(timeLimit: .seconds(60))
    }
  }
}
