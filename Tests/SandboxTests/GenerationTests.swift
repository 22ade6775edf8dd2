import FoundationEssentials
import HTTP
import Imaging
import Sandbox
import Testing

@Suite("Generating over the wire")
struct GenerationTests {
  @Test("one picture by its address: the file is there, of the asked size")
  func url() async throws {
    let wire = try Wire()
    let response = try await wire.generate(#""watermark":false"#)
    #expect(response.status == 200)
    #expect(response.head["content-type"] == "application/json; charset=utf-8")
    let reply = try Reply.read(response)
    #expect(reply.model == "seedream-4-0-250828")
    #expect((reply.created ?? 0) > 1_700_000_000)
    #expect(reply.data?.count == 1 && reply.data?[0].size == "1280x720")
    #expect(reply.usage == .init(generatedImages: 1, outputTokens: 3600, totalTokens: 3600))

    let url = try #require(reply.data?[0].url)
    let requestID = try #require(response.head["x-request-id"])
    #expect(requestID.count == 53 && requestID.hasPrefix("02"))
    #expect(url.contains("/files/seedream-4-0/\(requestID)_0.jpeg?X-Tos-Algorithm="))
    #expect(url.contains("X-Tos-Expires=86400"))
    let file = try await wire.get(url)
    #expect(file.status == 200 && file.head["content-type"] == "image/jpeg")
    let picture = try PixelDecoder.decode(bytes: file.body)
    #expect(picture.width == 1280 && picture.height == 720)
    #expect(ImageHeader.read(file.body)?.format == .jpeg)
    #expect(try await wire.get(url).body == file.body)
  }

  @Test("an address that was changed, or never given, leads nowhere")
  func wrongAddress() async throws {
    let wire = try Wire()
    let url = try #require(try Reply.read(await wire.generate("")).data?[0].url)
    let changed = try await wire.get(
      String(url.replacing("X-Tos-Signature=", with: "X-Tos-Signature=0")))
    #expect(changed.status == 403)
    #expect(try await wire.get(String(url.prefix { $0 != "?" })).status == 403)
    #expect(try await wire.get(String(url.replacing("_0.jpeg", with: "_1.jpeg"))).status == 404)
    #expect(try await wire.get(wire.server.baseURL + "/nothing").status == 404)
    #expect(try await wire.get(wire.server.baseURL + "/nothing").body.isEmpty)
  }

  @Test("the same picture inline, as PNG where the model draws it")
  func inline() async throws {
    let wire = try Wire()
    let response = try await wire.post(
      #"{"model":"dola-seedream-5-0-pro-260628","prompt":"蓝色的海","size":"1424x800","response_format":"b64_json","output_format":"png"}"#
    )
    let reply = try Reply.read(response)
    let item = try #require(reply.data?.first)
    #expect(item.outputFormat == "png" && item.url == nil)
    let bytes = Array(try #require(Data(base64Encoded: item.b64Json ?? "")))
    #expect(ImageHeader.read(bytes) == ImageHeader(format: .png, width: 1424, height: 800))
  }

  @Test("members that are null count as absent, and the watermark is then drawn")
  func nulls() async throws {
    let wire = try Wire()
    let response = try await wire.generate(
      #""image":null,"response_format":null,"seed":null,"guidance_scale":null,"watermark":null,"optimize_prompt_options":{"thinking":null,"mode":"fast"},"sequential_image_generation":null,"sequential_image_generation_options":null,"tools":null,"output_format":null,"layer_decomposition":null,"unknown":[{}]"#
    )
    #expect(response.status == 200)
    let marked = try await picture(response, wire)
    #expect(try await picture(wire.generate(#""watermark":true"#), wire) == marked)
    #expect(try await picture(wire.generate(#""watermark":false"#), wire) != marked)
  }

  private func picture(_ response: HTTPResponse, _ wire: Wire) async throws -> [UInt8] {
    try await wire.get(try #require(try Reply.read(response).data?.first?.url)).body
  }

  @Test("a seed repeats a picture, another seed another one")
  func seeds() async throws {
    let wire = try Wire()
    let first = try await picture(wire.generate(#""seed":5"#), wire)
    #expect(try await picture(wire.generate(#""seed":5"#), wire) == first)
    #expect(try await picture(wire.generate(#""seed":6"#), wire) != first)
  }

  @Test("a set without a stream, its tokens counted together")
  func set() async throws {
    let wire = try Wire()
    let reply = try Reply.read(
      await wire.generate(
        #""sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":3}"#
      ))
    #expect(reply.data?.count == 3)
    #expect(reply.usage == .init(generatedImages: 3, outputTokens: 10800, totalTokens: 10800))
    #expect(Set(reply.data?.compactMap(\.url) ?? []).count == 3)
  }

  @Test("a stream: one event for each picture in order, then the sum and the end mark")
  func stream() async throws {
    let wire = try Wire()
    let response = try await wire.generate(
      #""stream":true,"sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":2}"#
    )
    #expect(response.head["content-type"] == "text/event-stream")
    let events = try events(response.body)
    #expect(
      events.map(\.name) == [
        "image_generation.partial_succeeded", "image_generation.partial_succeeded",
        "image_generation.completed", nil,
      ])
    #expect(events.last?.data == "[DONE]")
    for (index, event) in events.dropLast().enumerated() {
      #expect(
        event.data.hasPrefix(#"{"type":"\#(event.name ?? "")","model":"seedream-4-0-250828","#))
      let data = try Reply.read(Array(event.data.utf8))
      if index < 2 {
        #expect(data.imageIndex == index && data.size == "1280x720" && data.usage == nil)
        #expect(try await wire.get(data.url ?? "").status == 200)
      } else {
        #expect(data.usage?.outputTokens == 7200)
      }
    }
  }

  @Test("leaving before the first picture ends the drawing")
  func leavingAStream() async throws {
    let wire = try Wire(SandboxOptions(delay: .seconds(3600)))
    await #expect(throws: HTTPError.self) {
      _ = try await wire.client.fetch(
        HTTPRequest(
          method: "POST", url: wire.server.baseURL + "/images/generations",
          body: .text(#"{"model":"seedream-4-0-250828","prompt":"x","size":"1K","stream":true}"#),
          limits: HTTPLimits(firstByte: .milliseconds(50))))
    }
    wire.server.stop()
  }

  @Test(
    "keywords in any case, and the shape the prompt asks for",
    arguments: [
      ("1k", "a cat", "1024x1024"), ("1K", "a wide banner", "1312x736"),
      ("1K", "a panorama", "1568x672"),
    ])
  func keywords(size: String, prompt: String, expected: String) async throws {
    let reply = try Reply.read(
      await Wire().post(
        #"{"model":"doubao-seedream-4-0-250828","prompt":"\#(prompt)","size":"\#(size)"}"#))
    #expect(reply.data?.first?.size == expected)
  }

  @Test("a Unix socket serves as well as a port")
  func unixSocket() async throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "\(UUID().uuidString.prefix(8)).sock"
    ).path
    let server = try SandboxServer(on: .unixSocket(path: path))
    let client = try HTTPClient(userAgent: "test")
    let response = try await client.fetch(
      HTTPRequest(
        method: "POST", url: server.baseURL + "/images/generations",
        body: .text(#"{"model":"seedream-4-0-250828","prompt":"x","size":"1K"}"#),
        unixSocket: path))
    let url = try #require(try Reply.read(response).data?.first?.url)
    let file = try await client.fetch(HTTPRequest(url: url, unixSocket: path))
    #expect(ImageHeader.read(file.body)?.width == 1024)
    server.stop()
  }
}
