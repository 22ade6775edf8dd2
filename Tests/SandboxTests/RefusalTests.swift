import HTTP
import Sandbox
import Testing

@Suite("Refusals in the words of the wire")
struct RefusalTests {
  struct Case: Sendable {
    var body: String
    var status: Int
    var code: String
    var words: String
    var type = "BadRequest"
    var param = ""
  }

  static func body(_ model: String, _ members: String) -> String {
    #"{"model":"\#(model)","prompt":"x"\#(members.isEmpty ? "" : ",")\#(members)}"#
  }

  static let cases: [Case] = [
    .init(body: "", status: 400, code: "InvalidParameter", words: "JSON"),
    .init(body: "[1", status: 400, code: "InvalidParameter", words: "JSON"),
    .init(
      body: "{}", status: 400, code: "MissingParameter", words: "`model`", param: "model"),
    .init(
      body: #"{"model":"seedream-4-0-250828"}"#, status: 400, code: "MissingParameter",
      words: "`prompt`", param: "prompt"),
    .init(
      body: #"{"model":"seedream-4-0-250828","prompt":""}"#, status: 400, code: "MissingParameter",
      words: "`prompt`", param: "prompt"),
    .init(
      body: #"{"model":"seedream-4-0-250828","prompt":7}"#, status: 400, code: "InvalidParameter",
      words: "`prompt`"),
    .init(
      body: body("gpt-image-1", ""), status: 404, code: "InvalidEndpointOrModel.NotFound",
      words: "gpt-image-1", type: "NotFound"),
    .init(
      body: body("dola-seedream-5-0-pro-260628", #""stream":true"#), status: 400,
      code: "InvalidParameter", words: "not supported by the current model", param: "stream"),
    .init(
      body: body("dola-seedream-5-0-pro-260628", #""sequential_image_generation":"disabled""#),
      status: 400, code: "InvalidParameter", words: "not supported by the current model",
      param: "sequential_image_generation"),
    .init(
      body: body("seedream-4-5-251128", #""output_format":"png""#), status: 400,
      code: "InvalidParameter", words: "not supported by the current model", param: "output_format"),
    .init(
      body: body("seedream-5-0-260128", #""output_format":"webp""#), status: 400,
      code: "InvalidParameter", words: "must be one of: jpeg, png", param: "output_format"),
    .init(
      body: body("seedream-5-0-260128", #""optimize_prompt_options":{"mode":"fast"}"#), status: 400,
      code: "InvalidParameter", words: "optimize_prompt_options.mode must be 'standard'"),
    .init(
      body: body("seedream-4-5-251128", #""size":"1K""#), status: 400, code: "InvalidParameter",
      words: "the specified size is not supported for model doubao-seedream-4-5.", type: ""),
    .init(
      body: body("seedream-5-0-260128", #""size":"1K""#), status: 400, code: "InvalidParameter",
      words: "size must be one of 'WIDTHxHEIGHT', '2k', '3k', or '4k'.", type: ""),
    .init(
      body: body("seedream-4-5-251128", #""size":"1500x1500""#), status: 400,
      code: "InvalidParameter", words: "image size must be at least 3686400 pixels.", type: ""),
    .init(
      body: body("seedream-4-5-251128", #""size":"99999x99999""#), status: 400,
      code: "InvalidParameter", words: "at most 16777216 pixels", type: ""),
    .init(
      body: body("seedream-4-5-251128", #""size":"16384x1000""#), status: 400,
      code: "InvalidParameter", words: "aspect ratio", type: ""),
    .init(
      body: body("seedream-4-5-251128", #""size":"big""#), status: 400, code: "InvalidParameter",
      words: "`size`", type: ""),
    .init(
      body: body(
        "seedream-4-5-251128",
        #""sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":16}"#
      ), status: 400, code: "InvalidParameter", words: "max_images"),
    .init(
      body: body(
        "seedream-4-5-251128",
        #""image":["http://e.invalid/a","http://e.invalid/b"],"sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":14}"#
      ), status: 400, code: "InvalidParameter", words: "max_images"),
  ]

  @Test("each with its status, code, words, param and type", arguments: cases)
  func refused(expected: Case) async throws {
    let response = try await Wire().post(expected.body)
    #expect(response.status == expected.status)
    let fault = try #require(try Reply.read(response).error)
    #expect(fault.code == expected.code)
    #expect(fault.message.contains(expected.words))
    #expect(fault.type == expected.type)
    #expect(fault.param == expected.param)
    let requestID = try #require(response.head["x-request-id"])
    #expect(fault.message.hasSuffix("Request id: \(requestID)"))
  }

  @Test("a refused stream is plain JSON")
  func refusedStream() async throws {
    let response = try await Wire().generate(#""stream":true"#, size: "8x8")
    #expect(response.status == 400)
    #expect(response.head["content-type"] == "application/json; charset=utf-8")
  }

  @Test("without the key nothing is looked at, with it all is well")
  func keys() async throws {
    let options = SandboxOptions(key: "secret")
    for headers in [[], [HTTPHeader("Authorization", "Bearer other")]] {
      let response = try await Wire(options, headers: headers).post("{}")
      #expect(response.status == 401)
      #expect(response.head["x-error-code"] == "AuthN_MissOrInvalidAuthorizationHeader")
      let fault = try #require(try Reply.read(response).error)
      #expect(fault.code == "AuthenticationError" && fault.type == "Unauthorized")
      #expect(fault.message.contains("request id: 02"))
    }
    let right = try Wire(options, headers: [HTTPHeader("Authorization", "Bearer secret")])
    #expect(try await right.generate("").status == 200)
  }
}
