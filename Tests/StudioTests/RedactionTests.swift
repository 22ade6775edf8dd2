import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// The key in a provider's words, however they spell it.
@Suite(.timeLimit(.minutes(5))) struct RedactionTests {
  @Test func anEscapedKeyIsNotInTheTrace() async throws {
    let key = "ark/5f3a9c01+secret"
    let provider = try ScriptedProvider { _, _ in
      .json(
        400,
        #"{"error":{"code":"InvalidParameter","message":"key ark\/5f3a9c01+secret at /?k=ark%2F5f3a9c01%2Bsecret \u0061rk\u002f5f3a9c01+secret"}}"#
      )
    }
    let bench = try await Bench()
    let path = bench.directory.path("trace.txt")
    let job = try await bench.run(small(), on: provider.connection, key: key, trace: path)
    let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
    for words in [text, job.message ?? "", String(describing: try bench.journal(of: job.id))] {
      #expect(words.contains("[key]"))
      #expect(!words.contains("5f3a9c01"))
    }
  }
}
