import FoundationEssentials
import Gateway
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

/// Replies that are written from what is told of a job.
@Suite struct RecordingTests {
  private static let plain = #"{"model":"ep-1","prompt":"a"}"#
  private static let streamed =
    #"{"model":"ep-1","prompt":"a","stream":true,"sequential_image_generation":"auto"}"#
  private static let inline =
    #"{"model":"ep-1","prompt":"a","response_format":"b64_json","sequential_image_generation":"auto"}"#
  private static let ark = "/api/v3/images/generations"

  private static func picture(_ number: Int, at address: String? = nil) -> JobStatus.Member {
    let picture = SavedPicture(
      id: "k7f2-\(number)", file: "nowhere.jpg", width: 64, height: 48, byteCount: 1, created: 0)
    return .init(index: number - 1, outcome: .saved(picture), address: address)
  }

  private static func job(
    _ members: [JobStatus.Member] = [], _ end: JobStatus.End? = nil
  ) -> JobStatus {
    .sample(members, end)
  }

  // MARK: Endings

  struct Case: Sendable, CustomTestStringConvertible {
    var ending: JobStatus.End
    var status: Int
    var code: String
    var mayRetry = false
    var requestID = "02provider"
    var testDescription: String { code }
  }

  @Test(arguments: [
    Case(
      ending: .refused(
        APIError(status: 403, code: "AccountOverdue", message: "No money.", requestID: "02p")),
      status: 403, code: "AccountOverdue", requestID: "02p"),
    Case(
      ending: .notDrawn("Nothing was sent."), status: 502, code: "BadGateway", mayRetry: true),
    Case(
      ending: .unknown("It may have been drawn and billed."), status: 502, code: "OutcomeUnknown"),
    Case(
      ending: .cancelled("Cancelled.", mayBeBilled: false), status: 410, code: "JobCancelled"),
    Case(ending: .cancelled("Cancelled.", mayBeBilled: true), status: 410, code: "JobCancelled"),
    // The service has tried as often as makes sense.
    Case(
      ending: .refused(APIError(status: 500, code: "InternalServiceError", message: "no")),
      status: 500, code: "InternalServiceError"),
    Case(
      ending: .refused(APIError(status: 429, code: "ServerOverloaded", message: "no")),
      status: 429, code: "ServerOverloaded"),
    // Inside a reply that calls itself a success.
    Case(
      ending: .refused(
        APIError(status: 200, code: "OutputImageSensitiveContentDetected", message: "no")),
      status: 400, code: "OutputImageSensitiveContentDetected"),
  ])
  func anEndWithoutAPictureIsAStatus(_ one: Case) async throws {
    let script = Script([Self.job(), Self.job([], one.ending)])
    let door = try Door(recordingBy: script)
    for body in [Self.plain, Self.streamed] {
      let answer = try await door.post(Self.ark, body)
      #expect(answer.status == one.status)
      #expect(answer.head["Content-Type"] == "application/json; charset=utf-8")
      #expect(try answer.read().error?.code == one.code)
      #expect(answer.head["X-Request-Id"] == one.requestID)
      #expect(answer.head["X-Should-Retry"] == "\(one.mayRetry)")
    }
  }

  @Test(arguments: [
    (RecordingError.Code.overBudget, 402, false), (.notTaken, 503, true), (.unclear, 502, false),
    (.refused([]), 400, false),
  ])
  func whatBecomesNoJobIsAStatus(
    _ code: RecordingError.Code, _ status: Int, _ mayRetry: Bool
  ) async throws {
    let door = try Door(recordingBy: Script([], refusing: RecordingError(code, "Because.")))
    let answer = try await door.post(Self.ark, Self.plain)
    #expect(answer.status == status)
    #expect(try answer.read().error?.message.hasPrefix("Because.") == true)
    #expect(answer.head["X-Should-Retry"] == "\(mayRetry)")
  }

  @Test func aReferenceThatIsNoneIsAFaultOfTheRequest() async throws {
    let problem = Problem(.references, "It is no picture.", referenceIndex: 0)
    let door = try Door(
      recordingBy: Script([], refusing: RecordingError(.refused([problem]), "Reference 1: no.")))
    let answer = try await door.post("/byteplus-generate", Self.plain)
    #expect(answer.status == 422)
    #expect(try answer.read().detail?.first?.loc == ["body", "image"])
  }

  @Test func aPictureThatIsPaidAndNotThereIsNotTakenForNothing() async throws {
    let lost = JobStatus.Member(
      index: 0, outcome: .lost(message: "It was drawn but not saved.", isFetchable: true))
    let door = try Door(recordingBy: Script([Self.job([lost], .over)]))
    let answer = try await door.post(Self.ark, Self.plain)
    #expect(answer.status == 502)
    #expect(answer.head["X-Should-Retry"] == "false")
    #expect(try answer.read().error?.code == "PictureNotSaved")
  }

  @Test func aLineThatBreaksLeavesTheOutcomeOpen() async throws {
    let door = try Door(recordingBy: Script([Self.job()]))
    let answer = try await door.post(Self.ark, Self.plain)
    #expect(answer.status == 502)
    #expect(try answer.read().error?.message.contains("job k7f2 may have been drawn") == true)
  }

  // MARK: Pictures

  @Test func aDocumentHasItsMembersInOrder() async throws {
    let refused = JobStatus.Member(
      index: 1, outcome: .refused(code: "X", message: "no", requestID: nil))
    let third = Self.picture(3, at: "https://example.com/3.jpg?sign=a")
    let script = Script([
      Self.job([third]), Self.job([refused, third]),
      Self.job([Self.picture(1), refused, third], .over),
    ])
    let door = try Door(recordingBy: script)
    let answer = try await door.post(
      "/byteplus-generate", Self.inline.replacing("b64_json", with: "url"))
    #expect(answer.status == 200)
    #expect(answer.head["X-Request-Id"] == "02provider")
    let reply = try answer.read()
    let data = try #require(reply.data)
    #expect(data.count == 3)
    #expect(data[0].url?.hasPrefix(door.gateway.baseURL + "/files/k7f2-1.jpeg?expires=") == true)
    #expect(data[1].error?.code == "X")
    #expect(data[2].url == "https://example.com/3.jpg?sign=a")
    #expect(reply.usage?["generated_images"] == 2)
    #expect(reply.usage?["completion_tokens"] == 24)
  }

  @Test func anEventLeavesWhenItsPictureIsInTheGallery() async throws {
    let script = Script(holding: [
      Self.job([.init(index: 0, outcome: .arriving)]),
      Self.job([.init(index: 0, outcome: .arriving), Self.picture(2)]),
    ])
    let door = try Door(recordingBy: script)
    let body = Collected<String>()
    let (seen, feed) = AsyncStream.makeStream(of: Void.self)
    async let head = door.client.stream(door.request(Self.ark, Self.streamed)) { piece in
      body.append(String(decoding: piece, as: UTF8.self))
      feed.yield()
    }
    for await _ in seen { break }
    #expect(body.all.joined().contains("\"image_index\":1"))
    #expect(!body.all.joined().contains("\"image_index\":0"))
    script.tell(Self.job([Self.picture(1), Self.picture(2)], .over))
    #expect(try await head.status == 200)
    var parser = ReplyParser()
    let events = parser.consume(Array(body.all.joined().utf8)) + parser.finish()
    let places = events.compactMap {
      if case .picture(let picture) = $0 { picture.index } else { nil }
    }
    #expect(places == [1, 0])
    #expect(events.last == .finished)
  }

  @Test func whatFailsAfterAPictureIsToldBehindIt() async throws {
    let unknown = JobStatus.End.unknown("It may have been billed.")
    let door = try Door(recordingBy: Script([Self.job([Self.picture(1)], unknown)]))
    let answer = try await door.post(Self.ark, Self.streamed)
    #expect(answer.status == 200)
    #expect(answer.text.contains("event: error\ndata: {\"error\":{\"code\":\"OutcomeUnknown\""))
    let plain = try await door.post(Self.ark, Self.plain).read()
    #expect(plain.data?.count == 1)
    #expect(plain.error?.code == "OutcomeUnknown")
  }

  @Test(arguments: [false, true])
  func base64IsTheFilesBytes(_ streams: Bool) async throws {
    let directory = try TemporaryDirectory()
    // Of no length that pieces or groups of letters divide.
    let bytes = (0..<(1 << 20) + 1).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: URL(filePath: directory.path("1.png")))
    let members = (0..<2).map { index in
      JobStatus.Member(
        index: index,
        outcome: .saved(
          SavedPicture(
            id: "k7f2-\(index + 1)", file: "1.png", width: 1, height: 1,
            byteCount: bytes.count, created: 0)))
    }
    let file = RecordedFile(path: directory.path("1.png"), byteCount: bytes.count, format: .png)
    let door = try Door(
      recordingBy: Script(
        [Self.job(members, .over)], files: ["k7f2-1": file, "k7f2-2": file]))
    let body =
      streams
      ? Self.inline.replacing("\"prompt\"", with: "\"stream\":true,\"prompt\"") : Self.inline
    let answer = try await door.post(Self.ark, body)
    var parser = ReplyParser(status: 200, requestID: nil, dialect: .byteplus)
    var images: [Int: [UInt8]] = [:]
    for event in parser.consume(answer.body) + parser.finish() {
      if case .imageBytes(let image, let piece) = event { images[image, default: []] += piece }
    }
    #expect(images == [0: bytes, 1: bytes])
  }

  @Test func aClientThatLeavesIsLoggedAndTheJobGoesOn() async throws {
    let script = Script(holding: [Self.job([Self.picture(1)])])
    let door = try Door(recordingBy: script)
    struct Enough: Error {}
    await #expect(throws: HTTPError.self) {
      try await door.client.stream(door.request(Self.ark, Self.streamed)) { _ in throw Enough() }
    }
    await door.gateway.drain()
    #expect(script.taken.all.count == 1)
    #expect(door.log.all.count == 1)
    #expect(door.log.all[0].hasSuffix("; job k7f2; the client left: the job goes on"))
  }

  @Test func aFurtherTryIsKnownByWhatItsLibrarySaysAndByItsBytes() async throws {
    let script = Script([Self.job([Self.picture(1)], .over)])
    let door = try Door(recordingBy: script)
    for (body, headers) in [
      (Self.plain, [HTTPHeader("x-stainless-retry-count", "0")]),
      (Self.plain, [HTTPHeader("X-Stainless-Retry-Count", "1")]),
      (Self.plain, [HTTPHeader("X-Client-Request-Id", "mine")]),
      (Self.plain, [HTTPHeader("Authorization", "Bearer another")]),
      (Self.plain + " ", []), (Self.plain, [HTTPHeader("Idempotency-Key", "k")]),
    ] {
      _ = try await door.post(Self.ark, body, headers: headers)
    }
    let known = script.fingerprints.all
    #expect(known.map(\.isRepeat) == [false, true, false, false, false, false])
    #expect(known.map(\.name) == [nil, nil, "mine", nil, nil, "k"])
    #expect(known.allSatisfy { $0.joinsEqual })
    let digests = known.map(\.digest)
    #expect([1, 2, 5].allSatisfy { digests[$0] == digests[0] })
    #expect(digests[3] != digests[0] && digests[4] != digests[0] && digests[3] != digests[4])
    #expect(digests.allSatisfy { !$0.contains("prompt") })
  }

  @Test func whatTheSandboxIsToldInAHeaderStandsInThePrompt() async throws {
    let script = Script([Self.job([Self.picture(1)], .over)])
    let door = try Door(recordingBy: script, inFrontOfSandbox: true)
    let faults = [HTTPHeader("X-Sandbox-Fault", "cut=1, slow=2")]
    _ = try await door.post(Self.ark, Self.plain, headers: faults)
    #expect(script.taken.all.map(\.prompt) == ["a fault:cut=1 fault:slow=2"])
  }

  @Test func theDescriptionHasWhatIsAnsweredHere() async throws {
    let recording = try Door(recordingBy: Script([]))
    let text = try await recording.get("/openapi.json").text
    for word in ["\"/files/{path}\"", "\"402\"", "BudgetExceeded", "SignatureDoesNotMatch"] {
      #expect(text.contains(word), "\(word) is not described")
    }
    #expect(try await !Door().get("/openapi.json").text.contains("BudgetExceeded"))
    #expect(try await Door().get("/docs").text.contains("max_retries=0"))
    #expect(try await !recording.get("/docs").text.contains("max_retries=0"))
  }
}
