import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// The short form of `make faults`: twenty rounds of kills, cuts, stalls and full disks.
  @Suite struct FaultRoundTests {
    @Test(.timeLimit(.minutes(10))) func noPictureIsLostAndNoneIsBoughtTwice() throws {
      let rounds = try ProcessSpec(BuiltProgram.path("faults"), ["--short"])
        .runBlocking(timeLimit: .seconds(590))
      #expect(
        rounds.status == .exited(0) && !rounds.timedOut,
        "\(String(decoding: rounds.output + rounds.errorOutput, as: UTF8.self))")
    }
  }
}
