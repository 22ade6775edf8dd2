import FoundationEssentials
import HTTP
import Imaging
import Sandbox
import Seedream
import Testing

@testable import struct Sandbox.PictureAllowance

@Suite("Conformance: what is counted, and the mark on a picture")
struct CountingTests {
  @Test(
    "7. tokens are the pixels of what was drawn by 256, rounded",
    arguments: [
      ("2048x2048", 1, "", 16384), ("1760x2368", 1, "", 16280), ("2496x1664", 3, "", 48672),
      ("1024x1024", 1, "", 4096), ("2048x2048", 1, "wrong-size=1248x832", 4056),
      ("2048x2048", 3, "wrong-size=10x15", 2),
      ("2048x2048", 3, "wrong-size=16x16,member-error=3", 2),
      ("2048x2048", 3, "wrong-size=16x16,member-refused=1", 2),
    ])
  func tokens(size: String, count: Int, faults: String, tokens: Int) async throws {
    let reply = try Reply.read(
      try await Wire(headers: [HTTPHeader("X-Sandbox-Fault", faults)]).generate(
        #""sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":\#(count)}"#,
        size: size))
    let drawn = try #require(reply.data).count { $0.error == nil }
    #expect(
      reply.usage == .init(generatedImages: drawn, outputTokens: tokens, totalTokens: tokens))
  }

  @Test("8. more pictures in a minute than the account may have of a model are refused")
  func perMinute() async throws {
    let wire = try Wire(
      SandboxOptions(picturesPerMinute: 2),
      headers: [HTTPHeader("X-Sandbox-Fault", "wrong-size=16x16")])
    let pair =
      #""sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":2}"#
    #expect(try await wire.generate("", size: "8x8").status == 400)
    #expect(try await wire.generate(pair).status == 200)
    let refused = try await wire.generate(#""stream":true,"# + pair)
    #expect(refused.status == 429)
    #expect((1...60).contains(Int(refused.head["retry-after"] ?? "") ?? 0))
    let error = try #require(try Reply.read(refused).error)
    #expect(error.code == "ModelAccountIpmRateLimitExceeded" && error.type == "TooManyRequests")
    let other = try await wire.post(#"{"model":"seedream-4-5-251128","prompt":"x","size":"2K"}"#)
    #expect(other.status == 200)
  }

  @Test("8. the allowance of a minute fills evenly and is not saved up")
  func bucket() {
    var allowance = PictureAllowance()
    func take(_ count: Int, _ now: Double) -> Double? {
      allowance.take(count, of: .seedream45, perMinute: 500, now: now)
    }
    #expect(take(500, 0) == nil)
    #expect(take(15, 0) == 1.8)
    #expect(take(15, 1.8) == nil)
    #expect(take(1, 1.8) == 1)
    #expect(take(500, 3600) == nil)
    #expect(take(1, 3600) == 1)
    #expect(allowance.take(500, of: .seedream40, perMinute: 500, now: 3600) == nil)
  }

  @Test("10. the mark is drawn when the member is absent, null or true")
  func watermark() async throws {
    let wire = try Wire()
    func picture(_ members: String) async throws -> [UInt8] {
      let reply = try Reply.read(try await wire.generate(members))
      return try await wire.get(try #require(reply.data?.first?.url)).body
    }
    let marked = try await picture("")
    #expect(try await picture(#""watermark":null"#) == marked)
    #expect(try await picture(#""watermark":true"#) == marked)
    #expect(try await picture(#""watermark":false"#) != marked)
  }

  @Test("a background that is transparent where the reference is")
  func transparency() async throws {
    let half = try Drawing(width: 64, height: 64)
    half.fill(.rectangle(.init(x: 0, y: 0, width: 32, height: 64)), .color(RGBColor(0x20A040)))
    let opaque = try Drawing(width: 64, height: 64, background: RGBColor(0)).pixels()
    func post(_ reference: Pixels) async throws -> Reply {
      let text = Data(try ImageEncoder.png(reference)).base64EncodedString()
      return try Reply.read(
        try await Wire().post(
          #"{"model":"dola-seedream-5-0-pro-260628","prompt":"x","size":"1024x1024","background":"transparent","watermark":false,"response_format":"b64_json","image":"data:image/png;base64,\#(text)"}"#
        ))
    }
    let item = try #require(try await post(half.pixels()).data?.first)
    #expect(item.outputFormat == "png")
    let bytes = Array(try #require(Data(base64Encoded: item.b64Json ?? "")))
    let picture = try PixelDecoder.decode(bytes: bytes)
    #expect(picture[100, 500].alpha == 1 && picture[900, 500].alpha == 0)
    let error = try await post(opaque).error
    #expect(error?.param == "image")
    #expect(error?.message.contains("at least one transparent pixel") == true)
  }
}
