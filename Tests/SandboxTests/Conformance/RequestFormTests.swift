import FoundationEssentials
import HTTP
import Sandbox
import Testing

@Suite("Conformance: requests that are taken")
struct RequestFormTests {
  private func reply(_ members: String, size: String = "1280x720") async throws -> Reply {
    let response = try await Wire().generate(members, size: size)
    #expect(response.status == 200)
    return try Reply.read(response)
  }

  @Test("1. null is absent, for every member that may be left out")
  func nulls() async throws {
    let reply = try await reply(
      #""image":null,"response_format":null,"output_format":null,"seed":null,"#
        + #""guidance_scale":null,"watermark":null,"stream":null,"optimize_prompt":null,"#
        + #""optimize_prompt_options":{"thinking":null,"mode":null},"background":null,"#
        + #""sequential_image_generation":null,"sequential_image_generation_options":"#
        + #"{"max_images":null},"tools":null,"layer_decomposition":null"#)
    #expect(reply.data?.count == 1 && reply.data?.first?.url != nil)
  }

  @Test("1. what the official Python library sends for two parameters")
  func pythonLibrary() async throws {
    let response = try await Wire().post(
      #"{"model":"seedream-4-0-250828","prompt":"p","image":null,"response_format":null,"size":null,"seed":null,"guidance_scale":null,"watermark":null,"optimize_prompt":null,"optimize_prompt_options":null,"sequential_image_generation":null,"sequential_image_generation_options":null,"tools":null,"output_format":null,"layer_decomposition":null}"#
    )
    #expect(try Reply.read(response).data?.first?.size == "2048x2048")
  }

  @Test("1. members nobody knows are passed over")
  func unknownMembers() async throws {
    let reply = try await reply(#""n":2,"negative_prompt":"fog","user":{"a":[1]},"quality":"hd""#)
    #expect(reply.data?.count == 1)
  }

  @Test("1. a reference alone, or in an array")
  func image() async throws {
    let address = #""https://example.invalid/cat.png""#
    #expect(try await reply(#""image":\#(address)"#).data?.count == 1)
    #expect(try await reply(#""image":[\#(address),\#(address)]"#).data?.count == 1)
    #expect(try await reply(#""image":[]"#).data?.count == 1)
  }

  @Test("1. the keyword of a size in any case", arguments: ["1k", "1K"])
  func size(keyword: String) async throws {
    #expect(try await reply("", size: keyword).data?.first?.size == "1024x1024")
  }

  @Test("1. created is whole seconds since 1970")
  func created() async throws {
    let before = Int(Date.now.timeIntervalSince1970)
    let created = try #require(try await reply("").created)
    #expect((before...Int(Date.now.timeIntervalSince1970)).contains(created))
  }

  /// The ids of both sites, the further spellings they take, and an endpoint of an account.
  static let models = [
    "doubao-seedream-5-0-pro-260628", "dola-seedream-5-0-pro-260628", "doubao-seedream-5.0-pro",
    "doubao-seedream-5-0-flash-260915", "dola-seedream-5-0-flash-260915",
    "doubao-seedream-5-0-260128", "seedream-5-0-260128", "doubao-seedream-5-0-lite-260128",
    "seedream-5-0-lite-260128", "doubao-seedream-5.0-lite", "doubao-seedream-4-5-251128",
    "seedream-4-5-251128", "doubao-seedream-4-0-250828", "seedream-4-0-250828",
    "ep-20250911111250-zd7zw",
  ]

  @Test("3. every model there is, echoed in the spelling of the request", arguments: models)
  func model(id: String) async throws {
    let response = try await Wire(headers: [HTTPHeader("X-Sandbox-Fault", "wrong-size=64x64")])
      .post(#"{"model":"\#(id)","prompt":"x","size":"2K"}"#)
    #expect(try Reply.read(response).model == id)
  }

  @Test(
    "3. the models before 4.0 tell neither sizes nor tokens",
    arguments: [
      (#""seedream-3-0-t2i-250415""#, ""), (#""doubao-seedream-3-0-t2i-250415""#, ""),
      (#""seededit-3-0-i2i-250628""#, #","image":"http://example.invalid/a""#),
      (#""doubao-seededit-3-0-i2i-250628""#, #","image":"http://example.invalid/a""#),
    ])
  func oldModel(id: String, rest: String) async throws {
    let response = try await Wire().post(#"{"model":\#(id),"prompt":"x"\#(rest)}"#)
    #expect(response.status == 200)
    let body = String(decoding: response.body, as: UTF8.self)
    #expect(body.contains(#""usage":{"generated_images":1}"#) && !body.contains("size"))
  }
}
