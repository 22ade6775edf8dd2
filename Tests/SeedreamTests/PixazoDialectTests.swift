import RecordedReplies
import Seedream
import Testing

@Suite struct PixazoDialectTests {
  static let job = PendingJob(id: "job-abc123xyz")

  func heard(_ body: String, status: Int = 200, job: PendingJob? = nil) -> Heard {
    Heard(body, status: status, dialect: .pixazo, job: job)
  }

  @Test func sendsItsHeadersAndNoModel() throws {
    let request = GenerationRequest(
      model: "4.0", prompt: "Girl holding the cat",
      references: [.url("https://example.com/1.jpg")])
    let wire = try Dialect.pixazo.encode(request, for: nil)
    #expect(
      Dialect.pixazo.baseURL + wire.path
        == "https://gateway.pixazo.ai/byteplus/v1/getEditMultiImage")
    #expect(wire.headers.contains(.init("Content-Type", "application/json")))
    #expect(wire.headers.contains(.init("Cache-Control", "no-cache")))
    #expect(
      Dialect.pixazo.authentication.header(key: "K")
        == .init("Ocp-Apim-Subscription-Key", "K"))
    let example = try JSON(
      #"{"prompt":"Girl holding the cat","image":["https://example.com/1.jpg"],"#
        + #""response_format":"url","size":"2K","watermark":false,"#
        + #""sequential_image_generation":"disabled"}"#)
    #expect(try sent(request, .pixazo) == example)
  }

  @Test func aSetIsANumberOfImages() throws {
    let body = try sent(lantern("4.0", count: 3), .pixazo)
    #expect(body["num_images"] == .number(3))
    #expect(body["sequential_image_generation"] == .string("auto"))
    #expect(body["stream"] == nil)
  }

  @Test func askingToStreamIsLeftOutWithAWord() throws {
    var request = try lantern("4.0", count: 3)
    request.streaming = .on
    #expect(told(request, .pixazo).map(\.field) == [.streaming])
    #expect(try sent(request, .pixazo)["stream"] == nil)
  }

  @Test func readsTheSynchronousReply() {
    let heard = heard(
      #"{"created":1757585224,"data":[{"url":"https://pub-5.r2.dev/a-1.jpg"}],"usage":"#
        + #"{"generated_images":1,"output_tokens":4096,"total_tokens":4096}}"#)
    #expect(heard.pictures.map(\.source) == [.url("https://pub-5.r2.dev/a-1.jpg")])
    #expect(heard.completion?.pending == nil)
    #expect(heard.events.last == .finished)
  }

  @Test(arguments: [
    #"{"job_set_id":"job-abc123xyz"}"#,
    #"{"job_set_id":"job-abc123xyz","status":"queued","data":[]}"#,
    #"{"success":true,"status":"IN_PROGRESS","job_set_id":"job-abc123xyz","results":[]}"#,
    #"{"job_set_id":"job-abc123xyz","message":"submitted"}"#,
    // Of the submission, not of the pictures.
    #"{"success":true,"status":"success","message":"submitted","job_set_id":"job-abc123xyz"}"#,
    #"{"status":"succeeded","job_set_id":"job-abc123xyz","data":[]}"#,
    #"{"status":"completed","job_set_id":"job-abc123xyz","results":[]}"#,
  ])
  func aJobIsToBeAskedFor(body: String) {
    let heard = heard(body)
    #expect(heard.completion?.pending == Self.job)
    #expect(heard.pictures == [])
    #expect(heard.events.last == .interrupted)
  }

  /// What is named before the end is kept in mind: a preview, or all there will be.
  @Test func whatIsNamedWhileItIsDrawnDoesNotEndIt() {
    let heard = heard(
      #"{"job_set_id":"job-abc123xyz","status":"working","results":[{"url":"https://e.com/0"}]}"#)
    #expect(heard.completion?.pending == Self.job)
    #expect(heard.pictures.map(\.source) == [.url("https://e.com/0")])
    #expect(heard.events.last == .interrupted)
  }

  @Test func asksForAJob() throws {
    let job = try #require(Self.job)
    let wire = try #require(Dialect.pixazo.poll(job))
    #expect(
      Dialect.pixazo.baseURL + wire.path
        == "https://gateway.pixazo.ai/ai-model-api-polling/getGenerationResults")
    #expect(wire.text == #"{"job_set_id":"job-abc123xyz"}"#)
    #expect(wire.headers.contains(.init("Cache-Control", "no-cache")))
    #expect(Dialect.ark.poll(job) == nil)
  }

  @Test func asksSoonThenEveryFiveSecondsAndLessOftenInTrouble() throws {
    let polling = try #require(Dialect.pixazo.polling)
    #expect((0...2).map { polling.pause(asked: $0, troubles: 0) } == [2, 5, 5])
    #expect((1...7).map { polling.pause(asked: $0, troubles: $0) } == [5, 10, 20, 40, 60, 60, 60])
    #expect(polling.pause(asked: 9, troubles: .max) == 60)
    #expect(polling.patience == 600)
  }

  @Test(arguments: [
    #"{"job_set_id":"job-abc123xyz","status":"completed","results":[{"url":"https://e.com/0"}],"created_at":1757585224,"completed_at":1757585250}"#,
    #"{"status":"succeeded","results":[{"imageUrl":"https://e.com/0","job_id":"x"}],"job_set_id":"job-abc123xyz","created":1757585224}"#,
    #"{"status":"Success","results":[{"url":"https://e.com/0","imageUrl":"https://e.com/9"}],"created":1757585224}"#,
    #"{"results":[{"url":null,"imageUrl":"https://e.com/0"}],"created":1757585224}"#,
  ])
  func readsBothSpellingsOfADoneJob(body: String) {
    let heard = heard(body, job: Self.job)
    #expect(heard.pictures.map(\.source) == [.url("https://e.com/0")])
    #expect(heard.completion?.created == 1_757_585_224)
    #expect(heard.completion?.pending == nil)
    #expect(heard.events.last == .finished)
  }

  @Test func aDoneJobMayHoldItsPicturesAndLoseSome() {
    let heard = heard(
      #"{"status":"completed","results":[{"b64_json":"SGVsbG8sIHdvcmxkIQ=="},7,{},"#
        + #"{"error":"refused"},{"url":"https://e.com/4"}]}"#, job: Self.job)
    #expect(heard.images == [0: Array("Hello, world!".utf8)])
    #expect(heard.pictures.map(\.index).sorted() == [0, 4])
    #expect(heard.refused.map(\.message) == ["refused"])
    #expect(heard.isUnreadable)
  }

  @Test func aJobThatGoesOnIsAskedForAgainUnderItsName() {
    let heard = heard(#"{"status":"processing"}"#, job: Self.job)
    #expect(heard.completion?.pending == Self.job)
    #expect(heard.events.last == .interrupted)
  }

  @Test(arguments: [
    (#"{"job_set_id":"j","status":"failed"}"#, "JobFailed"),
    (#"{"job_set_id":"j","status":"error","error":{"code":"Bad","message":"no"}}"#, "Bad"),
    (#"{"job_set_id":"j","status":"cancelled","message":"by you"}"#, ""),
    (#"{"success":false}"#, "EmptyReply"), (#"{"error":"Invalid parameters"}"#, ""),
  ])
  func aJobThatFailedFails(body: String, code: String) {
    #expect(heard(body).failure?.code == code)
  }

  @Test func whatBecameOfAJobThatIsDoneWithoutPicturesIsNotKnown() {
    let body = #"{"job_set_id":"job-abc123xyz","status":"completed","results":[]}"#
    #expect(heard(body, job: Self.job).isUnreadable)
  }

  @Test(arguments: [
    (400, "Invalid request parameters", RetryAdvice.never),
    (401, "Invalid or missing authentication", .never),
    (429, "Rate limit exceeded, please retry later", .backOff),
    (500, "An unexpected error occurred, please try again later", .never),
  ])
  func readsItsErrors(status: Int, message: String, retry: RetryAdvice) {
    let error = heard(#"{"error":"\#(message)"}"#, status: status).failure
    #expect(error?.message == message)
    #expect(error?.retry == retry)
  }

  @Test(arguments: ["", " ", "a\nb", "job\u{1b}[2J", String(repeating: "x", count: 201), "é"])
  func aNameThatCannotBeAJobIsNotTaken(id: String) {
    #expect(PendingJob(id: id) == nil)
  }

  @Test func resultsWithinResultsGoNoDeeper() {
    let depth = 200
    let nested =
      String(repeating: #"{"results":["#, count: depth) + String(repeating: "]}", count: depth)
    #expect(heard(nested).isUnreadable)
  }
}
