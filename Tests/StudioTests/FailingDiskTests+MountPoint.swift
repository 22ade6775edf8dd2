import FoundationEssentials
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

// A mount point whose disk is gone.

extension FailingDiskTests {
  /// The disk comes back over it: nobody would see it again.
  @Test(arguments: ["inline", "long", "unreadable"])
  func nothingIsMadeUnderTheMountPoint(reply: String) async throws {
    let state = try TemporaryDirectory()
    let disk = try MountedDisk(megabytes: 16)
    let picture = try Data(jpeg()).base64EncodedString()
    let text =
      switch reply {
      case "inline": #"{"data":[{"b64_json":"\#(picture)"}]}"#
      case "long":
        #"{"data":[{"b64_json":"\#(picture)"}],"x":"\#(String(repeating: "x", count: 600_000))"}"#
      default: #"{"data":[{"b64_json":"\#(picture)"}],"x":{{"#
      }
    let provider = try ScriptedProvider { _, number in
      if number == 0 { try? disk.vanish() }
      return .json(200, text)
    }
    func first() async throws -> String {
      let bench = try await DiskBench(disk, state: state)
      return try await bench.run(small(format: .base64), on: provider).id
    }
    let id = try await first()
    #expect(try FileManager.default.subpathsOfDirectory(atPath: disk.path) == [])
    // Nor does the next service begin a gallery there.
    let error = await #expect(throws: StudioError.self) { _ = try await restarted(disk, state) }
    #expect(error?.message.contains("is gone") == true)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: disk.path) == [])
    try disk.comeBack()
    let bench = try await restarted(disk, state)
    while try await bench.studio.job(id).pictures.isEmpty { await Task.yield() }
    #expect(try bench.received().count == 1)
    #expect(provider.orders == 1)
  }
}
