import Gateway
import HTTP
import Jobs
import Seedream
import TestSupport
import Testing

/// Several pictures of a model that draws one a request.
@Suite struct GroupTests {
  private static func body(_ more: String) -> String {
    #"{"model":"seedream-5.0-pro","prompt":"a",\#(more)}"#
  }

  private static let openAI = "/v1/images/generations"
  private static let ark = "/api/v3/images/generations"
  private static let set =
    #""sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":4}"#

  /// Nothing is bought of what would have to be bought one by one, with nobody to keep count.
  @Test(arguments: ["seedream-5.0-pro", "seedream-5.0-flash", "dola-seedream-5-5-261028"])
  func withoutARecordMoreThanOneIsRefusedBeforeAnythingIsSent(model: String) async throws {
    let provider = try RawServer { $0.readRequest() }
    let door = try Door(provider)
    let body = Self.body(#""n":4"#).replacing("seedream-5.0-pro", with: model)
    let answer = try await door.post(Self.openAI, body)
    #expect(answer.status == 400)
    #expect(answer.head["X-Should-Retry"] == "false")
    let error = try #require(try answer.read().error)
    #expect(error.message.contains("`n`"))
    #expect(error.message.contains("draws one picture a request"))
    #expect(error.message.contains("serve --record"))
    #expect(provider.heads.all.isEmpty)
  }

  @Test func withARecordTheyAreHandedOverAsOneSend() async throws {
    let script = Script([.sample([], .notDrawn("no"))])
    let door = try Door(recordingBy: script)
    _ = try await door.post(Self.openAI, Self.body(#""n":4"#))
    #expect(script.taken.all.map(\.count) == [4])
    #expect(script.fingerprints.all.count == 1)
  }

  /// A set is as many as the model thinks right, a number of requests is not.
  @Test(arguments: ["/byteplus-generate", ark, openAI], [false, true])
  func aSetOfThemIsRefused(path: String, records: Bool) async throws {
    let provider = try RawServer { $0.readRequest() }
    let script = Script([.sample([], .notDrawn("no"))])
    let door = try records ? Door(recordingBy: script) : Door(provider)
    let answer = try await door.post(path, Self.body(Self.set))
    #expect((400..<500).contains(answer.status))
    #expect(script.taken.all.isEmpty && provider.heads.all.isEmpty)
  }
}
