import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What a job that its provider has taken comes to, whatever its answers are like: pictures that were named,
/// what was used, and the job itself are believed.
@Suite(.timeLimit(.minutes(5))) struct PollEndTests {
  /// What the provider answers, in order; the last one again and again. `HOST` is its address.
  struct Row: CustomTestStringConvertible, Sendable {
    var name: String
    var submission = #"{"job_set_id":"j-1","status":"queued"}"#
    var answers: [(status: Int, body: String)]
    var count = 1
    var state = JobState.done
    var pictures = 1
    var questions: Int?
    var atRisk = 0
    var spent: Int?
    var keepsBody = false

    var testDescription: String { name }
  }

  private static let one = #"[{"url":"HOST/0.jpg"}]"#
  private static let two = #"[{"url":"HOST/0.jpg"},{"url":"HOST/1.jpg"}]"#
  private static let failed = (200, #"{"job_set_id":"j-1","status":"failed","message":"no"}"#)
  private static let pending = (200, #"{"job_set_id":"j-1","status":"processing"}"#)
  private static func results(_ word: String, _ results: String, _ more: String = "")
    -> (Int, String)
  { (200, #"{"job_set_id":"j-1","status":"\#(word)","results":\#(results)\#(more)}"#) }

  static let rows: [Row] = [
    Row(name: "failed, and names a picture", answers: [results("failed", one)], questions: 1),
    Row(
      name: "failed, and says that one was generated",
      answers: [(200, #"{"status":"failed","usage":{"generated_images":1}}"#)],
      state: .unknown(.open),
      pictures: 0, atRisk: 1, keepsBody: true),
    Row(
      name: "says that one was generated, then failed",
      answers: [
        (200, #"{"status":"processing","usage":{"generated_images":1}}"#), failed,
      ], state: .unknown(.open), pictures: 0, questions: 2, atRisk: 1, keepsBody: true),
    Row(
      name: "named while it was drawn, then failed",
      answers: [results("processing", one), failed], state: .partlyDone, questions: 2, spent: 1),
    Row(
      name: "named while it was drawn, then never told", answers: [results("processing", one)],
      state: .unknown(.open), spent: 1),
    Row(
      name: "one of two while it is drawn",
      answers: [results("processing", one), results("completed", two)], count: 2, pictures: 2,
      questions: 2),
    Row(
      name: "failed, but another job",
      answers: [(200, #"{"job_set_id":"j-2","status":"failed"}"#), results("completed", one)],
      questions: 2),
    Row(
      name: "pictures of another job",
      answers: [(200, #"{"job_set_id":"j-2","status":"completed","results":\#(one)}"#)],
      state: .unknown(.open), pictures: 0, atRisk: 1, keepsBody: true),
    Row(
      name: "all pictures beside a word nobody knows", answers: [results("vollendet", one)],
      questions: 1),
    Row(
      name: "one of two beside a word nobody knows",
      answers: [results("teilweise", one), results("vollendet", two)], count: 2, pictures: 2,
      questions: 2),
    Row(
      name: "an address to ask at is no picture",
      answers: [
        (200, #"{"status":"processing","url":"HOST/ask","job_set_id":"j-1"}"#), failed,
      ], state: .failed, pictures: 0, questions: 2, spent: 0),
    Row(
      name: "wrapped: goes on, then failed inside a success",
      answers: [
        (200, #"{"code":0,"status":"success","data":{"job_set_id":"j-1","status":"running"}}"#),
        (200, #"{"code":0,"status":"success","data":{"job_set_id":"j-1","status":"failed"}}"#),
      ], state: .failed, pictures: 0, questions: 2, spent: 0),
    Row(
      name: "wrapped from the first",
      submission: #"{"code":0,"data":{"job_set_id":"j-1","status":"queued"}}"#,
      answers: [
        pending,
        (200, #"{"code":0,"data":{"job_set_id":"j-1","status":"success","data":\#(one)}}"#),
      ], questions: 2),
    Row(
      name: "a number for a name", submission: #"{"job_set_id":12345,"status":"queued"}"#,
      answers: [(200, #"{"job_set_id":12345,"status":"completed","results":\#(one)}"#)],
      questions: 1),
    Row(
      name: "empty places in the first answer",
      submission: #"{"job_set_id":"j-1","status":"queued","data":[{"url":""}]}"#,
      answers: [results("completed", one)], questions: 1),
    Row(
      name: "one of three in the first answer, which goes on",
      submission: #"{"job_set_id":"j-1","status":"processing","data":\#(one)}"#,
      answers: [
        results("completed", #"[{"url":"HOST/0.jpg"},{"url":"HOST/1.jpg"},{"url":"HOST/2.jpg"}]"#)
      ], count: 3, pictures: 3, questions: 1),
    Row(
      name: "one of three in the first answer, then failed",
      submission: #"{"job_set_id":"j-1","status":"processing","data":\#(one)}"#,
      answers: [failed], count: 3, state: .partlyDone, questions: 1, spent: 1),
    Row(
      name: "asks to wait for hours",
      answers: [(429, #"{"error":"slow"}"#), results("completed", one)], questions: 2),
  ]

  @Test(arguments: rows) func whatWasDrawnIsKept(_ row: Row) async throws {
    let bytes = try jpeg()
    let asked = Collected<Int>()
    let provider = try ScriptedProvider { request, _ in
      let host = "http://\(request.header("Host") ?? "")"
      func json(_ status: Int, _ text: String) -> HTTPReply {
        .json(
          status, text.replacing("HOST", with: host),
          status == 429 ? [HTTPHeader("Retry-After", "9999")] : [])
      }
      if request.path.hasSuffix("/getEditMultiImage") { return json(200, row.submission) }
      guard request.method == "POST" else { return .picture(bytes) }
      asked.append(0)
      let answer = row.answers[min(asked.all.count, row.answers.count) - 1]
      return json(answer.status, answer.body)
    }
    let options = StudioOptions(
      retries: Bench.quick, pollPauses: Array(repeating: 0.001, count: 4))
    let bench = try await Bench(options: options)
    let connection = ProviderConnection(name: "test", dialect: "pixazo", baseURL: provider.url)
    let job = try await bench.run(small(count: row.count), on: connection)
    #expect(job.state == row.state, "\(job.message ?? "")")
    #expect(job.pictures.count == row.pictures)
    #expect(asked.all.count == row.questions ?? 4)
    #expect((job.rawReply != nil) == (row.keepsBody || row.state.phase == .unknown))
    #expect(provider.requests.all.count { $0.path.hasSuffix("/getEditMultiImage") } == 1)
    let tally = try await bench.studio.ledgerStatus().today
    if let spent = row.spent { #expect(tally.spent[Balances.pictures] == Int64(spent)) }
    if row.atRisk > 0 { #expect(tally.atRisk[Balances.pictures] == Int64(row.atRisk)) }
  }

  /// What an answer names while the job goes on is in the journal before the next question: a service that is killed
  /// then leaves it to the next one, whatever the job says to that.
  @Test(arguments: [
    (results("processing", one), JobState.partlyDone, 1, 0),
    (results("running", #"[{"b64_json":"INLINE"}]"#), .partlyDone, 1, 0),
    ((200, #"{"status":"processing","usage":{"generated_images":1}}"#), .unknown(.open), 0, 1),
    (results("processing", one, #","usage":{"generated_images":2}"#), .unknown(.open), 1, 1),
  ])
  func whatIsNamedOnTheWayOutlivesTheService(
    named: (Int, String), state: JobState, pictures: Int, atRisk: Int
  ) async throws {
    let bytes = try jpeg()
    let directory = try TemporaryDirectory()
    let (first, second) = (directory.path("gallery"), try TemporaryDirectory())
    let asked = Collected<Int>()
    let provider = try ScriptedProvider { request, _ in
      let host = "http://\(request.header("Host") ?? "")"
      func json(_ text: String) -> HTTPReply {
        .json(
          200,
          text.replacing("HOST", with: host)
            .replacing("INLINE", with: Data(bytes).base64EncodedString()))
      }
      if request.path.hasSuffix("/getEditMultiImage") {
        return json(#"{"job_set_id":"j-1","status":"queued"}"#)
      }
      guard request.method == "POST" else { return .picture(bytes) }
      switch asked.append(0) {
      case 0: return json(named.1)
      case 1:
        // What a service that is killed just now leaves.
        try? FileManager.default.copyItem(atPath: first, toPath: second.path("gallery"))
        return json(Self.pending.1)
      default: return json(Self.failed.1)
      }
    }
    var options = StudioOptions(retries: Bench.quick, pollPauses: [0.001, 0.001, 0.001, 0.001])
    options.keys = { _ in .key("the-key-of-it") }
    let bench = try await Bench(directory, options: options)
    let connection = ProviderConnection(name: "test", dialect: "pixazo", baseURL: provider.url)
    let job = try await bench.run(small(count: 2), on: connection)
    #expect(job.state == state, "\(job.message ?? "")")

    let next = try await Bench(second, options: options)
    await next.studio.lookUpKeys()
    await next.studio.untilIdle()
    let after = try await next.studio.job(job.id)
    #expect(after.state == state, "\(after.message ?? "")")
    #expect(after.pictures.count == pictures)
    let tally = try await next.studio.ledgerStatus().today
    #expect(tally.atRisk[Balances.pictures] == Int64(atRisk))
    #expect(tally.spent[Balances.pictures] == Int64(pictures))
    #expect(provider.requests.all.count { $0.path.hasSuffix("/getEditMultiImage") } == 1)
  }

  @Test func aWishIsCutToWhatIsLeft() {
    let polling = Polling(path: "/p", member: "m")
    #expect(polling.pause(asked: 1, troubles: 1, wish: 0, left: 600) == 5)
    #expect(polling.pause(asked: 1, troubles: 1, wish: 30, left: 600) == 30)
    #expect(polling.pause(asked: 1, troubles: 1, wish: 9999, left: 600) == 120)
    // The last time is at the very end.
    #expect(polling.pause(asked: 9, troubles: 1, wish: 9999, left: 3.5) == 3.5)
    #expect(polling.pause(asked: 9, troubles: 0, wish: 0, left: 0) == nil)
  }
}
