import RecordedReplies
import Seedream
import Testing

@Suite struct HostileReplyTests {
  /// `make fuzz` makes a million of them.
  @Test func mutationsNeverBreakTheContract() {
    for number in 0..<10_000 {
      let reply = MutatedReply(seed: 2026, number: number)
      if let breach = ReplyContract.breach(by: reply) {
        Issue.record("reply \(number): \(breach): \(String(decoding: reply.body, as: UTF8.self))")
        return
      }
    }
  }

  /// A stream of pictures with these places in the set, written as they are.
  static func stream(indices: [String]) -> String {
    indices.enumerated().map { number, index in
      #"data: {"type":"a.partial_succeeded","image_index":\#(index),"url":"https://e.com/\#(number)"}"#
        + "\n\n"
    }.joined()
  }

  @Test func aPlaceNobodyCanHaveBecomesTheNextFreeOne() {
    let indices = ["9223372036854775807", "-1", "2", "2", "128", "0", "1e3", "\"5\"", "null"]
    let heard = Heard(Self.stream(indices: indices) + "data: [DONE]\n\n")
    #expect(heard.pictures.map(\.index) == [0, 1, 2, 3, 4, 5, 6, 7, 8])
    #expect(heard.pictures.map(\.source) == (0..<9).map { .url("https://e.com/\($0)") })
    #expect(heard.events.last == .finished)
  }

  @Test func placesThatComeOutOfOrderAreKept() {
    let heard = Heard(Self.stream(indices: ["3", "1", "null", "0", "1"]) + "data: [DONE]\n\n")
    #expect(heard.pictures.map(\.index) == [3, 1, 2, 0, 4])
  }

  @Test(arguments: [
    #"{"url":"https://e.com/a"}"#, #"{"error":{"code":"c","message":"m"}}"#, "{}",
  ])
  func membersWithoutBytesCountAsPicturesToo(member: String) {
    let members = (0..<129).map { member.replacing("/a\"", with: "/a\($0)\"") }
    let plain = Heard(#"{"data":["# + members.joined(separator: ",") + "]}")
    let results = Heard(
      #"{"status":"success","results":["# + members.joined(separator: ",") + "]}", dialect: .pixazo)
    let typed = #"{"type":"a.partial_succeeded","# + member.dropFirst()
    let event = "data: \(member == "{}" ? #"{"type":"a.partial_succeeded"}"# : typed)\n\n"
    let stream = Heard(String(repeating: event, count: 129) + "data: [DONE]\n\n")
    for heard in [plain, results, stream] {
      #expect(heard.pictures.count + heard.refused.count == (member == "{}" ? 0 : 128))
      #expect(heard.events.last == .abandoned(.tooManyImages(limit: 128)))
      #expect(heard.events.count == (member == "{}" ? 1 : 129))
    }
  }

  @Test func depthIsNoDanger() {
    let deep = Array((#"{"a":"# + String(repeating: "[", count: 1_000_000)).utf8)
    #expect(Heard(deep).events.last == .interrupted)
    let closed = deep + Array((String(repeating: "]", count: 1_000_000) + "}").utf8)
    #expect(Heard(closed).isUnreadable)
  }

  @Test func aLongLineNeedsNoMemoryOfItsOwn() {
    var parser = ReplyParser(limits: ReplyLimits(documentBytes: 200))
    let piece = Array(String(repeating: "AAAA", count: 1024).utf8)
    _ = parser.consume(Array("data: {\"type\":\"a.partial_succeeded\",\"b64_json\":\"".utf8))
    var decoded = 0
    for _ in 0..<1000 {
      for case .imageBytes(_, let bytes) in parser.consume(piece) { decoded += bytes.count }
    }
    let events = parser.consume(Array("\"}\n\n".utf8))
    #expect(decoded == 3_072_000)
    #expect(
      events == [
        .picture(
          PictureReply(index: 0, source: .inline(image: 0, byteCount: 3_072_000)))
      ])
  }
}
