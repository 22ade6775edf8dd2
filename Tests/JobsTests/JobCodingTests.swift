import FoundationEssentials
import Jobs
import Seedream
import Testing

/// A service of yesterday and a front end of today, and the other way round, understand each other; so do programs
/// that read `--json`.
@Suite struct JobCodingTests {
  /// A job as a service told it before its state had anything of its own.
  private static func line(_ state: String, _ more: String = "") -> String {
    #"{"attempts":1,"clientRequestID":"2026113018230011602F870EC3712E1398","id":"zp5g","#
      + #""isUnresolved":false,"members":[],"modelName":"Seedream 4.5","needsKey":false,"notices":[],"#
      + #""provider":"sandbox","request":{"count":1,"layers":false,"model":"seedream-4.5","#
      + #""prompt":"a lake","references":[],"responseFormat":"url","size":"2K","streaming":"auto","#
      + #""watermark":false,"webSearch":false},"revision":1796062980101,"state":"\#(state)","#
      + #""submitted":1796062980.09375,"usualSeconds":37.5\#(more)}"#
  }

  private static let needsKey: @Sendable (String) -> String = {
    $0.replacing(#""needsKey":false"#, with: #""needsKey":true"#)
  }

  private static let isUnresolved: @Sendable (String) -> String = {
    $0.replacing(#""isUnresolved":false"#, with: #""isUnresolved":true"#)
  }

  private static func placed(_ place: Int) -> String {
    line("queued").replacing(#""provider""#, with: #""place":\#(place),"provider""#)
  }

  static let forms: [(line: String, state: JobState)] = [
    (line("queued"), .queued()), (placed(2), .queued(QueuedState(place: 2))),
    (needsKey(placed(0)), .queued(QueuedState(place: 0, waitsFor: .key))),
    (needsKey(line("queued")), .queued(QueuedState(waitsFor: .key))),
    (
      line("queued", #","waitsUntil":1796063000.5"#),
      .queued(QueuedState(waitsFor: .time(1_796_063_000.5)))
    ),
    (line("sending"), .sending), (line("running"), .running()),
    (needsKey(line("running")), .running(needsKey: true)), (line("downloading"), .downloading()),
    (isUnresolved(line("downloading")), .downloading(isUnresolved: true)), (line("done"), .done),
    (line("partly done"), .partlyDone), (line("failed"), .failed), (line("cancelled"), .cancelled),
    (isUnresolved(line("unknown")), .unknown(.open)), (line("unknown"), .unknown(.settled)),
  ]

  @Test(arguments: forms) func yesterdaysFormIsReadAndWritten(line: String, state: JobState) throws
  {
    let job = try JSONDecoder().decode(JobStatus.self, from: Data(line.utf8))
    #expect(job.state == state)
    #expect(job.id == "zp5g" && job.revision == 1_796_062_980_101 && job.request.prompt == "a lake")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(String(decoding: try encoder.encode(job), as: UTF8.self) == line)
  }

  /// What a program of yesterday reads of a state.
  private struct Flags: Codable, Equatable {
    var state: String
    var needsKey: Bool
    var waitsUntil: Double?
    var place: Int?
    var isUnresolved: Bool
  }

  @Test(arguments: forms) func yesterdaysProgramReadsTodaysWords(line: String, state: JobState)
    throws
  {
    let flags = try JSONDecoder().decode(Flags.self, from: try JSONEncoder().encode(state))
    #expect(flags == (try JSONDecoder().decode(Flags.self, from: Data(line.utf8))))
  }

  /// Whoever answers on the socket, and whoever wrote a record: what is counted on with cannot overflow.
  @Test(arguments: ["9223372036854775807", "-9223372036854775808", "0"])
  func numbersAreOnesToCountOnWith(_ number: String) throws {
    let group = try JSONDecoder().decode(
      JobGroup.self, from: Data(#"{"id":"k7f2","place":\#(number),"size":\#(number)}"#.utf8))
    #expect((0..<group.size).contains(group.place))
    #expect(group.size <= 1_000_000)
    let state = try JSONDecoder().decode(
      JobState.self,
      from: Data(
        #"{"state":"queued","needsKey":false,"isUnresolved":false,"place":\#(number)}"#.utf8))
    #expect((0...1_000_000_000).contains(try #require(state.place)))
  }

  @Test func everythingElseOfAJobComesBack() throws {
    var job = JobStatus(
      id: "k7f2", state: .partlyDone,
      request: GenerationRequest(model: "seedream-4.5", prompt: "four seasons", count: 4),
      provider: "ark", modelName: "Seedream 4.5", submitted: 1, sent: 2, finished: 3.5, attempts: 2,
      usualSeconds: 15, message: "One was refused.", revision: 9, notices: ["A notice."],
      providerRequestID: "02", clientRequestID: "03",
      reserved: Price(currency: "USD", millionths: 40_000),
      cost: Price(currency: "USD", millionths: 30_000),
      group: JobGroup(id: "k7f2", place: 1, size: 4))
    job.atRisk = Price(currency: "USD", millionths: 10_000)
    job.usage = Usage(generatedImages: 3, outputTokens: 9)
    job.error = APIError(code: "Sensitive", message: "No.")
    job.modelAnswered = "seedream-4-5-251128"
    job.rawReply = JobStatus.RawReply(byteCount: 7, isWhole: false)
    var picture = SavedPicture(
      id: "k7f2-1", file: "2026-11-21/1.jpg", width: 2, height: 3, byteCount: 4, created: 5,
      remark: "odd")
    picture.trashed = 6
    for (index, outcome) in [
      JobStatus.Outcome.arriving, .saved(picture),
      .refused(code: "Sensitive", message: "No.", requestID: "02"),
      .lost(message: "Gone.", isFetchable: true),
    ].enumerated() {
      job.set(.init(index: index, outcome: outcome, address: "https://a/\(index)", said: "said"))
    }
    let back = try JSONDecoder().decode(JobStatus.self, from: try JSONEncoder().encode(job))
    #expect(back == job)
  }

  @Test func olderServicesAndClientsSpeakOfPaths() throws {
    let old = """
      {"byteCount":4,"created":5,"height":3,"id":"k7f2-1","path":"/g/2026-11-21/1.jpg","width":2}
      """
    let decoder = JSONDecoder()
    // Where files are is known to whoever decodes.
    #expect(throws: DecodingError.self) {
      try decoder.decode(SavedPicture.self, from: Data(old.utf8))
    }
    decoder.userInfo[try #require(CodingUserInfoKey.fileNaming)] = FileNaming {
      String($0.dropFirst("/g/".count))
    }
    let picture = SavedPicture(
      id: "k7f2-1", file: "2026-11-21/1.jpg", width: 2, height: 3, byteCount: 4, created: 5)
    #expect(try decoder.decode(SavedPicture.self, from: Data(old.utf8)) == picture)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(!String(decoding: try encoder.encode(picture), as: UTF8.self).contains("path"))
    encoder.userInfo[try #require(CodingUserInfoKey.galleryRoot)] = "/g"
    #expect(
      String(decoding: try encoder.encode(picture), as: UTF8.self) == """
        {"byteCount":4,"created":5,"file":"2026-11-21/1.jpg","height":3,"id":"k7f2-1",\
        "path":"/g/2026-11-21/1.jpg","width":2}
        """)
  }
}
