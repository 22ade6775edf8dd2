import Gateway
import HTTP
import Testing

/// The five use cases of the page "BytePlus Image Generation API", with its bodies.
@Suite struct SeedTests {
  struct UseCase: Sendable, CustomTestStringConvertible {
    var name: String
    var members: String
    var pictures: Int
    var testDescription: String { name }
  }

  private static let address = "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image"

  static let useCases = [
    UseCase(
      name: "text to image",
      members: #""sequential_image_generation": "disabled", "stream": false"#, pictures: 1),
    UseCase(
      name: "text to several images",
      members: #"""
        "sequential_image_generation": "auto", "stream": true,
        "sequential_image_generation_options": {"max_images": 4}
        """#, pictures: 4),
    UseCase(
      name: "image to image",
      members: #"""
        "image": "\#(address)/seedream4_imageToimage.png",
        "sequential_image_generation": "disabled", "stream": false
        """#, pictures: 1),
    UseCase(
      name: "image to several images",
      members: #"""
        "image": "\#(address)/seedream4_imageToimages.png", "stream": true,
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 5}
        """#, pictures: 5),
    UseCase(
      name: "several images to image",
      members: #"""
        "image": ["\#(address)/seedream4_imagesToimage_1.png",
        "\#(address)/seedream4_imagesToimage_2.png"],
        "sequential_image_generation": "disabled", "stream": false
        """#, pictures: 1),
  ]

  @Test(arguments: useCases) func everyUseCaseWorks(_ useCase: UseCase) async throws {
    let door = try Door()
    let answer = try await door.post(
      "/byteplus-generate",
      """
      {"model": "ep-20250911111250-zd7zw", "prompt": "a dog on lush grass", "size": "1K",
      "response_format": "url", "watermark": true, \(useCase.members)}
      """)
    #expect(answer.status == 200)
    let reply = try answer.read()
    #expect(reply.model == "ep-20250911111250-zd7zw")
    #expect(reply.data?.count == useCase.pictures)
    let usage = try #require(reply.usage)
    #expect(usage["generated_images"] == useCase.pictures)
    #expect(usage["prompt_tokens"] == 0)
    #expect(usage["completion_tokens"] == usage["total_tokens"])
    for item in reply.data ?? [] {
      let url = try #require(item.url)
      // Through the same door, not past it.
      #expect(url.hasPrefix(door.gateway.baseURL + "/files/"))
      let picture = try await door.client.fetch(HTTPRequest(url: url))
      #expect(picture.status == 200)
      #expect(picture.body.starts(with: [0xFF, 0xD8, 0xFF]))
    }
  }

  @Test func aPictureOfTheSandboxIsAReferenceOfTheNext() async throws {
    let door = try Door()
    let first = try await door.post(
      "/byteplus-generate", #"{"model":"seedream-4.0","prompt":"a cat","size":"960x960"}"#)
    let url = try #require(try first.read().data?.first?.url)
    func edit(_ address: String) async throws -> HTTPResponse {
      try await door.post(
        "/byteplus-generate",
        #"{"model":"seedream-4.0","prompt":"in snow","size":"960x960","image":"\#(address)"}"#)
    }
    let second = try await edit(url)
    #expect(second.status == 200, "\(second.text)")
    // It is the picture behind the address that is taken: a changed one is no address of it.
    let changed = try await edit(url + "0")
    #expect(changed.status == 400)
    #expect(changed.text.contains("Error while downloading"))
  }

  @Test func addressesAreAsTheClientCallsTheGateway() async throws {
    let door = try Door(options: GatewayOptions(hosts: ["my_gateway.example"]))
    let answer = try await door.post(
      "/byteplus-generate", #"{"model":"seedream-4.0","prompt":"a cat","size":"960x960"}"#,
      headers: [
        HTTPHeader("Host", "my_gateway.example:8443"), HTTPHeader("X-Forwarded-Proto", "https"),
      ])
    let url = try #require(try answer.read().data?.first?.url)
    #expect(url.hasPrefix("https://my_gateway.example:8443/files/"))
  }

  @Test func aStreamIsGivenToWhoReadsOne() async throws {
    let door = try Door()
    let answer = try await door.post(
      "/byteplus-generate",
      #"{"model":"ep-1","prompt":"a","size":"1K","stream":true}"#,
      headers: [HTTPHeader("Accept", "text/event-stream")])
    #expect(answer.head["Content-Type"] == "text/event-stream")
    #expect(answer.text.hasPrefix("event: image_generation.partial_succeeded\n"))
    #expect(answer.text.hasSuffix("data: [DONE]\n\n"))
  }

  @Test func pixazosRequestIsAnsweredWithItsPictures() async throws {
    let door = try Door()
    let answer = try await door.post(
      "/byteplus/v1/getEditMultiImage",
      #"{"prompt":"Girl holding the cat","image":["https://example.com/a.jpg"],"size":"1024x1024"}"#
    )
    #expect(answer.status == 200)
    #expect(try answer.read().data?.first?.url != nil)
    let question = try await door.post(
      "/ai-model-api-polling/getGenerationResults", #"{"job_set_id":"job-abc123xyz"}"#)
    #expect(question.status == 404)
    #expect(try question.read().sentence?.contains("no such job") == true)
  }

  @Test func inlinePicturesAreTheBytesOfThePicture() async throws {
    let door = try Door()
    for path in ["/byteplus-generate", "/api/v3/images/generations"] {
      let answer = try await door.post(
        path,
        #"{"model":"seedream-4-0-250828","prompt":"a","size":"1K","response_format":"b64_json"}"#)
      let text = try #require(try answer.read().data?.first?.b64Json)
      #expect(text.hasPrefix("/9j/"))
      #expect(text.utf8.count % 4 == 0)
    }
  }
}
