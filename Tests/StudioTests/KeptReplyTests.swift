import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What a reply has said stays said, and what it goes on to say is heard.
@Suite(.timeLimit(.minutes(5))) struct KeptReplyTests {
  /// Events that call themselves whole or completed, each with a picture and what has been used so far.
  static let repeating: [@Sendable (String, Int) -> String] = [
    { "data: {\"data\":[{\"url\":\"\($0)\"}],\"usage\":{\"generated_images\":\($1)}}\n\n" },
    { event("completed", #""url":"\#($0)","usage":{"generated_images":1,"total_tokens":\#($1)}"#) },
  ]

  @Test(arguments: repeating.indices)
  func aStreamIsHeardWhileFewerThanAskedForAreHere(form: Int) async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, number in
      .picture((try? jpeg(shade: UInt8(number))) ?? bytes)
    }
    let raw = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
      connection.send(Self.repeating[form](pictures.url + "/0", 1))
      // Whoever hangs up would do so now.
      _ = try? Poll.wait(for: [connection.descriptor], timeout: .seconds(3))
      connection.send(Self.repeating[form](pictures.url + "/1", 2))
      connection.readRequest()
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 2), on: raw.connection)
    #expect(job.state == .done, "\(job.message ?? "")")
    #expect(job.pictures.count == 2)
    #expect(try await bench.studio.ledgerStatus().today.spent[Balances.pictures] == 2)
  }

  @Test(arguments: repeating.indices)
  func aStreamCutBeforeAllThatWasAskedForIsUnknown(form: Int) async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, _ in .picture(bytes) }
    let raw = try RawServer { connection in
      connection.readRequest()
      let text = Self.repeating[form](pictures.url + "/0", 1)
      connection.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
          + "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 4), on: raw.connection)
    #expect(job.state.phase == .unknown, "\(job.message ?? "")")
    #expect(job.pictures.count == 1)
  }

  // MARK: Under a status that refuses

  @Test(arguments: [400, 404, 429, 500, 503])
  func whatWasDrawnUnderARefusingStatusIsKeptAndNotSentAgain(status: Int) async throws {
    let bytes = try jpeg()
    let inline = Data(bytes).base64EncodedString()
    for member in [
      #""data":[{"b64_json":"\#(inline)"}],"#, #""data":[{"url":"/1.jpg"}],"#, "",
    ] {
      let provider = try ScriptedProvider { request, _ in
        guard request.method == "POST" else { return .picture(bytes) }
        return .json(
          status,
          #"{"error":{"code":"ServerOverloaded","message":"x"},\#(member)"usage":{"generated_images":1}}"#
        )
      }
      let bench = try await Bench()
      let job = try await bench.run(small(streaming: .off), on: provider.connection)
      #expect(provider.orders == 1, "\(member.prefix(30))")
      #expect(job.pictures.count == (member.isEmpty ? 0 : 1))
      #expect([.done, .unknown(.open)].contains(job.state), "\(job.message ?? "")")
      let tally = try await bench.studio.ledgerStatus().today
      #expect(tally.total[Balances.pictures] == 1)
      if member.isEmpty {
        #expect(job.state.phase == .unknown)
        let path = bench.layout.reply(to: try #require(JobID(job.id)))
        #expect(FileSystem.exists(path))
      }
    }
  }

  /// A job under such a status, and one whose name ends like the key.
  @Test(arguments: [(400, "j-1"), (429, "j-1"), (500, "j-1"), (200, "job-abcdef")])
  func aJobThatWasNamedIsAskedFor(status: Int, id: String) async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      guard request.path.contains("getGenerationResults") else {
        return .json(status, #"{"job_set_id":"\#(id)","status":"queued"}"#)
      }
      return .json(200, #"{"status":"completed","results":[{"url":"/1.jpg"}]}"#)
    }
    let options = StudioOptions(retries: Bench.quick)
    let bench = try await Bench(options: options)
    let connection = ProviderConnection(name: "test", dialect: "pixazo", baseURL: provider.url)
    let job = try await bench.run(
      small(references: [.url("https://e.com/a.png")], streaming: .off), on: connection,
      key: "abcdef-0123456789")
    #expect(job.pictures.count == 1, "\(job.message ?? "")")
    #expect(provider.requests.all.count { $0.path.contains("getEditMultiImage") } == 1)
  }

  @Test func equalBytesAreOnePicture() async throws {
    let inline = Data(try jpeg()).base64EncodedString()
    let picture = event("partial_succeeded", #""image_index":0,"b64_json":"\#(inline)""#)
    let other = event("partial_succeeded", #""image_index":1,"b64_json":"\#(inline)""#)
    for text in [picture + picture, picture + other] {
      let provider = try ScriptedProvider { _, _ in
        HTTPReply(
          headers: [HTTPHeader("Content-Type", "text/event-stream")],
          body: .bytes(
            Array(
              (text + event("completed", #""usage":{"generated_images":1}"#) + "data: [DONE]\n\n")
                .utf8)))
      }
      let bench = try await Bench()
      let job = try await bench.run(small(count: 2), on: provider.connection)
      #expect(job.pictures.count == 1)
      #expect(job.state == .done)
      #expect(try await bench.studio.ledgerStatus().today.spent[Balances.pictures] == 1)
    }
  }
}
