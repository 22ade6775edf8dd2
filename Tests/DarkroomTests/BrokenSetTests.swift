import FoundationEssentials
import Gallery
import HTTP
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// Sets of which not every picture comes: what is there is kept, the rest is told.
  @Suite struct BrokenSetTests {
    /// A server that answers requests for pictures like this, and their addresses with a picture.
    private func provider(
      _ answer: @escaping @Sendable (_ host: String) -> HTTPReply
    ) throws -> ScriptedProvider {
      let picture = try DialectServer.picture(shade: 7)
      return try ScriptedProvider { request, _ in
        request.method == "POST" ? answer(request.origin) : .picture(picture)
      }
    }

    private func generate(
      _ home: ProgramHome, _ provider: ScriptedProvider
    ) throws -> ProgramHome.Outcome {
      home.variables["ARK_API_KEY"] = DialectServer.key
      return try home.run(
        "generate", "--provider", "ark", "--base-url", provider.url + "/api/v3",
        "-n", "5", "four seasons and a storm")
    }

    private static func succeeded(_ index: Int, _ host: String) -> String {
      #"data: {"type":"image_generation.partial_succeeded","image_index":\#(index),"#
        + #""url":"\#(host)/\#(index).jpg","size":"64x48"}"# + "\n\n"
    }

    @Test func theThirdOfFiveIsRefused() throws {
      let refused =
        #"data: {"type":"image_generation.partial_failed","image_index":2,"error":{"code":"#
        + #""OutputImageSensitiveContentDetected","message":"The storm is too wild. "#
        + #"Request id: 0217storm"}}"# + "\n\n"
      let server = try provider { host in
        let events = [0, 1].map { Self.succeeded($0, host) } + [refused]
        let rest = [3, 4].map { Self.succeeded($0, host) }
        let end =
          #"data: {"type":"image_generation.completed","usage":{"generated_images":4}}"#
          + "\n\ndata: [DONE]\n\n"
        return HTTPReply(body: .bytes(Array((events + rest + [end]).joined().utf8)))
      }
      let home = try ProgramHome()
      let outcome = try generate(home, server)
      #expect(outcome.status == .exited(3))
      #expect(outcome.lines.sorted() == (try home.pictures))
      let numbers = try outcome.lines.map { try BirthRecord(ofPicture: $0).origin.id.number }
      #expect(numbers.sorted() == [1, 2, 4, 5])
      #expect(outcome.narration.contains("picture 3 was refused"), "\(outcome.narration)")
      #expect(outcome.narration.contains("OutputImageSensitiveContentDetected"))
      #expect(outcome.narration.contains("0217storm"))
      #expect(server.orders == 1)
      let jobs = try home.run("jobs", "--json").output
      #expect(jobs.contains("OutputImageSensitiveContentDetected") && jobs.contains("0217storm"))
    }

    @Test func aRefusedRequestIsToldWithItsCodeAndItsName() throws {
      let server = try provider { _ in
        HTTPReply(
          status: 400, headers: [HTTPHeader("X-Request-Id", "0217refused")],
          body: .bytes(Array(#"{"error":{"code":"InvalidParameter.size","message":""}}"#.utf8)))
      }
      let outcome = try generate(try ProgramHome(), server)
      #expect(outcome.status == .exited(1))
      #expect(
        outcome.narration.contains("[InvalidParameter.size] (request 0217refused)"),
        "\(outcome.narration)")
      #expect(server.orders == 1)
    }

    @Test func aRefusalOfTheOnlyPictureIsToldOnce() throws {
      let server = try provider { _ in
        let member = #"{"code":"OutputImageSensitiveContentDetected","message":"No."}"#
        return HTTPReply(body: .bytes(Array(#"{"data":[{"error":\#(member)}]}"#.utf8)))
      }
      let outcome = try generate(try ProgramHome(), server)
      #expect(outcome.status == .exited(1))
      let told = outcome.narration.ranges(of: "The content filter refused the result.")
      #expect(told.count == 1, "\(outcome.narration)")
    }

    @Test func theStreamIsCutAfterTwoOfFive() throws {
      let server = try provider { host in
        HTTPReply(
          headers: [HTTPHeader("Content-Type", "text/event-stream")],
          body: .stream { writer in
            try? await writer.write(Self.succeeded(0, host) + Self.succeeded(1, host))
            try? await writer.write("event: image_generation.partial_succ")
            writer.cut()
          })
      }
      let home = try ProgramHome()
      let outcome = try generate(home, server)
      #expect(outcome.status == .exited(4))
      #expect(outcome.lines.sorted() == (try home.pictures))
      #expect(outcome.lines.count == 2)
      #expect(outcome.narration.contains("Interrupted"), "\(outcome.narration)")
      // Neither at once nor when the next service finds the job.
      _ = try home.run("service", "--stop")
      #expect(try home.run("jobs").output.contains("unknown"))
      _ = try home.run("generate", "--provider", "sandbox", "fog")
      #expect(server.orders == 1)
    }
  }
}
