import FoundationEssentials
import Gateway
import HTTP
import Testing

/// What the gateway says about itself.
@Suite struct DescriptionTests {
  @Test func theDescriptionsExamplesAreServed() async throws {
    let door = try Door()
    let answer = try await door.get("/openapi.json")
    let document = try JSONDecoder().decode(Document.self, from: Data(answer.body))
    #expect(document.openapi == "3.1.0")
    let asked = document.paths.filter { $0.value.post != nil }
    #expect(asked.count == 5)
    for (path, item) in asked {
      let content = try #require(item.post?.requestBody?.content["application/json"])
      let body = try JSONEncoder().encode(content.example)
      let answer = try await door.post(path, String(decoding: body, as: UTF8.self))
      let said = item.post?.responses.keys.contains("\(answer.status)")
      #expect(said == true, "\(path) answered \(answer.status)")
      if path != "/ai-model-api-polling/getGenerationResults" {
        #expect(answer.status == 200, "\(path): \(answer.text)")
      }
    }
  }

  @Test func thePageNeedsNoNetwork() async throws {
    let door = try Door()
    let page = try await door.get("/docs")
    #expect(page.head["Content-Type"] == "text/html; charset=utf-8")
    #expect(page.text.contains("sequential_image_generation_options.max_images"))
    #expect(!page.text.contains("src="))
    #expect(!page.text.contains("href=\"http"))
  }

  @Test func requestsAreCountedByEndpointAndStatus() async throws {
    let door = try Door()
    _ = try await door.post(
      "/byteplus-generate", #"{"model":"ep-1","prompt":"a","size":"1K"}"#)
    _ = try await door.post("/byteplus-generate", "{}")
    _ = try await door.get("/nothing")
    await door.gateway.drain()
    let text = try await door.get("/metrics").text
    #expect(
      text.contains("darkroom_requests_total{endpoint=\"/byteplus-generate\",status=\"200\"} 1\n"))
    #expect(
      text.contains("darkroom_requests_total{endpoint=\"/byteplus-generate\",status=\"422\"} 1\n"))
    #expect(text.contains("darkroom_requests_total{endpoint=\"other\",status=\"404\"} 1\n"))
    #expect(
      text.contains(
        "darkroom_request_seconds_bucket{endpoint=\"/byteplus-generate\",le=\"+Inf\"} 2\n"))
    #expect(text.contains("darkroom_open_streams 0\n"))
  }

  @Test func aPictureOfTheSandboxIsFetchedThroughTheGateway() async throws {
    let door = try Door()
    let answer = try await door.post(
      "/v1/images/generations", #"{"model":"seedream-4-0-250828","prompt":"a","size":"1K"}"#)
    let url = try #require(try answer.read().data?.first?.url)
    #expect(try await door.client.fetch(HTTPRequest(url: url)).status == 200)
    let forged = url.replacing("X-Tos-Signature=", with: "X-Tos-Signature=0")
    #expect(try await door.client.fetch(HTTPRequest(url: forged)).status == 403)
  }
}

private struct Document: Decodable {
  struct Item: Decodable { var post: Operation? }
  struct Operation: Decodable {
    var requestBody: Body?
    var responses: [String: Response]
  }
  struct Body: Decodable { var content: [String: Content] }
  struct Response: Decodable {}
  struct Content: Decodable { var example: [String: String] }

  var openapi: String
  var paths: [String: Item]
}
