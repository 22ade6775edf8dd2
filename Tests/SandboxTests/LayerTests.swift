import FoundationEssentials
import HTTP
import Imaging
import Testing

@testable import Sandbox
@testable import SandboxArt

@Suite("Pictures that are split into layers")
struct LayerTests {
  private struct Split: Decodable {
    struct Box: Decodable {
      var absolute: [Int]
      var normalized: [Int]
    }

    struct Item: Decodable {
      var url: String?
      var b64Json: String?
      var size: String
      var outputFormat: String
      var zIndex: Int
      var name: String?
      var description: String?
      var boundingBox: Box?
    }

    struct Usage: Decodable {
      var generatedImages: Int
      var outputTokens: Int
      var inputImages: Int
    }

    var data: [Item]
    var usage: Usage
  }

  private static let pro = "dola-seedream-5-0-pro-260628"

  private func draw(_ wire: Wire, _ prompt: String) async throws -> [UInt8] {
    let response = try await wire.post(
      """
      {"model":"\(Self.pro)","prompt":"\(prompt)","size":"1024x1024","output_format":"png",\
      "response_format":"b64_json","watermark":true}
      """)
    return Array(
      try #require(Data(base64Encoded: try Reply.read(response).data?.first?.b64Json ?? "")))
  }

  private func body(_ picture: [UInt8], _ rest: String = "") -> String {
    let uri = "data:image/png;base64,\(Data(picture).base64EncodedString())"
    return """
      {"model":"\(Self.pro)","image":"\(uri)","layer_decomposition":true,\
      "response_format":"b64_json"\(rest)}
      """
  }

  private func split(_ wire: Wire, _ picture: [UInt8], _ rest: String = "") async throws -> Split {
    let response = try await wire.post(body(picture, rest))
    #expect(response.status == 200)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Split.self, from: Data(response.body))
  }

  private func layers(of split: Split) throws -> [LayerSplit.Layer] {
    try split.data.map { item in
      let file = Array(try #require(Data(base64Encoded: item.b64Json ?? "")))
      return LayerSplit.Layer(
        pixels: try PixelDecoder.decode(bytes: file), left: item.boundingBox?.absolute[0] ?? 0,
        top: item.boundingBox?.absolute[1] ?? 0, name: item.name ?? "",
        description: item.description ?? "")
    }
  }

  private func difference(_ one: Pixels, _ other: Pixels) -> Int {
    zip(one.bytes, other.bytes).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
  }

  @Test(
    "the layers of its own drawing are the picture again",
    arguments: [
      "a cat and a lighthouse by the sea in the rain", "a red lantern in fog", "black hole",
      "a neon city",
    ])
  func own(prompt: String) async throws {
    let wire = try Wire()
    let picture = try await draw(wire, prompt)
    let split = try await split(wire, picture)
    let original = try PixelDecoder.decode(bytes: picture)
    let layers = try layers(of: split)
    #expect(layers.count >= 3)
    #expect(difference(LayerSplit.composed(layers), original) <= 2)
    #expect(split.data.map(\.zIndex) == Array(0..<layers.count))
    #expect(split.data[0].boundingBox == nil)
    #expect(split.data[0].size == "1024x1024")
    for (item, layer) in zip(split.data, layers).dropFirst() {
      let box = try #require(item.boundingBox)
      #expect(item.size == "\(layer.pixels.width)x\(layer.pixels.height)")
      #expect(box.absolute[2] - box.absolute[0] == layer.pixels.width)
      #expect(box.normalized.allSatisfy { (0...1000).contains($0) })
      #expect(item.outputFormat == "png")
      #expect(item.name?.isEmpty == false)
    }
    #expect(split.usage.generatedImages == layers.count)
    #expect(split.usage.inputImages == 1)
    let pixels = layers.reduce(0) { $0 + $1.pixels.width * $1.pixels.height }
    #expect(split.usage.outputTokens == (pixels + 128) / 256)
  }

  @Test("things stand on layers with alpha of their own")
  func alpha() throws {
    let layers = try LayerSplit.layers(
      of: .init(prompt: "a cat and a lighthouse by the sea", width: 512, height: 512), limit: 99)
    let cat = try #require(layers.first { $0.name == "Cat" })
    #expect(cat.pixels.width < 300)
    let alphas = stride(from: 3, to: cat.pixels.bytes.count, by: 4).map { cat.pixels.bytes[$0] }
    #expect(alphas.contains(0))
    #expect(alphas.contains(255))
    // Its edge is smooth.
    #expect(alphas.contains { (60...200).contains($0) })
    #expect(layers.contains { $0.name == "Lighthouse" })
    #expect(layers.contains { $0.name == "Sea" })
  }

  @Test("a picture of somebody else is split too, and comes together again")
  func foreign() async throws {
    let wire = try Wire()
    let picture = try SandboxPainting.draw("dunes", 640, 512)
    let split = try await split(wire, try ImageEncoder.png(picture))
    let layers = try layers(of: split)
    #expect(layers.count == 2)
    #expect(difference(LayerSplit.composed(layers), picture) <= 1)
  }

  @Test("there are no more layers than the limit, and nothing is lost")
  func limit() throws {
    let order = SandboxPainter.Order(
      prompt: "birds, a boat, a lighthouse, flowers and a cat by the sea in snow", width: 256,
      height: 256)
    let layers = try LayerSplit.layers(of: order, limit: 2)
    #expect(layers.count == 3)
    #expect(difference(LayerSplit.composed(layers), try SandboxPainter.draw(order)) <= 2)
  }

  @Test("a layer that fails fails all of them; what cannot be split says why")
  func refused() async throws {
    let wire = try Wire()
    let picture = try ImageEncoder.png(SandboxPainting.draw("dunes", 640, 512))
    let fault = try await wire.refusal(body(picture, #","prompt":"fault:member-error=2""#))
    #expect(fault?.code == "InternalServiceError")
    for (rest, word) in [
      (#","background":"transparent""#, "background"), (#","size":"1024x1024""#, "size"),
    ] {
      let error = try await wire.refusal(body(picture, rest))
      #expect(error?.message.contains(word) == true)
    }
    let small = try ImageEncoder.png(SandboxPainting.draw("dunes", 100, 100))
    #expect(try await wire.refusal(body(small))?.message.contains("262144") == true)
    let none = #"{"model":"\#(Self.pro)","layer_decomposition":true}"#
    #expect(try await wire.refusal(none)?.message.contains("exactly one input image") == true)
  }

  @Test("what a picture was drawn of stays known when others add metadata")
  func mark() throws {
    let order = SandboxPainter.Order(prompt: "雾 \"x\"", width: 64, height: 48, seed: 3)
    let mark = try #require(SceneMark(order))
    let pixels = try SandboxPainter.draw(order)
    for file in [try ImageEncoder.png(pixels), try ImageEncoder.jpeg(pixels)] {
      let marked = mark.embedded(in: file)
      #expect(SceneMark(in: marked) == mark)
      #expect(SceneMark(in: file) == nil)
      #expect(try PixelDecoder.decode(bytes: marked) == PixelDecoder.decode(bytes: file))
      for count in stride(from: 0, to: marked.count, by: 7) {
        _ = SceneMark(in: Array(marked[..<count]))
      }
    }
  }
}

@Suite("Pictures on a transparent ground")
struct CutOutTests {
  @Test(
    "the subject alone is drawn, with smooth edges", arguments: ["a cat", "a boat", "zzz", "logo"])
  func alpha(prompt: String) throws {
    let pixels = try SandboxPainter.draw(
      .init(prompt: prompt, width: 400, height: 300, isCutOut: true))
    #expect(pixels[0, 0].alpha == 0)
    #expect(pixels[399, 299].alpha == 0)
    let alphas = stride(from: 3, to: pixels.bytes.count, by: 4).map { pixels.bytes[$0] }
    #expect(alphas.contains(255))
    #expect(alphas.contains { (60...200).contains($0) })
    let box = try #require(PixelBox(pixels))
    #expect(max(Double(box.width) / 400, Double(box.height) / 300) > 0.7)
  }
}
