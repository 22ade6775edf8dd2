import Gateway
import HTTP
import TestSupport
import Testing

/// What the gateway says about itself.
@Suite struct DescriptionTests {
  @Test func everyExampleOfARequestIsAnsweredAsDescribed() async throws {
    let door = try Door()
    let document = try await door.description()
    #expect(document["openapi"] == .string("3.2.0"))
    let asked = document["paths"]?.members.filter { $0.value["post"] != nil } ?? [:]
    #expect(asked.count == 5)
    for (path, item) in asked {
      let examples = try #require(
        item["post", "requestBody", "content", "application/json", "examples"])
      #expect(!examples.members.isEmpty)
      for (name, example) in examples.members {
        let body = try #require(example["value"]).written
        let answer = try await door.post(path, body)
        let isServed = path != "/ai-model-api-polling/getGenerationResults"
        #expect(answer.status == (isServed ? 200 : 404), "\(path), \(name): \(answer.text)")
        try Self.check(answer, of: path, document)
        if case .array(let items)? = try JSON.read(answer.body)["data"] {
          #expect(items.count == (name == "set" ? 2 : 1), "\(path), \(name)")
        }
      }
    }
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var body = "{}"
    var header = HTTPHeader("Accept", "*/*")
    var status: Int
    var path: String
    var testDescription: String { "\(path) \(status)" }
  }

  static let wrongs =
    ["/byteplus-generate", "/api/v3/images/generations", "/byteplus/v1/getEditMultiImage"]
    .flatMap { path in
      [
        Wrong(status: path == "/byteplus-generate" ? 422 : 400, path: path),
        Wrong(body: "{", status: 400, path: path),
        Wrong(header: HTTPHeader("Origin", "https://example.com"), status: 403, path: path),
        Wrong(header: HTTPHeader("Content-Type", "text/plain"), status: 415, path: path),
        Wrong(body: String(repeating: " ", count: 2000), status: 413, path: path),
        Wrong(
          body: #"{"model":"seedream-4.0","prompt":"a","size":"1K"}"#,
          header: HTTPHeader("X-Sandbox-Fault", "status=429"), status: 429, path: path),
        Wrong(
          body: #"{"model":"seedream-4.0","prompt":"a","size":"1K"}"#,
          header: HTTPHeader("X-Sandbox-Fault", "status=500"), status: 500, path: path),
      ]
    } + [
      Wrong(
        body: #"{"model":"seedream-9","prompt":"a"}"#, status: 404, path: "/v1/images/generations")
    ]

  @Test(arguments: wrongs) func everyRefusalIsAsDescribed(_ wrong: Wrong) async throws {
    let door = try Door(options: GatewayOptions(maximumBodyBytes: 1000))
    let document = try await door.description()
    var request = door.request(wrong.path, wrong.body)
    request.headers.removeAll { $0.name == wrong.header.name }
    request.headers.append(wrong.header)
    let answer = try await door.client.fetch(request)
    #expect(answer.status == wrong.status)
    try Self.check(answer, of: wrong.path, document)
  }

  @Test func aKeyIsDescribedWhereOneIsNeeded() async throws {
    let door = try Door(options: GatewayOptions(keys: try KeyRing(["first-key"])))
    let document = try await door.description()
    let answer = try await door.post("/byteplus-generate", "{}")
    #expect(answer.status == 401)
    try Self.check(answer, of: "/byteplus-generate", document)
    let operation = try #require(document["paths", "/byteplus-generate", "post"])
    #expect(operation["security"]?.items.count == 2)
    #expect(operation["responses", "403"] == nil)
  }

  @Test func aProvidersPicturesAreNotDescribedAsOnesOfThisMachine() async throws {
    let door = try Door(try RawServer { $0.readRequest() })
    let paths = try #require(try await door.description()["paths"])
    #expect(paths["/files/{path}"] == nil)
    #expect(paths["/byteplus-generate", "post", "responses", "default"] != nil)
  }

  /// Holds an answer, and the example of it, against the description.
  private static func check(
    _ answer: HTTPResponse, of path: String, _ document: JSON
  ) throws {
    let described = try #require(
      document["paths", path, "post", "responses", "\(answer.status)"],
      "\(path) answered \(answer.status)")
    for (name, header) in described["headers"]?.members ?? [:]
    where header["required"] == .boolean(true) {
      #expect(answer.head[name] != nil, "\(path), \(answer.status): \(name)")
    }
    let content = try #require(described["content", "application/json"])
    let schema = try #require(content["schema"])
    let said = try JSON.read(answer.body)
    let place = "\(path), \(answer.status)"
    #expect(said.differences(from: schema, at: place) == [])
    let example = try #require(content["example"])
    #expect(example.differences(from: schema, at: "example of \(place)") == [])
    // 400 is said of more than one thing.
    if answer.status != 400 { #expect(said["error", "code"] == example["error", "code"]) }
  }

  @Test func thePageNeedsNoNetwork() async throws {
    let door = try Door()
    let page = try await door.get("/docs")
    // To be copied and run as it stands.
    #expect(page.text.contains("<pre>curl \(door.gateway.baseURL)/byteplus-generate "))
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

extension Door {
  fileprivate func description() async throws -> JSON {
    try JSON.read(try await get("/openapi.json").body)
  }
}
