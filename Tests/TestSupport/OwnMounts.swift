import FoundationEssentials
import Posix

/// Runs tests in a process that may mount disks, in a mount namespace of its own.
package enum OwnMounts {
  private static let mark = "DARKROOM_TESTS_MAY_MOUNT"

  /// Whether this is such a process.
  package static let isHere = Environment.all[mark] != nil

  /// Whether one can be started: as root, or where people may have user namespaces.
  package static let isPossible: Bool = {
    !isHere && (try? status(of: ProcessSpec("unshare", flags + ["true"])).isSuccess) == true
  }()

  private static var flags: [String] { ThisProcess.user == 0 ? ["-m"] : ["-rm"] }

  /// Runs the tests of this program whose names fit once more, in such a process.
  ///
  /// - Returns: What they wrote, and whether all of them passed.
  package static func run(_ filter: String) async throws -> (report: String, hasPassed: Bool) {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let output = try await ProcessSpec(
      "unshare", flags + [tests, "--testing-library", "swift-testing", "--filter", filter],
      environment: Environment.all.merging([mark: "1"]) { $1 }
    ).run(timeLimit: .seconds(600), outputLimit: 8 << 20)
    let report = String(decoding: output.output + output.errorOutput, as: UTF8.self)
    return (report, output.status.isSuccess)
  }

  /// Runs a command without its error output, and waits for its end.
  static func status(of command: ProcessSpec) throws -> TerminationStatus {
    let nothing = try FileDescriptor(reading: "/dev/null")
    let output = try Pipe()
    var process = try ChildProcess(
      command, input: nothing.number, output: output.writingEnd.number,
      error: output.writingEnd.number)
    return try process.wait()
  }
}
