import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Pictures that the provider draws after it has answered: Pixazo's jobs.
@Suite(.timeLimit(.minutes(5))) struct PollingTests {
  private static let submitPath = "/byteplus/v1/getEditMultiImage"
  private static let pollPath = "/ai-model-api-polling/getGenerationResults"
  private static let soon = StudioOptions(
    retries: Bench.quick, pollPauses: Array(repeating: 0.001, count: 6))

  /// A provider that takes every request as job `j-1` and answers the nth question for it like this.
  private func provider(
    _ poll: @escaping @Sendable (_ host: String, _ number: Int) async -> HTTPReply
  ) throws -> ScriptedProvider {
    let bytes = try jpeg()
    return try ScriptedProvider { request, number in
      switch request.path {
      case Self.submitPath:
        .json(200, #"{"success":true,"status":"success","message":"submitted","job_set_id":"j-1"}"#)
      case Self.pollPath: await poll("http://\(request.header("Host") ?? "")", number - 1)
      default: .picture(bytes)
      }
    }
  }

  private func connection(_ provider: ScriptedProvider) -> ProviderConnection {
    ProviderConnection(name: "test", dialect: "pixazo", baseURL: provider.url)
  }

  private func submissions(_ provider: ScriptedProvider) -> Int {
    provider.requests.all.count { $0.path == Self.submitPath }
  }

  private func questions(_ provider: ScriptedProvider) -> Int {
    provider.requests.all.count { $0.path == Self.pollPath }
  }

  private func done(_ host: String, _ count: Int) -> HTTPReply {
    let results = (0..<count).map { #"{"imageUrl":"\#(host)/\#($0).jpg"}"# }.joined(separator: ",")
    return .json(200, #"{"status":"succeeded","results":[\#(results)],"job_set_id":"j-1"}"#)
  }

  @Test func picturesAreAskedForUntilTheyAreDrawn() async throws {
    let bench = try await Bench(options: Self.soon)
    let layout = bench.layout
    let journalled = Collected<Bool>()
    let provider = try provider { host, number in
      journalled.append(
        (try? JournalContents(layout))?.entries.contains { $0.event == .pending(id: "j-1") } == true
      )
      return switch number {
      case 0: .json(200, #"{"job_set_id":"j-1","status":"processing","results":[]}"#)
      case 1: .text(502, "<html>try later</html>")
      case 2: .json(429, #"{"error":"Rate limit exceeded"}"#)
      case 3: .json(200, #"{"status":"processing","#)
      case 4: .text(200, "<html>Welcome to the hotel's network</html>")
      default: self.done(host, 2)
      }
    }
    let job = try await bench.run(small(count: 2), on: connection(provider), key: "the-key-of-it")
    #expect(job.state == .done, "\(job.message ?? "")")
    #expect(job.pictures.map(\.id) == ["\(job.id)-1", "\(job.id)-2"])
    #expect(submissions(provider) == 1 && questions(provider) == 6)
    #expect(journalled.all == Array(repeating: true, count: 6))
    for question in provider.requests.all where question.path == Self.pollPath {
      #expect(String(decoding: question.body, as: UTF8.self) == #"{"job_set_id":"j-1"}"#)
      #expect(question.header("Ocp-Apim-Subscription-Key") == "the-key-of-it")
      #expect(question.header("Cache-Control") == "no-cache")
    }
  }

  @Test func aReplyCutAfterItsFirstPictureLosesNoneAndDoublesNone() async throws {
    let inline = Data(try jpeg()).base64EncodedString()
    let provider = try provider { host, number in
      let whole =
        #"{"status":"completed","data":[{"b64_json":"\#(inline)"},{"b64_json":"\#(inline)"}]}"#
      return .json(200, number == 0 ? String(whole.prefix(inline.count + 60)) : whole)
    }
    let bench = try await Bench(options: Self.soon)
    let job = try await bench.run(small(count: 2, format: .base64), on: connection(provider))
    #expect(job.state == .done, "\(job.message ?? "")")
    #expect(job.pictures.count == 2)
    #expect(submissions(provider) == 1 && questions(provider) == 2)
  }

  @Test func aJobThatIsNeverDoneIsUnknownUnderItsName() async throws {
    let provider = try provider { _, _ in .json(200, #"{"status":"processing"}"#) }
    let bench = try await Bench(options: Self.soon)
    let job = try await bench.run(small(), on: connection(provider))
    #expect(job.state.phase == .unknown)
    #expect(job.message?.contains("'j-1'") == true && job.message?.contains("10 minutes") == true)
    #expect(submissions(provider) == 1 && questions(provider) == 6)
  }

  @Test func whatWasNotToldIsAskedByTheNextService() async throws {
    let provider = try provider { host, number in
      number < 6 ? .text(503, "<html>") : self.done(host, 1)
    }
    var options = Self.soon
    options.keys = { _ in .key("the-key-of-it") }
    let (bench, job) = try await Bench.restarted(options: options) { bench in
      try await bench.run(small(), on: connection(provider))
    }
    #expect(job.state.phase == .unknown)
    await bench.studio.lookUpKeys()
    await bench.studio.untilIdle()
    let after = try await bench.studio.job(job.id)
    #expect(after.state == .done, "\(after.message ?? "")")
    #expect(after.pictures.count == 1)
    #expect(submissions(provider) == 1 && questions(provider) == 7)
    let tally = try await bench.studio.ledgerStatus().today
    #expect(tally.atRisk[Balances.pictures] == 0 && tally.spent[Balances.pictures] == 1)
  }

  @Test func aJobThatFailedSaysSo() async throws {
    let provider = try provider { _, _ in
      .json(200, #"{"job_set_id":"j-1","status":"failed","message":"The prompt is not allowed."}"#)
    }
    let bench = try await Bench(options: Self.soon)
    let job = try await bench.run(small(), on: connection(provider))
    #expect(job.state == .failed)
    #expect(job.message?.contains("The prompt is not allowed.") == true)
    #expect(submissions(provider) == 1 && questions(provider) == 1)
  }

  /// What is said of the question is not said of the job: only its own status ends it.
  static let asides = [
    #"{"code":429,"msg":"too many requests"}"#,
    #"{"success":false,"message":"please try again later"}"#, #"{"detail":"Not authenticated"}"#,
    #"{"ok":false}"#, #"{"status":"success","code":429,"message":"slow down"}"#,
    #"{"status":"error","code":429,"message":"slow down"}"#,
    #"{"error":{"code":"x","message":"y"}}"#,
    #"{"status":"error","error":{"code":"ServerOverloaded","message":"busy"}}"#, "{}", "[]",
    #"{"success":true,"data":{"status":"processing"}}"#, #"{"data":[],"code":500}"#,
  ]

  @Test(arguments: asides)
  func onlyTheJobsOwnWordEndsIt(aside: String) async throws {
    let provider = try provider { host, number in
      number < 2 ? .json(200, aside) : self.done(host, 1)
    }
    let bench = try await Bench(options: Self.soon)
    let job = try await bench.run(small(), on: connection(provider))
    #expect(job.state == .done, "\(job.message ?? "")")
    #expect(job.pictures.count == 1)
    #expect(submissions(provider) == 1 && questions(provider) == 3)
  }

  @Test(arguments: [400, 401, 403, 404, 429, 500, 502, 302])
  func aProviderThatWillNotTellLeavesTheOutcomeUnknown(status: Int) async throws {
    let provider = try provider { _, _ in .json(status, #"{"error":"Invalid key"}"#) }
    let bench = try await Bench(options: Self.soon)
    let job = try await bench.run(small(), on: connection(provider))
    #expect(job.state.phase == .unknown)
    #expect(job.message?.contains("'j-1'") == true)
    #expect(submissions(provider) == 1 && questions(provider) == 6)
  }

  @Test func cancellingAJobThatIsTakenLosesNoPicture() async throws {
    let asked = Gate()
    let drawn = Gate()
    let provider = try provider { host, number in
      asked.open()
      await drawn.wait()
      return number == 0 ? .json(200, #"{"status":"processing"}"#) : self.done(host, 1)
    }
    let bench = try await Bench(options: Self.soon)
    let listener = bench.studio.hub.listen()
    let status = try await bench.studio.submit(
      JobSubmission(request: small(), provider: connection(provider), key: nil))
    await asked.wait()
    let job = try await bench.studio.cancel(status.id)
    #expect(job.state.phase == .running)
    #expect(job.message?.contains("paid for, goes on") == true, "\(job.message ?? "")")
    drawn.open()
    let end = try await listener.first(of: status.id) { $0.state.isFinal }
    #expect(end.state == .done, "\(end.message ?? "")")
    #expect(end.pictures.count == 1)
    #expect(try !bench.journal(of: status.id).contains(.cancelled))
    #expect(submissions(provider) == 1 && questions(provider) == 2)
  }

  @Test func aServiceThatDiedWhileAskingLeavesTheNameOfTheJob() async throws {
    let directory = try TemporaryDirectory()
    let journal = Journal(GalleryLayout(root: directory.path("gallery")))
    let intent = JournalEntry.Event.intent(
      .init(request: small(), provider: "pixazo", dialect: "pixazo"))
    for event in [intent, .sent(attempt: 1), .pending(id: "j-1")] {
      try journal.append(
        JournalEntry(job: try #require(JobID("aaaa")), time: .now(), event: event))
    }
    let bench = try await Bench(directory)
    let job = try await bench.studio.job("aaaa")
    #expect(job.state.phase == .unknown)
    #expect(job.message?.contains("'j-1'") == true)
    #expect(bench.studio.faults.isEmpty)
  }

  @Test func whatAProviderOfUnknownPricesDrawsHasNoPrice() async throws {
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture((try? jpeg()) ?? []) }
      return .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
    for (dialect, isKnown) in [("byteplus", true), ("apiyi", true), ("chainhub", false)] {
      let bench = try await Bench()
      let job = try await bench.run(
        small(),
        on: ProviderConnection(name: "test", dialect: dialect, baseURL: provider.url))
      let picture = try #require(job.pictures.first)
      #expect((try bench.record(of: picture).origin.price != nil) == isKnown, "\(dialect)")
    }
  }
}
