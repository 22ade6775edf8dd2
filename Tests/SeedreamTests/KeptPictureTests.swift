import RecordedReplies
import Seedream
import Testing

/// What was paid for is kept, however the reply around it is damaged, cut, or called.
@Suite struct KeptPictureTests {
  private static let png = ReplyFormTests.png
  private static let jpeg = ReplyFormTests.jpeg

  private func heard(
    _ text: String, status: Int = 200, dialect: Dialect = .ark, limits: ReplyLimits = ReplyLimits(),
    sent: Set<String> = []
  ) -> Heard {
    Heard(
      Array(text.utf8), status: status, dialect: dialect, limits: limits,
      address: ReplyFormTests.address, sent: sent)
  }

  private func bytes(_ base64: String) throws -> [UInt8] {
    try #require(heard(#"{"data":[{"b64_json":"\#(base64)"}]}"#).images[0])
  }

  // MARK: Base64 that is none

  /// X stands for a string that is no picture, beside the address of one.
  static let besideAddress = [
    #"{"data":[{"b64_json":"X","url":"https://e.com/1"}],"usage":{"generated_images":1}}"#,
    #"{"data":[{"url":"https://e.com/1","b64_json":"X"}]}"#,
    #"{"data":[{"url":"https://e.com/1","image":{"base64":"X"}}]}"#,
    #"{"data":{"b64_json":"X","url":"https://e.com/1"}}"#,
    #"{"images":[{"is_base64":"X","url":"https://e.com/1"}]}"#,
    "data: {\"type\":\"a.partial_succeeded\",\"b64_json\":\"X\",\"url\":\"https://e.com/1\"}\n\ndata: [DONE]\n\n",
    "data: {\"data\":[{\"b64_json\":\"X\",\"url\":\"https://e.com/1\"}]}\n\ndata: [DONE]\n\n",
  ]

  @Test(arguments: besideAddress)
  func whatIsNoPictureGivesWayToTheAddressBesideIt(form: String) {
    let texts = [
      "None", "null", "false", "true", "undefined", "nil", "", "AA*A", "SGVsbG8sIHdvcmxkIQ==",
      Self.png.prefix(40) + "*" + Self.png.dropFirst(44), "A",
    ]
    for text in texts {
      let heard = heard(form.replacing("\"X\"", with: "\"\(text)\""))
      #expect(heard.pictures.map(\.source) == [.url("https://e.com/1")], "\(text)")
      #expect(heard.events.last == .finished, "\(text)")
    }
  }

  @Test(arguments: ["None", "null", "False", "undefined", " nil "])
  func aWordForNothingIsNoPicture(word: String) {
    #expect(heard(#"{"data":[{"b64_json":"\#(word)"}]}"#).isUnreadable)
  }

  @Test func aPictureOfItsOwnStays() throws {
    let heard = heard(
      #"{"data":[{"b64_json":"SGVsbG8sIHdvcmxkIQ=="},{"b64_json":"\#(Self.png)","url":"https://e.com/1"}]}"#
    )
    #expect(heard.pictures.count == 2)
    #expect(heard.images[1] == (try bytes(Self.png)))
  }

  // MARK: Base64 that ends or goes on wrongly

  @Test func whatDecodesOfABeginningIsThePicture() throws {
    let whole = try bytes(Self.png)
    let short = String(Self.png.prefix(77))
    let cases: [(String, [UInt8])] = [
      (short, Array(whole.prefix(57))), (short + "=", Array(whole.prefix(57))),
      (Self.png + "\\u0000", whole), (Self.png + "`", whole), (Self.png + "====", whole),
      (Self.png + "\u{200b}", whole),
      (Self.png.prefix(40) + "." + Self.png.dropFirst(40), whole),
      (Self.png.prefix(40) + "\u{a0}" + Self.png.dropFirst(40), whole),
      ("data:image/png;base64," + Self.png + "%3", whole),
    ]
    for (text, expected) in cases {
      for form in [
        #"{"data":[{"b64_json":"X"}],"usage":{"generated_images":1}}"#, #"{"images":["X"]}"#,
        "data: {\"type\":\"a.partial_succeeded\",\"b64_json\":\"X\"}\n\ndata: [DONE]\n\n",
      ] {
        let heard = heard(form.replacing("X", with: text))
        #expect(Array(heard.claimed.values) == [expected], "\(text) \(form)")
        #expect(heard.events.last == .finished, "\(text) \(form)")
      }
    }
  }

  // MARK: Replies that end too early

  @Test func anEventCutBehindItsPictureKeepsIt() throws {
    let whole = try bytes(Self.png)
    let start =
      "data: {\"type\":\"image_generation.partial_succeeded\",\"image_index\":2,\"b64_json\":\""
      + Self.png + "\""
    let rest = ",\"size\":\"1x2\",\"x\":{\"y\":[1,"
    for count in 0...rest.count {
      for end in ["", "\n\n", "\n\ndata: [DONE]\n\n"] {
        let heard = heard(start + rest.prefix(count) + end)
        #expect(Array(heard.claimed.values) == [whole], "\(count)")
        #expect(heard.pictures.map(\.index) == [2], "\(count)")
        if count > 13 { #expect(heard.pictures.first?.size == PixelSize(1, 2), "\(count)") }
        if end != "\n\ndata: [DONE]\n\n" { #expect(heard.events.last == .interrupted) }
      }
    }
    let preview = start.replacing("partial_succeeded", with: "partial_image")
    #expect(heard(preview).pictures.isEmpty)
    #expect(heard(preview + ",}\n\ndata: [DONE]\n\n").pictures.isEmpty)
  }

  /// PNG and URL stand for a picture; each is cut at the end.
  static let torn: [(String, Int)] = [
    (#"{"code":0,"data":{"data":[{"url":"URL"},{"url":"https://e.com/2"#, 1),
    (#"{"code":0,"data":{"data":[{"b64_json":"PNG"},{"b64_json":"iVBORw0KGgoAAAANSUhEU"#, 1),
    (#"{"images":["PNG","iVBORw0KGgoAAAANSUhEU"#, 1), (#"{"output":["URL","https://e.com/2"#, 1),
    (#"{"output":["URL","#, 1), (#"{"data":[{"url":"URL","size":"20"#, 1),
    (#"[{"url":"URL"},{"#, 1), (#"{"result":{"image_url":"URL""#, 1),
    (#"{"output":{"choices":[{"message":{"content":[{"image":"URL"}"#, 1),
    (#"{"choices":[{"message":{"content":"![x](URL.png) done","role":"#, 1),
    (#"{"data":{"resultJson":"{\"images\":[\"URL\"]}","state""#, 1),
    (#"{"results":[{"url":"URL"},{"url":"https://e.com/2"}],"usage":{"gen"#, 2),
    // Those are of the request, or smaller.
    (#"{"input":{"image":"URL"},"prom"#, 0), (#"{"prompt":"x","image":"URL","da"#, 0),
    (#"{"thumbnail":"PNG","data":[{"b64_json":"iVBOR"#, 0), (#"{"status":"x","url":"http"#, 0),
    (#"{"data":[{"preview":{"b64_json":"PNG"},"#, 0),
  ]

  @Test(arguments: torn) func whatIsWholeInATornReplyIsKept(text: String, count: Int) {
    let text = text.replacing("PNG", with: Self.png).replacing("URL", with: "https://e.com/1")
    let heard = heard(text)
    #expect(heard.pictures.count == count, "\(heard.events)")
    #expect(heard.events.last == .interrupted)
  }

  @Test func whatIsWholeBeforeALimitIsKept() {
    let long = String(repeating: "x", count: 3000)
    for text in [
      #"{"images":["\#(Self.png)"],"debug":"\#(long)"}"#,
      #"{"output":["https://e.com/1"],"debug":"\#(long)"}"#,
      "data: {\"images\":[\"\(Self.png)\"],\"debug\":\"\(long)\"}\n\n",
    ] {
      let heard = heard(text, limits: ReplyLimits(documentBytes: 2000))
      #expect(heard.pictures.count == 1)
      #expect(heard.events.last == .abandoned(.documentTooLarge(limit: 2000)))
    }
  }

  @Test(arguments: [
    #"{"data":[{"b64_json":"PNG",}]}"#, #"{"data":[{"url":"https://e.com/1",},]}"#,
    "{\"data\":[{\"url\":\"https://e.com/1\",\"x\":\"a\nb\"}]}",
    #"{"images":["PNG",],"usage":{"generated_images":1,},}"#,
    "data: {\"type\":\"a.partial_succeeded\",\"b64_json\":\"PNG\",}\n\ndata: [DONE]\n\n",
    "data: {\"type\":\"a.partial_succeeded\",\"url\":\"https://e.com/1\",}\n\ndata: [DONE]\n\n",
  ])
  func aCommaTooManyTakesNothingAway(text: String) {
    let heard = heard(text.replacing("PNG", with: Self.png))
    #expect(heard.pictures.count == 1)
    #expect(heard.events.last == .finished)
  }

  @Test func aTornJobIsAskedFor() {
    let heard = heard(#"{"job_set_id":"j1","status":"queu"#, dialect: .pixazo)
    #expect(heard.completion?.pending == PendingJob(id: "j1"))
    #expect(heard.events.last == .interrupted)
  }

  // MARK: What is said twice

  @Test(arguments: [
    "data: {\"type\":\"a.partial_succeeded\",\"url\":\"https://e.com/1\"}\n\n"
      + "data: {\"type\":\"a.completed\",\"url\":\"https://e.com/1\",\"usage\":{\"generated_images\":1}}\n\n",
    "data: {\"data\":[{\"url\":\"https://e.com/1\"}]}\n\n"
      + "data: {\"data\":[{\"url\":\"https://e.com/1\"}],\"usage\":{\"generated_images\":1}}\n\ndata: [DONE]\n\n",
    "data: {\"choices\":[{\"message\":{\"content\":\"![x](https://e.com/1)\"}}]}\n\n"
      + "data: {\"choices\":[{\"message\":{\"content\":\"![x](https://e.com/1) done\"}}]}\n\ndata: [DONE]\n\n",
    #"{"url":"https://e.com/1"}"# + "\n" + #"{"data":[{"url":"https://e.com/1"}]}"#,
  ])
  func anAddressIsOnePicture(text: String) {
    let heard = heard(text)
    #expect(heard.pictures.map(\.source) == [.url("https://e.com/1")])
    #expect(heard.events.last == .finished)
  }

  /// Pieces of one picture, each in base64 of its own: no file of them would be a picture.
  @Test func piecesThatAreNoPictureByThemselvesAreUnread() throws {
    let pieces = (0..<4).map { String(Self.png.dropFirst($0 * 24).prefix(24)) }
    let events = pieces.map { "data: {\"b64_json\":\"\($0)\"}\n\n" }.joined()
    let list = pieces.map { "\"\($0)\"" }.joined(separator: ",")
    for text in [
      events
        + "data: {\"type\":\"a.completed\",\"usage\":{\"generated_images\":1}}\n\ndata: [DONE]\n\n",
      #"{"data":[{"b64_json":[\#(list)]}],"usage":{"generated_images":1}}"#,
    ] {
      let heard = heard(text)
      #expect(heard.isUnreadable, "\(heard.events)")
      #expect(heard.pictures.count <= 1)
      #expect(heard.completion?.usage.generatedImages == 1)
    }
  }

  // MARK: Under a status that refuses

  private static let error = #""error":{"code":"InternalServiceError","message":"x"}"#
  private static let usage = #""usage":{"generated_images":1}"#

  @Test(arguments: [400, 403, 404, 422, 307, 429, 500, 503, 502])
  func aPictureIsKeptWhateverTheStatus(status: Int) throws {
    let whole = try bytes(Self.png)
    for body in [
      #"{"data":[{"b64_json":"\#(Self.png)"}],\#(Self.usage)}"#,
      #"{\#(Self.error),"data":[{"b64_json":"\#(Self.png)"}],\#(Self.usage)}"#,
      #"{\#(Self.error),"artifacts":[{"base64":"\#(Self.png)"}]}"#,
    ] {
      let heard = heard(body, status: status)
      #expect(Array(heard.claimed.values) == [whole], "\(body)")
      #expect(heard.failure == nil)
    }
    for body in [
      #"{"data":[{"url":"https://e.com/1"}],\#(Self.usage)}"#,
      #"{"output":["https://e.com/1"],\#(Self.usage)}"#, #"{"data":[{"url":"https://e.com/1"}]}"#,
      "data: {\"type\":\"a.partial_succeeded\",\"url\":\"https://e.com/1\"}\n\ndata: [DONE]\n\n",
    ] {
      let heard = heard(body, status: status)
      #expect(heard.pictures.map(\.source) == [.url("https://e.com/1")], "\(body)")
      #expect(heard.failure == nil)
    }
    for body in [#"{\#(Self.error),\#(Self.usage)}"#, #"{\#(Self.usage)}"#] {
      let heard = heard(body, status: status)
      #expect(heard.isUnreadable)
      #expect(heard.completion?.usage.generatedImages == 1)
    }
    let job = #"{"job_set_id":"j1","status":"queued"}"#
    #expect(heard(job, status: status, dialect: .pixazo).completion?.pending?.id == "j1")
    #expect(heard(job, status: status, dialect: .pixazo).events.last == .interrupted)
    #expect(heard(job, status: status).isUnreadable)
    for taken in [
      #"{"task_id":"abc","status":"submitted"}"#,
      #"{"code":0,"data":{"id":"abc","status":"IN_PROGRESS"}}"#,
    ] { #expect(heard(taken, status: status).isUnreadable, "\(taken)") }
  }

  @Test(arguments: [
    #"{"error":{"code":"InvalidParameter","message":"see https://e.com/a.png"}}"#,
    #"{"detail":[{"type":"missing","loc":["body"],"input":{"image":"https://e.com/2.png"},"url":"https://errors.example/2/v/missing"}]}"#,
    #"{"error":"no","request":{"image":"data:image/png;base64,PNG"},"image":"data:image/png;base64,PNG"}"#,
    #"{"error":"no","url":"https://status.example","data":[]}"#, #"{"error":"no","data":null}"#,
    #"{"data":[{"error":{"code":"c","message":"m"}}],"usage":{"generated_images":0}}"#,
    "<html>no</html>", "", "no", #"{"error":{"code":"#, "data: {\"error\":{\"code\":\"x\"}}\n\n",
  ])
  func aRefusalByStatusStaysOne(body: String) {
    for status in [400, 429, 500] {
      let heard = heard(body.replacing("PNG", with: Self.png), status: status)
      #expect(heard.failure?.status == status, "\(heard.events)")
      #expect(heard.pictures.isEmpty)
      #expect(heard.completion == nil)
    }
  }

  // MARK: Behind an error

  @Test func whatFollowsAnErrorIsRead() {
    let picture = "data: {\"type\":\"a.partial_succeeded\",\"url\":\"https://e.com/1\"}\n\n"
    for error in [
      "data: {\(Self.error)}\n\n", "event: error\ndata: {\(Self.error)}\n\n",
      "data: {\"error\":{\"code\":\"OutputImageSensitiveContentDetected\",\"message\":\"x\"}}\n\n",
    ] {
      let end = "data: {\"type\":\"a.completed\",\(Self.usage)}\n\ndata: [DONE]\n\n"
      #expect(heard(error + picture + end).pictures.count == 1)
      #expect(heard(error + end).isUnreadable)
      #expect(heard(error + end).completion?.usage.generatedImages == 1)
      #expect(heard(error + "data: [DONE]\n\n").failure != nil)
      #expect(heard(error).failure != nil)
      let torn = "data: {\"type\":\"a.partial_succeeded\",\"b64_json\":\"iVBORw0KGgo\n\n"
      #expect(heard(torn + error + "data: [DONE]\n\n").isUnreadable)
    }
  }
}
