import FoundationEssentials
import HTTP
import Imaging
import Sandbox
import Testing

@Suite("References over the wire")
struct ReferenceTests {
  private func uri(_ bytes: [UInt8], _ format: String = "png") -> String {
    "data:image/\(format);base64,\(Data(bytes).base64EncodedString())"
  }

  private func look(_ wire: Wire, _ members: String) async throws -> Looking {
    let response = try await wire.generate(
      members + #","watermark":false,"response_format":"b64_json""#)
    let data = try #require(Data(base64Encoded: try Reply.read(response).data?[0].b64Json ?? ""))
    return try Looking(PixelDecoder.decode(bytes: Array(data)))
  }

  @Test("an inline reference colours the picture, alone or in an array")
  func inline() async throws {
    let wire = try Wire()
    let green = uri(try ImageEncoder.png(SandboxPainting.plain(RGBColor(0x18B848))))
    let blue = uri(try ImageEncoder.jpeg(SandboxPainting.plain(RGBColor(0x2040E0))), "jpeg")
    let single = try await look(wire, #""image":"\#(green)""#)
    #expect(single.mean.green > single.mean.red)
    #expect(single.distance(to: try await look(wire, #""image":["\#(green)"]"#)) < 0.001)
    let both = try await look(wire, #""image":["\#(green)","\#(blue)"]"#)
    #expect(both.distance(to: single) > 0.02)
  }

  @Test("an address is never asked: a stand-in of its own is drawn from it")
  func address() async throws {
    let wire = try Wire()
    // Nothing listens there, and the name does not resolve.
    let one = try await look(wire, #""image":"http://127.0.0.1:1/green-forest.jpg""#)
    let other = try await look(wire, #""image":"https://example.invalid/red-sunset.png""#)
    #expect(one.distance(to: other) > 0.02)
    #expect(
      one.distance(to: try await look(wire, #""image":"http://127.0.0.1:1/green-forest.jpg""#))
        < 0.001)
  }

  @Test("what is no picture is refused with its own code")
  func refused() async throws {
    let wire = try Wire()
    let tiny = try ImageEncoder.png(SandboxPainting.plain(RGBColor(0), 10, 10))
    let long = try ImageEncoder.png(SandboxPainting.plain(RGBColor(0), 700, 20))
    var cut = try ImageEncoder.png(SandboxPainting.plain(RGBColor(0xFF0000), 300, 300))
    cut.removeLast(cut.count / 2)
    let cases: [(String, String, String)] = [
      ("", "InvalidImageURL.EmptyURL", "empty"),
      ("aGVsbG8=", "InvalidParameter", "invalid url specified"),
      ("/etc/passwd", "InvalidParameter", "invalid url specified"),
      ("file:///etc/passwd", "InvalidParameter", "invalid url specified"),
      (uri(tiny, "PNG"), "InvalidParameter.UnsupportedImageFormat", "format"),
      ("data:image/png;base64,!!!", "InvalidImageURL.InvalidFormat", "base64"),
      (uri(Array("hello".utf8)), "InvalidImageURL.InvalidFormat", "decoded"),
      (uri(cut), "InvalidImageURL.InvalidFormat", "decoded"),
      (uri(tiny), "InvalidParameter", "14 pixels"),
      (uri(long), "InvalidParameter", "aspect ratio"),
    ]
    for (text, code, words) in cases {
      let response = try await wire.generate(#""image":"\#(text)""#)
      #expect(response.status == 400)
      let fault = try #require(try Reply.read(response).error)
      #expect(fault.code == code && fault.message.contains(words), "\(text.prefix(40))")
    }
  }

  @Test("more references than the model takes")
  func tooMany() async throws {
    let images = Array(repeating: #""http://example.invalid/a""#, count: 15)
    let reply = try Reply.read(
      await Wire().generate(#""image":[\#(images.joined(separator: ","))]"#))
    #expect(reply.error?.message.contains("number of reference images cannot exceed 14") == true)
  }
}
