import FoundationEssentials
import Gateway
import HTTP
import RecordedReplies
import Seedream
import TestSupport
import Testing

@testable import Gateway

/// Replies of odd forms and broken ones: what was paid for reaches the client.
@Suite(.timeLimit(.minutes(3))) struct PaidReplyTests {
  private static let paths = [
    "/v1/images/generations", "/api/v3/images/generations", "/byteplus-generate",
  ]
  private static let asked = #"{"model":"ep-1","prompt":"a"}"#
  private static let streamed = #"{"model":"ep-1","prompt":"a","stream":true}"#

  private func provider(_ wire: [UInt8]) throws -> RawServer {
    try RawServer { connection in
      connection.readRequest()
      connection.send(wire)
    }
  }

  private func provider(_ body: String, status: Int = 200) throws -> RawServer {
    try provider(
      Array(
        ("HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n"
          + "Content-Type: application/json\r\nConnection: close\r\n\r\n\(body)").utf8))
  }

  /// Addresses that are relative to where the provider is asked, and their paths.
  @Test(arguments: [
    (#"{"data":[{"url":"/v1/images/1/content"}],"usage":{"generated_images":1}}"#),
    (#"{"data":[{"url":"\/v1\/images\/1\/content"}]}"#),
    (#"{"data":["/v1/images/1/content"]}"#),
    (#"{"data":[{"url":"/v1/images/1/content"}],"x":"/v1/other"}"#),
    (#"{"code":0,"data":{"data":[{"url":"../v1/images/1/content"}]}}"#),
  ])
  func anAddressRelativeToTheProviderIsMadeWhole(_ body: String) async throws {
    let provider = try provider(body)
    let door = try Door(provider)
    for path in Self.paths {
      let answer = try await door.post(path, Self.asked)
      #expect(answer.status == 200, "\(path)")
      #expect(
        answer.text.contains("\"\(provider.url)/v1/images/1/content\""), "\(path) \(answer.text)")
      #expect(!answer.text.contains(#""/v1/images"#))
      if body.contains("other"), path != "/byteplus-generate" {
        #expect(answer.text.contains(#""/v1/other""#))
      }
    }
  }

  @Test func soIsOneInAStreamThatPassesVerbatim() async throws {
    let long = String(repeating: "A", count: 40_000)
    let text =
      "event: x\ndata: {\"type\":\"a.partial_succeeded\",\"url\":\"/v1/1.png\",\"x\":\"/y\"}\r\n\r\n"
      + "data: {\"type\":\"a.partial_succeeded\",\"b64_json\":\"\(long)\",\"x\":\"/v1/1.png\"}\n\n"
      + "data: {\"data\":[{\"url\":\"https://e.com/2\"}]}\n\n: /v1/1.png\n\ndata: [DONE]"
    let provider = try provider(text)
    let answer = try await Door(provider).post("/api/v3/images/generations", Self.streamed)
    let url = "\"url\":\"/v1/1.png\""
    #expect(answer.text == text.replacing(url, with: "\"url\":\"\(provider.url)/v1/1.png\""))
  }

  private static let relative =
    #"{"data":[{"b64_json":"/9j/4LONG","url":"/v1/1/content","x":"/v1/other","a\"b":"/v1/no"},"#
    + #"{"url" : "..\/v1\/2.png" },{"url":"https://e.com/3?a=\u0026b","size":"1x2"}],"#
    + #""images":["/v1/4.png","\\"],"output":"/9j/4AAQ","url":"","model":"a/b","usage":{"n":1}}"#
  private static func absolute(_ text: String, _ base: String) -> String {
    text.replacing(#""/v1/1/content""#, with: "\"\(base)/v1/1/content\"")
      .replacing(#""..\/v1\/2.png""#, with: "\"\(base)/v1/2.png\"")
      .replacing(#""/v1/4.png""#, with: "\"\(base)/v1/4.png\"")
  }

  @Test func soAreThoseInALongDocument() async throws {
    let text = Self.relative.replacing("LONG", with: String(repeating: "AAAA", count: 100_000))
    let provider = try provider(text)
    let answer = try await Door(provider).post("/v1/images/generations", Self.asked)
    #expect(answer.status == 200)
    #expect(answer.text == Self.absolute(text, provider.url))
  }

  @Test func aLongDocumentIsReadWhereverItIsCut() {
    let text = Array(Self.relative.replacing("LONG", with: "AAAA").utf8)
    let whole = Self.absolute(String(decoding: text, as: UTF8.self), "http://p")
    for first in 0..<text.count {
      for second in [first, first + 1, first + 7, text.count] where second <= text.count {
        var document = AbsoluteDocument(base: "http://p/v1/x")
        var passed = document.take(Array(text[..<first]))
        passed += document.take(Array(text[first..<second]))
        passed += document.take(Array(text[second...])) + document.finish()
        #expect(String(decoding: passed, as: UTF8.self) == whole, "\(first) \(second)")
      }
    }
  }

  /// No form that anybody knows, and no refusal either: there may be a picture in it.
  static let unknownForms = [
    #"{"wert":"at https://e.com/1.png"}"#, #"{"data":["s3://bucket/1.png"]}"#,
    #"{"data":[{"url":"s3://bucket/1.png"}],"usage":{"generated_images":1}}"#,
    #"{"data":[{"size":"1x1","wert":"https://e.com/1.png"}],"usage":{"generated_images":1}}"#,
    #"{"a":1"https://e.com/1.png"}"#, #"[{"wert":"picture-17"}]"#, #""picture-17""#,
    "picture-17 is at s3://bucket/1.png",
  ]

  @Test(arguments: unknownForms)
  func whatNobodyCanReadIsHandedOver(_ body: String) async throws {
    let provider = try provider(body)
    let door = try Door(provider)
    for path in Self.paths {
      let answer = try await door.post(path, Self.asked)
      #expect(answer.status == 200, "\(path)")
      #expect(answer.text == body, "\(path)")
    }
    let answer = try await door.post("/api/v3/images/generations", Self.streamed)
    #expect(answer.status == 200)
    #expect(answer.text.contains("data: \(body)\n\n"))
    #expect(answer.text.contains("event: error"))
  }

  /// Where clients do not look.
  @Test(arguments: [
    #"{"code":0,"data":{"data":[{"url":"https://e.com/1"}]}}"#, #"{"output":["https://e.com/1"]}"#,
    #"{"images":[{"url":"https://e.com/1"}],"seed":1}"#, #"{"data":["https://e.com/1"]}"#,
    #"{"data":{"url":"https://e.com/1"},"usage":{"generated_images":1}}"#,
  ])
  func aPictureInAnotherPlaceIsPutWhereClientsLook(_ body: String) async throws {
    let provider = try provider(body)
    let door = try Door(provider)
    for path in Self.paths {
      let answer = try await door.post(path, Self.asked)
      #expect(try answer.read().data?.map(\.url) == ["https://e.com/1"], "\(path)")
    }
  }

  /// Ends of a transfer that come after the whole document: too long a length, no last chunk, no trailer.
  private static func broken(_ document: String) -> [[UInt8]] {
    let bytes = Array(document.utf8)
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    let packed = (Gzip.compress(bytes) ?? []).dropLast(8)
    return [
      Array("\(head)Content-Length: \(bytes.count + 5)\r\n\r\n".utf8) + bytes,
      Array("\(head)Transfer-Encoding: chunked\r\n\r\n\(String(bytes.count, radix: 16))\r\n".utf8)
        + bytes + Array("\r\n".utf8),
      Array("\(head)Content-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n".utf8)
        + packed,
    ]
  }

  @Test func whatBreaksBehindTheWholeDocumentCostsNothing() async throws {
    let small = #"{"created":1,"data":[{"url":"https://example.com/0.jpg"}]}"#
    let long =
      #"{"data":[{"b64_json":"\#(String(repeating: "AAAA", count: 100_000))","x":"}"}],"m":[{}]}"#
    for document in [small, long] {
      for wire in Self.broken(document) {
        let provider = try provider(wire)
        let door = try Door(provider)
        for path in Self.paths {
          let answer = try await door.post(path, Self.asked)
          #expect(answer.status == 200, "\(path)")
          #expect(try answer.read().data?.count == 1, "\(path)")
        }
        let answer = try await door.post("/api/v3/images/generations", Self.streamed)
        #expect(Heard(answer.body).pictures.count == 1)
        #expect(Heard(answer.body).events.last == .finished)
      }
    }
  }

  @Test func aStreamThatBreaksBehindItsLastWordIsWhole() async throws {
    let text =
      "data: {\"type\":\"image_generation.partial_succeeded\",\"url\":\"https://e.com/1\"}\n\n"
      + "data: [DONE]\n\n"
    for wire in Self.broken(text) {
      let provider = try provider(wire)
      let door = try Door(provider)
      let answer = try await door.post("/api/v3/images/generations", Self.streamed)
      #expect(answer.text == text)
      let document = try await door.post("/byteplus-generate", Self.asked)
      #expect(try document.read().data?.first?.url == "https://e.com/1")
    }
  }

  @Test(arguments: [
    #"{"created":1,"data":[{"url":"https://example.com/0.jpg","size":"1024x1024"},"#,
    #"{"created":1,"data":[{"url":"https://example.com/0.jpg"},{"url":"https://exam"#,
    "data: {\"type\":\"a.partial_succeeded\",\"url\":\"https://example.com/0.jpg\"}\n\ndata: {\"ty",
  ])
  func aReplyThatBreaksOffKeepsThePicturesThatCame(_ text: String) async throws {
    for isCut in [true, false] {
      let length = text.utf8.count + (isCut ? 99 : 0)
      let provider = try provider(
        Array("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n\(text)".utf8))
      let door = try Door(provider)
      for path in Self.paths {
        let answer = try await door.post(path, Self.asked)
        #expect(answer.status == 200, "\(path)")
        let reply = try? answer.read()
        #expect(reply?.data?.map(\.url) == ["https://example.com/0.jpg"], "\(path) \(answer.text)")
        #expect(reply?.error?.code == "Interrupted", "\(path)")
      }
    }
  }

  // MARK: Under a status that refuses

  @Test(arguments: [400, 404, 429, 500, 503])
  func whatWasDrawnUnderARefusingStatusIsHandedOver(_ status: Int) async throws {
    let error = #""error":{"code":"ServerOverloaded","message":"x"}"#
    let usage = #""usage":{"generated_images":1}"#
    let inline = Data(Self.a).base64EncodedString()
    for path in Self.paths {
      for body in [
        #"{\#(error),"data":[{"url":"https://e.com/1"}],\#(usage)}"#,
        #"{\#(error),"data":[{"b64_json":"\#(inline)"}],\#(usage)}"#,
      ] {
        let provider = try provider(body, status: status)
        let answer = try await Door(provider).post(path, Self.asked)
        #expect(answer.status == 200, "\(path)")
        #expect(Heard(answer.body).pictures.count == 1, "\(path)")
      }
      let provider = try provider("{\(error),\(usage)}", status: status)
      let answer = try await Door(provider).post(path, Self.asked)
      #expect(answer.status == status, "\(path)")
      #expect(answer.head["X-Should-Retry"] == "false", "\(path)")
    }
  }

  // MARK: Pictures inside the reply

  private static func picture(_ shade: UInt8, count: Int = 90) -> [UInt8] {
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]
      + (0..<count).map { UInt8(truncatingIfNeeded: $0) ^ shade }
  }

  private static let a = picture(1)
  private static let b = picture(2)

  /// A and B stand for the base64 of two pictures, T for that of another which is none of the result.
  static let inlineForms = [
    #"{"code":0,"data":{"data":[{"b64_json":"A"},{"b64_json":"B"}]}}"#, #"{"images":["A","B"]}"#,
    #"{"artifacts":[{"base64":"A"},{"base64":"B"}]}"#, #"[{"b64_json":"A"},{"b64_json":"B"}]"#,
    #"{"data":[{"thumbnail":"T","b64_json":"A"},{"b64_json":"B","preview":"T"}]}"#,
    #"{"data":[{"b64_json":"A"},{"b64_json":"AA*A"},{"b64_json":"B"}]}"#,
    #"{"output":{"choices":[{"message":{"content":[{"image":"A"},{"image":"B"}]}}]}}"#,
    #"{"choices":[{"message":{"content":"![x](data:image/png;base64,A) ![y](data:image/png;base64,B)"}}]}"#,
    "data: {\"images\":[\"A\",\"B\"],\"usage\":{\"generated_images\":2}}\n\ndata: [DONE]\n\n",
    "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"T\"}\n\n"
      + "data: {\"type\":\"image_generation.partial_succeeded\",\"b64_json\":\"A\"}\n\n"
      + "data: {\"type\":\"image_generation.partial_succeeded\",\"b64_json\":\"B\"}\n\ndata: [DONE]\n\n",
  ]

  @Test(arguments: inlineForms)
  func everyPictureInsideAReplyIsToldAgain(_ form: String) async throws {
    let texts = [Self.a, Self.b, Self.picture(3)].map { Data($0).base64EncodedString() }
    let body = form.replacing("\"T\"", with: "\"\(texts[2])\"")
      .replacing("\"A\"", with: "\"\(texts[0])\"").replacing("\"B\"", with: "\"\(texts[1])\"")
      .replacing("base64,A)", with: "base64,\(texts[0]))")
      .replacing("base64,B)", with: "base64,\(texts[1]))")
    let provider = try provider(body)
    let door = try Door(provider)
    for (path, asked) in [
      ("/byteplus-generate", Self.asked), ("/api/v3/images/generations", Self.streamed),
    ] where !body.hasPrefix("data:") || path == "/byteplus-generate" {
      let answer = try await door.post(path, asked)
      #expect(answer.status == 200, "\(path) \(answer.text.prefix(300))")
      let heard = Heard(answer.body)
      #expect(heard.pictures.count == 2, "\(path)")
      let told = heard.claimed.sorted { $0.key < $1.key }.map(\.value)
      #expect(told == [Self.a, Self.b], "\(path)")
    }
  }
}
