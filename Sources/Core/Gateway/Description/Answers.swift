import Seedream

/// What each endpoint answers, for the description.
enum Answers {
  static func described(of endpoint: Endpoint) -> JSONText {
    var answers: [(String, JSONText)] = []
    func answer(_ status: String, _ words: String, _ content: [(String, JSONText)] = []) {
      answers.append(
        (
          status,
          .object(
            [("description", .string(words))]
              + (content.isEmpty ? [] : [("content", .object(content))]))
        ))
    }
    let refusal = [("application/json", media(refusalSchema(endpoint.style)))]
    guard endpoint.generates || endpoint == .results else {
      switch endpoint {
      case .files: answer("200", "A picture.", [("image/*", .object([]))])
      case .docs: answer("200", "A page for people.", [("text/html", .object([]))])
      case .description:
        answer(
          "200", "This document.", [("application/json", media([("type", .string("object"))]))])
      default: answer("200", "Text.", [("text/plain", media([("type", .string("string"))]))])
      }
      answer("default", "Why there is nothing.", refusal)
      return .object(answers)
    }
    if endpoint.generates {
      var content = [("application/json", media(pictures, example: picturesExample))]
      if endpoint != .edit {
        content.append(("text/event-stream", media([("type", .string("string"))])))
      }
      answer("200", "The pictures, or why some of them did not come.", content)
    }
    answer(endpoint.style.isDetail ? "422" : "400", "What is wrong with the request.", refusal)
    answer("401", "The key is missing, or none that is known.", refusal)
    answer("402", "There is no room for it in the gallery's budget.", refusal)
    answer("404", "There is no such model, or no such job.", refusal)
    answer("413", "The body is too large.", [("text/plain", media([("type", .string("string"))]))])
    answer("415", "The body does not say that it is JSON.", refusal)
    answer("429", "The provider asks to slow down.", refusal)
    answer("default", "What the provider answered, or that it did not.", refusal)
    return .object(answers)
  }

  private static func media(
    _ schema: [(String, JSONText)], example: JSONText? = nil
  ) -> JSONText {
    .object([("schema", .object(schema))] + (example.map { [("example", $0)] } ?? []))
  }

  private static let text: JSONText = .object([("type", .string("string"))])
  private static let whole: JSONText = .object([("type", .string("integer"))])

  private static func object(
    _ members: [(String, JSONText)], required: [String] = []
  ) -> [(String, JSONText)] {
    [("type", .string("object")), ("properties", .object(members))]
      + (required.isEmpty ? [] : [("required", .array(required.map { .string($0) }))])
  }

  private static let fault = JSONText.object(object([("code", text), ("message", text)]))

  private static let pictures = object(
    [
      ("model", text), ("created", whole),
      (
        "data",
        .object([
          ("type", .string("array")),
          (
            "items",
            .object(
              object([("url", text), ("b64_json", text), ("size", text), ("error", fault)]))
          ),
        ])
      ),
      (
        "usage",
        .object(
          object([
            ("generated_images", whole), ("output_tokens", whole), ("total_tokens", whole),
            ("prompt_tokens", whole), ("completion_tokens", whole),
          ]))
      ), ("error", fault),
    ])

  private static let picturesExample = JSONText.object([
    ("model", .string("seedream-4-5-251128")), ("created", .number(1_768_518_000)),
    (
      "data",
      .array([
        .object([
          ("url", .string("https://example.com/seedream-4-5/0217_0.jpeg?X-Tos-Expires=86400")),
          ("size", .string("2048x2048")),
        ])
      ])
    ),
    (
      "usage",
      .object([
        ("generated_images", .number(1)), ("output_tokens", .number(16_384)),
        ("total_tokens", .number(16_384)),
      ])
    ),
  ])

  private static func refusalSchema(_ style: RefusalStyle) -> [(String, JSONText)] {
    let error = JSONText.object(
      object(
        [("code", text), ("message", text), ("param", text), ("type", text)],
        required: ["code", "message"]))
    switch style {
    case .ark: return object([("error", error)], required: ["error"])
    case .text: return object([("error", text)], required: ["error"])
    case .detail: return object([("detail", .object([])), ("error", error)], required: ["detail"])
    }
  }
}

extension RefusalStyle {
  /// Whether what is wrong with a body is told with status 422.
  var isDetail: Bool { self == .detail }
}

extension Endpoint {
  /// One line for people.
  var summary: String {
    switch self {
    case .unified: "Draws pictures: one endpoint for all use cases."
    case .ark: "Draws pictures, as Volcengine Ark and BytePlus ModelArk do."
    case .openAI: "Draws pictures, in the OpenAI form."
    case .edit:
      "Draws pictures, as Pixazo's multi-image edit does; answers with the pictures themselves."
    case .results:
      "Asks for a job; there is none, since every request is answered with its pictures."
    case .files:
      "A picture of the sandbox, or with --record of the gallery, for 24 hours; takes ranges."
    case .description: "This description."
    case .docs: "The description as a page."
    case .health: "Whether requests are taken: 200, or 503 while it ends."
    case .metrics: "Counters and times in the Prometheus text form."
    }
  }
}
