import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What is not drawn, and how that is said.
@Suite(.timeLimit(.minutes(5))) struct RefusalTests {
  @Test func whatTheModelRefusesIsNotAccepted() async throws {
    let bench = try await Bench()
    var request = small(" ")
    request.size = .pixels(width: 100, height: 100)
    let error = await studioError { _ = try await bench.run(request) }
    #expect(error?.code == .refused)
    #expect(error?.problems.map(\.field).contains(.prompt) == true)
    #expect(error?.problems.map(\.field).contains(.size) == true)
    #expect(await bench.studio.jobs().isEmpty)
    #expect(try JournalContents(bench.layout).entries.isEmpty)
  }

  @Test(arguments: ["http://127.0.0.1/a.jpg", "http://192.168.0.7/a.jpg", "https://nas.local/a"])
  func addressesTheProviderCannotReachAreRefused(address: String) async throws {
    let bench = try await Bench()
    let error = await studioError { _ = try await bench.run(small(references: [.url(address)])) }
    #expect(error?.problems.first?.referenceIndex == 0)
    #expect(error?.message.contains("cannot reach") == true)
  }

  @Test func referencesThatCannotBeUsedAreNamed() async throws {
    let bench = try await Bench()
    let text = bench.directory.path("notes.jpg")
    try DurableFile.write(Array("not a picture".utf8), to: text)
    let ribbon = bench.directory.path("ribbon.jpg")
    try DurableFile.write(try jpeg(width: 680, height: 20), to: ribbon)
    let tiny = bench.directory.path("tiny.jpg")
    try DurableFile.write(try jpeg(width: 12, height: 12), to: tiny)
    let cases: [(Reference, String)] = [
      (.file(bench.directory.path("none.jpg")), "none.jpg"), (.file(text), "not a picture"),
      (.file(ribbon), "16 times"), (.file(tiny), "15 pixels"), (.picture("zzzz-1"), "zzzz-1"),
      (.url("data:image/png;base64,@@@@"), "base64"),
      (
        .stored(
          StoredReference(
            sha256: String(repeating: "0", count: 64), format: .jpeg, byteCount: 10, origin: "x")),
        "gone"
      ),
    ]
    for (reference, words) in cases {
      let error = await studioError { _ = try await bench.run(small(references: [reference])) }
      #expect(error?.code == .refused)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "nothing was thrown")")
      #expect(error?.problems.first?.referenceIndex == 0)
    }
    #expect(await bench.studio.jobs().isEmpty)
  }

  @Test func aPictureTooSmallToSplitIsRefused() async throws {
    let bench = try await Bench()
    let file = bench.directory.path("small.jpg")
    try DurableFile.write(try jpeg(width: 511, height: 512), to: file)
    let request = GenerationRequest(
      model: "seedream-5.0-pro", prompt: "", references: [.file(file)], size: .keyword("auto"),
      layers: true)
    let error = await studioError { _ = try await bench.run(request) }
    #expect(error?.code == .refused)
    #expect(error?.message.contains("511x512") == true, "\(error?.message ?? "nothing")")
    #expect(error?.problems.first?.referenceIndex == 0)
    #expect(await bench.studio.jobs().isEmpty)
  }

  @Test func aKeyIsNotSentOverPlainHTTP() async throws {
    let bench = try await Bench()
    let open = ProviderConnection(name: "far", dialect: "ark", baseURL: "http://example.com/v3")
    let error = await studioError {
      _ = try await bench.run(small(), on: open, key: "sk-secret-1234")
    }
    #expect(error?.code == .notPossible)
    #expect(error?.message.contains("https") == true)
    #expect(error?.message.contains("sk-secret") == false)
    for address in [
      "http://127.0.0.1.example.com", "http://localhost@example.com/", "http://127.1.evil/",
    ] {
      #expect(
        ProviderConnection(name: "", dialect: "", baseURL: address).isOpenToEavesdroppers)
    }
    for address in ["http://127.0.0.1:80", "http://LOCALHOST/a", "http://[::1]:9", "https://a.b"] {
      #expect(
        !ProviderConnection(name: "", dialect: "", baseURL: address).isOpenToEavesdroppers)
    }
  }

  @Test(arguments: [
    (401, "AuthenticationError", "does not know the key"),
    (400, "InputTextSensitiveContentDetected", "content filter refused the prompt"),
    (404, "ModelNotOpen", "not activated"),
    (403, "AccountOverdueError", "overdue"),
  ])
  func answersBecomeSentences(status: Int, code: String, words: String) async throws {
    let provider = try ScriptedProvider { _, _ in
      .refusal(status, code, "raw words. Request id: 02abc")
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection, key: "sk-secret-1234")
    #expect(job.state == .failed)
    #expect(job.message?.contains(words) == true)
    #expect(job.message?.contains("{") == false)
    #expect(provider.orders == 1)
    #expect(job.attempts == 1)
  }

  @Test(arguments: [500, 401, 200])
  func aPageOfAGatewayBecomesASentence(status: Int) async throws {
    let provider = try ScriptedProvider { _, _ in
      HTTPReply(
        status: status, headers: [HTTPHeader("Content-Type", "text/html")],
        body: .bytes(
          Array("<html><body><h1>Sorry</h1>\u{1b}[31m try later</body></html>".utf8)))
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    // Only whoever asks for a key at the door says that he has passed nothing on.
    #expect(job.state == (status == 401 ? .failed : .unknown(.open)))
    let message = try #require(job.message)
    #expect(!message.contains("<"))
    #expect(!message.contains("\u{1b}"))
    #expect(provider.orders == 1)
  }

  @Test func aRefusedMemberCostsOnlyItself() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      let host = "http://\(request.header("Host") ?? "")"
      let failed = event(
        "partial_failed",
        #""image_index":2,"error":{"code":"OutputImageSensitiveContentDetected","#
          + #""message":"no. Request id: 02member"}"#)
      let pictures = [0, 1, 3, 4].map { succeeded($0, "\(host)/\($0)") }
      let text =
        pictures[0] + pictures[1] + failed + pictures[2] + pictures[3]
        + event("completed", #""usage":{"generated_images":4}"#) + "data: [DONE]\n\n"
      return HTTPReply(
        headers: [HTTPHeader("Content-Type", "text/event-stream")], body: .bytes(Array(text.utf8)))
    }
    let (bench, job) = try await Bench.restarted { bench in
      try await bench.run(small(count: 5), on: provider.connection)
    }
    #expect(job.state == .partlyDone)
    #expect(job.pictures.map(\.id) == [1, 2, 4, 5].map { "\(job.id)-\($0)" })
    guard
      case .refused(let code, let message, let id)? = job.members.first(where: { $0.index == 2 })?
        .outcome
    else {
      Issue.record("the third member is \(job.members)")
      return
    }
    #expect(code == "OutputImageSensitiveContentDetected")
    #expect(message.contains("content filter"))
    #expect(id == "02member")
    #expect(provider.orders == 1)
    let after = try await bench.studio.job(job.id)
    #expect(after.state == .partlyDone)
    #expect(after.members.map(\.outcome) == job.members.map(\.outcome))
  }
}
