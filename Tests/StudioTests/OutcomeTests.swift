import FoundationEssentials
import Gallery
import HTTP
import Imaging
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Requests that left and were not answered to the end: never sent again, and said so.
@Suite(.timeLimit(.minutes(5))) struct OutcomeTests {
  @Test func aConnectionCutAfterTheRequestLeft() async throws {
    let raw = try RawServer { $0.readRequest() }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: raw.connection)
    #expect(job.state.phase == .unknown)
    #expect(job.message?.contains("may have been drawn and billed") == true)
    #expect(job.message?.contains("not sent again by itself") == true)
    #expect(raw.heads.all.count == 1)
    #expect(job.attempts == 1)
    let head = try #require(raw.heads.all.first)
    #expect(head.contains(try #require(job.clientRequestID)))
  }

  @Test func aStreamCutAfterTwoOfFive() async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, _ in .picture(bytes) }
    let raw = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
      connection.send(succeeded(0, pictures.url + "/0") + succeeded(1, pictures.url + "/1"))
      connection.send("event: image_generation.partial_succ")
    }
    let (bench, job) = try await Bench.restarted { bench in
      try await bench.run(small(count: 5), on: raw.connection)
    }
    #expect(job.state.phase == .unknown)
    #expect(job.message?.hasPrefix("Interrupted") == true)
    #expect(job.message?.contains("2 of 5 pictures arrived") == true)
    #expect(job.pictures.map(\.id) == ["\(job.id)-1", "\(job.id)-2"])
    let after = try await bench.studio.job(job.id)
    #expect(after.state.phase == .unknown)
    #expect(after.message == job.message)
    #expect(after.pictures == job.pictures)
    #expect(raw.heads.all.count == 1)
  }

  /// Whoever begins to answer has understood the request, though its last byte was not read.
  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"type\":\"image_ge",
  ])
  func anAnswerThatBeginsBeforeTheRequestIsRead(answer: String) async throws {
    let raw = try RawServer { connection in
      _ = connection.readHead()
      connection.send(answer)
      // While the request goes on, its answer is heard; then the rest lies unread, and the line is reset.
      var count = 0
      while count < 8 << 20 {
        let piece = connection.read(upTo: 1 << 20)
        if piece.isEmpty { return }
        count += piece.count
      }
    }
    let bench = try await Bench()
    let file = bench.directory.path("large.png")
    // Large enough not to lie in the buffers of a socket; the size of a picture is what its head says.
    let noise = (0..<(9 << 20)).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) }
    let picture = try ImageEncoder.png(
      Pixels(width: 64, height: 64, bytes: Array(noise.prefix(64 * 64 * 4))))
    try DurableFile.write(picture + noise, to: file)
    let job = try await bench.run(small(references: [.file(file)]), on: raw.connection)
    #expect(job.state.phase == .unknown, "\(job.message ?? "")")
    #expect(raw.heads.all.count == 1)
  }

  /// Nothing but a word is missing where every picture is here.
  @Test(arguments: [(2, JobState.done), (3, .unknown(.open))])
  func aStreamCutBehindItsLastPicture(asked: Int, state: JobState) async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, _ in .picture(bytes) }
    let raw = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
      connection.send(succeeded(0, pictures.url + "/0") + succeeded(1, pictures.url + "/1"))
    }
    let (bench, job) = try await Bench.restarted { bench in
      try await bench.run(small(count: asked), on: raw.connection)
    }
    #expect(job.state == state, "\(job.message ?? "")")
    #expect(job.pictures.count == 2)
    let after = try await bench.studio.job(job.id)
    #expect(after.state == state)
    guard state == .done else { return }
    #expect(job.notices.contains { $0.contains("none is missing") })
    #expect(try await bench.studio.ledgerStatus().today.atRisk[Balances.pictures] == 0)
  }

  /// A picture, what follows it, and how the job ends while the connection stays open for ever.
  @Test(arguments: [
    (event("completed", #""usage":{"generated_images":1}"#) + "data: [DONE]\n\n", JobState.done),
    ("data: [DONE]\n\n", .done), (event("completed", #""usage":{"generated_images":1}"#), .done),
    ("data: {\"error\":{\"code\":\"InvalidParameter\",\"message\":\"no\"}}\n\n", .partlyDone),
    ("data: {\"x\":\"" + String(repeating: "-", count: 5 << 20), .unknown(.open)),
  ])
  func aConnectionThatStaysOpenAfterTheLastWordHoldsNothingUp(
    end: String, state: JobState
  ) async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, _ in .picture(bytes) }
    let raw = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
      connection.send(succeeded(0, pictures.url + "/0") + end)
      // Until the other side hangs up.
      connection.readRequest()
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 2), on: raw.connection)
    #expect(job.state == state, "\(job.message ?? "")")
    #expect(job.pictures.count == 1)
    #expect(raw.heads.all.count == 1)
  }

  @Test func aPlainReplyCutInItsMiddleKeepsWhatIsWhole() async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, _ in .picture(bytes) }
    let raw = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
      connection.send(#"{"model":"m","data":[{"url":"\#(pictures.url)/0"},{"url":"ht"#)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 2, streaming: .off), on: raw.connection)
    #expect(job.state.phase == .unknown)
    #expect(job.pictures.count == 1)
    #expect(raw.heads.all.count == 1)
  }

  @Test(arguments: [408, 499, 502, 504, 520, 522, 524])
  func aGatewayThatGaveUpWaiting(status: Int) async throws {
    let provider = try ScriptedProvider { _, _ in HTTPReply(status: status) }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state.phase == .unknown)
    #expect(job.message?.contains("HTTP \(status)") == true)
    #expect(provider.orders == 1)
  }

  @Test func aProviderThatCannotBeReachedIsTriedAgainAndNothingWasSent() async throws {
    let bench = try await Bench()
    let nobody = ProviderConnection(
      name: "nobody", dialect: "ark", baseURL: "http://127.0.0.1:1/v3")
    let job = try await bench.run(small(), on: nobody)
    #expect(job.state == .failed)
    #expect(job.message?.hasPrefix("Nothing was sent") == true)
    #expect(job.attempts == 4)
  }

  @Test func aReferenceThatVanishesBeforeItIsSentIsNoUnknownOutcome() async throws {
    let gate = Gate()
    let provider = try ScriptedProvider { _, _ in
      await gate.wait()
      return .refusal(400, "InvalidParameter")
    }
    let bench = try await Bench(options: StudioOptions(parallelJobs: 1, retries: Bench.quick))
    let file = bench.directory.path("photo.jpg")
    try DurableFile.write(try jpeg(), to: file)
    let listener = bench.studio.hub.listen()
    _ = try await bench.studio.submit(
      JobSubmission(request: small("first"), provider: provider.connection, key: nil))
    let second = try await bench.studio.submit(
      JobSubmission(
        request: small("second", references: [.file(file)]), provider: provider.connection,
        key: nil))
    try FileManager.default.removeItem(atPath: bench.layout.referencesDirectory)
    gate.open()
    let job = try await listener.first(of: second.id) { $0.state.isFinal }
    #expect(job.state == .failed)
    #expect(job.message?.contains("Reference 1 is gone") == true)
    #expect(provider.orders == 1)
  }

  @Test func aProviderThatCountsWronglyLosesNoPicture() async throws {
    let provider = try ScriptedProvider { request, number in
      guard request.method == "POST" else {
        return .picture((try? jpeg(shade: UInt8(number * 50 + 5))) ?? [])
      }
      let host = "http://\(request.header("Host") ?? "")"
      let text =
        succeeded(0, host + "/a") + succeeded(0, host + "/b")
        + succeeded(.max, host + "/c") + succeeded(-4, host + "/d")
        + event("completed", #""usage":{"generated_images":4}"#)
      return HTTPReply(body: .bytes(Array(text.utf8)))
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 4), on: provider.connection)
    #expect(job.state == .done)
    #expect(job.pictures.map(\.id) == (1...4).map { "\(job.id)-\($0)" })
  }
}
