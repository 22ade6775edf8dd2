import HTTP
import Sandbox
import Testing

@Suite("Conformance: what is refused, in which order and words")
struct ValidationTests {
  /// Each body has this mistake and all that are looked for later.
  @Test("3. key, JSON, model, members, size, references, set: the first mistake is told")
  func order() async throws {
    let wire = try Wire(
      SandboxOptions(key: "k"), headers: [HTTPHeader("Authorization", "Bearer k")])
    let set =
      #""sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":99}"#
    let references = #""image":"cat.png","# + set
    let size = #""size":"1K","# + references
    let members = #""output_format":"png","# + size
    func refusal(_ model: String, _ rest: String) async throws -> String {
      try await wire.refusal(#"{"model":"\#(model)","prompt":"x",\#(rest)}"#)?.message ?? ""
    }
    #expect(
      try await Wire(SandboxOptions(key: "k")).refusal("nonsense")?.code == "AuthenticationError")
    #expect(try await wire.refusal("nonsense")?.message.contains("JSON") == true)
    #expect(try await refusal("seedream-9", members).contains("seedream-9"))
    #expect(try await refusal("seedream-4-5-251128", members).contains("`output_format`"))
    #expect(try await refusal("seedream-4-5-251128", size).contains("`size`"))
    #expect(try await refusal("seedream-4-5-251128", references).contains("invalid url specified"))
    #expect(try await refusal("seedream-4-5-251128", set).contains("max_images"))
  }

  /// Model, members, `param`, `type`, and the words before the id of the request.
  static let texts: [(String, String, String, String, String)] = [
    (
      "seedream-4-5-251128", #""size":"1024x1024""#, "", "",
      "The parameter `size` specified in the request is not valid: image size must be at least 3686400 pixels."
    ),
    (
      "seedream-4-0-250828", #""size":"800x800""#, "", "",
      "The parameter `size` specified in the request is not valid: image size must be at least 921600 pixels."
    ),
    (
      "dola-seedream-5-0-pro-260628", #""size":"512x512""#, "", "",
      "The parameter `size` specified in the request is not valid: image size must be at least 921600 pixels."
    ),
    (
      "doubao-seedream-4-5-251128", #""size":"1K""#, "", "",
      "The parameter `size` specified in the request is not valid: the specified size is not supported for model doubao-seedream-4-5."
    ),
    (
      "doubao-seedream-4-5-251128", #""size":"adaptive""#, "", "",
      "The parameter `size` specified in the request is not valid: the specified size is not supported for model doubao-seedream-4-5."
    ),
    (
      "doubao-seedream-5-0-260128", #""size":"1K""#, "", "",
      "The parameter `size` specified in the request is not valid: size must be one of 'WIDTHxHEIGHT', '2k', '3k', or '4k'."
    ),
    (
      "seedream-4-5-251128", #""output_format":"png""#, "output_format", "BadRequest",
      "The parameter `output_format` specified in the request is not valid: the parameter `output_format` is not supported by the current model."
    ),
    (
      "dola-seedream-5-0-pro-260628", #""sequential_image_generation":"auto""#,
      "sequential_image_generation", "BadRequest",
      "The parameter `sequential_image_generation` specified in the request are not valid: the parameter `sequential_image_generation` is not supported by the current model."
    ),
    (
      "dola-seedream-5-0-pro-260628", #""stream":true"#, "stream", "BadRequest",
      "The parameter `stream` specified in the request is not valid: the parameter `stream` is not supported by the current model."
    ),
    (
      "seedream-5-0-260128", #""output_format":"webp""#, "output_format", "BadRequest",
      "The parameter `output_format` specified in the request is not valid: must be one of: jpeg, png"
    ),
    (
      "seedream-5-0-260128", #""optimize_prompt_options":{"mode":"fast"}"#, "", "BadRequest",
      "The parameter `optimize_prompt_options.mode` specified in the request is not valid: optimize_prompt_options.mode must be 'standard'"
    ),
    (
      "seedream-4-0-250828", #""image":"aGVsbG8=""#, "", "BadRequest",
      "The parameter `image` specified in the request is not valid: invalid url specified"
    ),
    (
      "seedream-4-0-250828",
      #""image":[\#(Array(repeating: #""http://e.invalid/a""#, count: 15).joined(separator: ","))]"#,
      "", "BadRequest",
      "The parameter `image` specified in the request is not valid: number of reference images cannot exceed 14"
    ),
    (
      "dola-seedream-5-0-pro-260628",
      #""image":[\#(Array(repeating: #""http://e.invalid/a""#, count: 11).joined(separator: ","))]"#,
      "", "BadRequest",
      "The parameter `image` specified in the request is not valid: number of reference images cannot exceed 10"
    ),
    (
      "dola-seedream-5-0-pro-260628", #""background":"transparent""#, "background", "BadRequest",
      "The parameter `background` specified in the request is not valid: transparent background requires exactly one input image"
    ),
    (
      "dola-seedream-5-0-pro-260628",
      #""background":"transparent","image":"http://e.invalid/a","output_format":"jpeg""#,
      "output_format", "BadRequest",
      "The parameter `output_format` specified in the request is not valid: must be png when background is transparent"
    ),
  ]

  @Test("3. the texts of the live service", arguments: texts)
  func text(_ model: String, _ members: String, _ param: String, _ type: String, _ words: String)
    async throws
  {
    let response = try await Wire().post(#"{"model":"\#(model)","prompt":"x",\#(members)}"#)
    #expect(response.status == 400)
    let id = try #require(response.head["x-request-id"])
    let message = #"\#(words) Request id: \#(id)"#
    #expect(
      String(decoding: response.body, as: UTF8.self)
        == #"{"error":{"code":"InvalidParameter","message":"\#(message)","param":"\#(param)","type":"\#(type)"}}"#
    )
  }

  @Test("3. without the right key: 401 to the letter, whatever the body is")
  func key() async throws {
    let response = try await Wire(SandboxOptions(key: "k")).post("{}")
    #expect(response.status == 401)
    #expect(response.head["x-error-code"] == "AuthN_MissOrInvalidAuthorizationHeader")
    let id = try #require(response.head["x-request-id"])
    #expect(
      String(decoding: response.body, as: UTF8.self)
        == #"{"error":{"code":"AuthenticationError","message":"the API key or AK/SK in the request is missing or invalid. request id: \#(id)","param":"","type":"Unauthorized"}}"#
    )
  }

  @Test("4. a mistake in a request for a stream is told in plain JSON")
  func stream() async throws {
    let response = try await Wire().generate(#""stream":true"#, size: "8x8")
    #expect(response.status == 400)
    #expect(response.head["content-type"] == "application/json; charset=utf-8")
    #expect(try Reply.read(response).error?.code == "InvalidParameter")
  }
}
