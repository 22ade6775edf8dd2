import RecordedReplies
import Seedream
import Testing

@Suite struct ContradictionsC15ToC28 {
  @Test("C15: the tools of a request are 'tools'; those of a reply may be 'tool'")
  func c15() throws {
    var request = try lantern("lite")
    request.webSearch = true
    #expect(try sent(request, .ark)["tools"] == (try JSON(#"[{"type":"web_search"}]"#)))
    for name in ["tools", "tool"] {
      let plain = Heard(
        #"{"data":[{"url":"https://e.com/0"}],"\#(name)":[{"type":"web_search"}, 7]}"#)
      #expect(plain.completion?.tools == ["web_search"])
      let stream = Heard(
        #"data: {"type":"x.partial_succeeded","url":"https://e.com/0"}"# + "\n\n"
          + #"data: {"type":"x.completed","\#(name)":[{"type":"web_search"}]}"# + "\n\n")
      #expect(stream.completion?.tools == ["web_search"])
    }
  }

  @Test("C16: an event is read from one line, and from several")
  func c16() {
    let one = #"data: {"type":"a.partial_succeeded","url":"https://e.com/0"}"# + "\n\n"
    let several =
      "data: {\ndata:   \"type\": \"a.partial_succeeded\",\n"
      + "data:   \"url\": \"https://e.com/0\"\ndata: }\n\n"
    #expect(Heard(one).pictures == Heard(several).pictures)
    #expect(Heard(several).pictures.map(\.source) == [.url("https://e.com/0")])
  }

  @Test("C17: a stream may end without 'completed', but not without an end")
  func c17() {
    let picture = #"data: {"type":"a.partial_succeeded","url":"https://e.com/0"}"# + "\n\n"
    #expect(Heard(picture + "data: [DONE]\n\n").events.last == .finished)
    #expect(
      Heard(picture + #"data: {"type":"a.completed"}"# + "\n\n").events.last == .finished)
    #expect(Heard(picture).events.last == .interrupted)
  }

  @Test("C18: a refused member does not end the stream; a failure inside lets none follow")
  func c18() {
    func stream(_ code: String) -> String {
      #"data: {"type":"a.partial_succeeded","image_index":0,"url":"https://e.com/0"}"# + "\n\n"
        + #"data: {"type":"a.partial_failed","image_index":1,"error":{"code":"\#(code)","message":"m"}}"#
        + "\n\n"
    }
    let next = #"data: {"type":"a.partial_succeeded","image_index":2,"url":"https://e.com/2"}"#
    let heard = Heard(
      stream("OutputImageSensitiveContentDetected") + next + "\n\ndata: [DONE]\n\n")
    #expect(heard.pictures.map(\.index) == [0, 2])
    #expect(heard.refused.map(\.code) == ["OutputImageSensitiveContentDetected"])
    #expect(heard.events.last == .finished)
    #expect(Heard(stream("InternalServiceError")).events.last == .finished)
  }

  @Test("C19: a preview is never a picture")
  func c19() {
    let preview = #"data: {"type":"image_generation.partial_image","b64_json":"SGVsbG8h"}"#
    let heard = Heard(preview + "\n\n" + Recorded.stream)
    #expect(heard.pictures.count == Heard(Recorded.stream).pictures.count)
    #expect(heard.events.first == .imageDropped(image: 0))
  }

  @Test("C20: a long prompt is worth a word and is sent whole")
  func c20() throws {
    var request = try lantern("4.5")
    request.prompt = String(repeating: "fog ", count: 5000)
    #expect(told(request, .ark).map(\.severity) == [.advice])
    #expect(try sent(request, .ark)["prompt"] == .string(request.prompt))
  }

  @Test(
    "C21: one reference is a string on Ark and its like, always a list elsewhere",
    arguments: [
      ("ark", false), ("byteplus", false), ("unified", false), ("chainhub", false),
      ("pixazo", true),
      ("apiyi", true),
    ])
  func c21(name: String, isList: Bool) throws {
    let dialect = try #require(Dialect.named(name))
    let address = JSON.string("https://example.com/0.png")
    #expect(
      try sent(lantern("4.0", references: 1), dialect)["image"]
        == (isList ? .array([address]) : address))
    if case .array(let list)? = try sent(lantern("4.0", references: 2), dialect)["image"] {
      #expect(list.count == 2)
    } else {
      Issue.record("two references are no list")
    }
    #expect(try sent(lantern("4.0"), dialect)["image"] == nil)
  }

  @Test("C22: the limit counts pictures a minute, and says so")
  func c22() throws {
    for name in ["pro", "flash", "lite", "4.5", "4.0"] {
      #expect(ModelCatalogue.builtIn.model(named: name)?.picturesPerMinute == 500)
    }
    let error = APIError(status: 429, code: "ModelAccountIpmRateLimitExceeded", message: "")
    #expect(error.sentence.contains("pictures this minute"))
    #expect(error.retry == .backOff)
  }

  @Test(
    "C23: Pixazo's pictures are found in every shape of its replies",
    arguments: [
      #"{"data":[{"url":"https://e.com/0"}]}"#, #"{"data":[{"imageUrl":"https://e.com/0"}]}"#,
      #"{"status":"completed","results":[{"url":"https://e.com/0"}]}"#,
      #"{"status":"succeeded","results":[{"imageUrl":"https://e.com/0"}]}"#,
    ])
  func c23(body: String) {
    let heard = Heard(body, dialect: .pixazo)
    #expect(heard.pictures.map(\.source) == [.url("https://e.com/0")])
    #expect(heard.events.last == .finished)
  }

  @Test(
    "C24: an error is read in every form, an object before a string before the rest",
    arguments: [
      (#"{"error":{"code":"c","message":"from the object"},"detail":"d"}"#, "from the object"),
      (#"{"error":"from the string","detail":"d","message":"m"}"#, "from the string"),
      (#"{"detail":"from the detail","message":"m"}"#, "from the detail"),
      (#"{"detail":[{"loc":["body"],"msg":"from the list"}],"message":"m"}"#, "from the list"),
      (#"{"message":"from the message"}"#, "from the message"), ("from the text", "from the text"),
    ])
  func c24(body: String, message: String) {
    for dialect in Dialect.builtIn {
      #expect(Heard(body, status: 400, dialect: dialect).failure?.message == message)
    }
  }

  @Test("C25: 15 less the references on Ark; n ends at 4")
  func c25() throws {
    #expect(told(try lantern("4.5", count: 15), .ark) == [])
    #expect(told(try lantern("4.5", count: 12, references: 3), .ark) == [])
    #expect(
      told(try lantern("4.5", count: 13, references: 3), .ark).map(\.suggestions) == [["12"]])
    #expect(try sent(lantern("4.5", count: 4), .apiyi)["n"] == .number(4))
    #expect(try sent(lantern("4.5", count: 5), .apiyi)["n"] == nil)
  }

  @Test("C26: whatever a model is called, each site is sent its own id")
  func c26() throws {
    for model in ModelCatalogue.builtIn.models {
      for name in model.names {
        let request = GenerationRequest(model: name, prompt: "fog")
        for dialect in Dialect.builtIn
        where dialect.name != "pixazo" && !model.id(for: dialect.site).isEmpty {
          guard case .string(let id)? = try sent(request, dialect)["model"] else {
            Issue.record("\(dialect.name) is sent no model")
            continue
          }
          #expect(
            id.hasPrefix("doubao-") == (dialect.site == .volcengine), "\(dialect.name) \(name)")
        }
      }
    }
  }

  @Test("C27: 'success' means nothing; pictures do")
  func c27() {
    for success in ["true", "false"] {
      let heard = Heard(
        #"{"success":\#(success),"data":[{"url":"https://e.com/0"}]}"#, dialect: .pixazo)
      #expect(heard.events.last == .finished)
    }
    #expect(Heard(#"{"success":true}"#, dialect: .pixazo).isUnreadable)
  }

  @Test("C28: the web is searched on Volcengine, and on BytePlus behind a flag")
  func c28() throws {
    var request = try lantern("lite")
    request.webSearch = true
    #expect(try sent(request, .ark)["tools"] != nil)
    #expect(try sent(request, .byteplus)["tools"] == nil)
    #expect(told(request, .byteplus).map(\.field) == [.webSearch])
    var flagged = Dialect.byteplus
    flagged.limits.webSearch = true
    #expect(try sent(request, flagged)["tools"] != nil)
    #expect(told(request, flagged) == [])
    request.model = "4.5"
    #expect(try sent(request, flagged)["tools"] == nil)
    #expect(told(request, flagged).map(\.field) == [.webSearch])
  }
}
