import FoundationEssentials
import Seedream
import Testing

@Suite struct HostileReplyTests {
  /// The generator of the Numerical Recipes: the same garbage on every run.
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  /// How often each recorded reply is mutated; the long run of a release sets a million.
  static let mutations =
    ProcessInfo.processInfo.environment["DARKROOM_MUTATIONS"].flatMap { Int($0) } ?? 50_000

  /// Every reply ends exactly once, and every image is kept or dropped, whatever the bytes.
  @Test(arguments: [
    (Recorded.shortStream, "ark"), (Recorded.shortPlain, "ark"), (Recorded.shortJob, "pixazo"),
  ])
  func mutationsNeverBreakTheContract(text: String, name: String) throws {
    let dialect = try #require(Dialect.named(name))
    let original = Array(text.utf8)
    var random = Random(state: 2026)
    let limits = ReplyLimits(documentBytes: 150, imageBytes: 100, images: 3)
    let spice = Array("{}[]\":,\\\n\r=0 ".utf8)
    for _ in 0..<Self.mutations {
      var body = original
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let place = Int.random(in: 0..<body.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: body[place] = UInt8.random(in: 0...255, using: &random)
        case 1: body[place] = spice[Int.random(in: 0..<spice.count, using: &random)]
        case 2: body.remove(at: place)
        default: body.insert(spice[Int.random(in: 0..<spice.count, using: &random)], at: place)
        }
      }
      let cut = Int.random(in: 0...body.count, using: &random)
      let heard = Heard(body, cutAt: [cut], dialect: dialect, limits: limits)
      let ends = heard.events.filter(\.isLast).count
      let kept = heard.pictures.compactMap { picture -> Int? in
        if case .inline(let image, _) = picture.source { image } else { nil }
      }
      let dropped = heard.events.compactMap { event -> Int? in
        if case .imageDropped(let image) = event { image } else { nil }
      }
      let settled = (kept + dropped).sorted()
      guard ends == 1, heard.events.last?.isLast == true, Set(settled).count == settled.count,
        heard.images.keys.allSatisfy(settled.contains)
      else {
        Issue.record("broken by \(String(decoding: body, as: UTF8.self)): \(heard.events)")
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
    let indices = ["9223372036854775807", "-1", "2", "2", "64", "0", "1e3", "\"5\"", "null"]
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
    let members = Array(repeating: member, count: 65)
    let plain = Heard(#"{"data":["# + members.joined(separator: ",") + "]}")
    let results = Heard(
      #"{"status":"success","results":["# + members.joined(separator: ",") + "]}", dialect: .pixazo)
    let typed = #"{"type":"a.partial_succeeded","# + member.dropFirst()
    let event = "data: \(member == "{}" ? #"{"type":"a.partial_succeeded"}"# : typed)\n\n"
    let stream = Heard(String(repeating: event, count: 65) + "data: [DONE]\n\n")
    for heard in [plain, results, stream] {
      #expect(heard.pictures.count + heard.refused.count == 64)
      #expect(heard.events.last == .abandoned(.tooManyImages(limit: 64)))
      #expect(heard.events.count == 65)
    }
  }

  @Test func depthIsNoDanger() {
    let deep = Array((#"{"a":"# + String(repeating: "[", count: 1_000_000)).utf8)
    #expect(Heard(deep).events.last == .interrupted)
    let closed = deep + Array((String(repeating: "]", count: 1_000_000) + "}").utf8)
    #expect(Heard(closed).failure != nil)
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
