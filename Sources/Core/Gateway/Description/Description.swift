import HTTP
import Seedream

/// What the gateway says about itself, from the tables that its checks use.
struct Description: Sendable {
  let program: String
  let provider: String
  let needsKey: Bool
  /// Whether the sandbox itself answers, whose pictures can be fetched here.
  let isSandbox: Bool
  /// Whether requests become jobs of a gallery, whose pictures can be fetched here.
  let records: Bool
  /// In bytes.
  let bodyLimit: Int
  /// What is taken of whom.
  let reader: RequestReader

  var endpoints: [Endpoint] { Endpoint.allCases.filter { $0 != .files || isSandbox || records } }

  /// OpenAPI 3.2, the first that has words for streams of events.
  var openAPI: JSONText {
    .object([
      ("openapi", .string("3.2.0")),
      (
        "info",
        .object([
          ("title", .string("Darkroom gateway")), ("version", .string(program)),
          ("description", .string("Seedream pictures from the provider '\(provider)'. " + retries)),
        ])
      ),
      ("paths", .object(endpoints.map { ($0.template, path($0)) })),
      ("components", .object([("securitySchemes", securitySchemes)])),
    ])
  }

  /// What becomes of a client that asks again by itself.
  var retries: String {
    records
      ? "A client that asks again by itself while its picture is drawn gets that one."
      : "A client that asks again by itself when its patience ends buys a second picture: give it a long "
        + "time limit and max_retries=0."
  }

  private var securitySchemes: JSONText {
    .object([
      ("bearer", .object([("type", .string("http")), ("scheme", .string("bearer"))])),
      (
        "subscription",
        .object([
          ("type", .string("apiKey")), ("in", .string("header")),
          ("name", .string("Ocp-Apim-Subscription-Key")),
        ])
      ),
    ])
  }

  private func path(_ endpoint: Endpoint) -> JSONText {
    let method = endpoint.members.isEmpty ? "get" : "post"
    var operation: [(String, JSONText)] = [
      ("summary", .string(summary(of: endpoint))), ("operationId", .string("\(endpoint)")),
    ]
    if needsKey, endpoint.isGuarded {
      operation.append(
        (
          "security",
          .array(["bearer", "subscription"].map { .object([($0, .array([]))]) })
        ))
    }
    if endpoint == .files {
      operation.append(("parameters", .array([Self.filePath])))
    }
    if !endpoint.members.isEmpty {
      let examples = endpoint.examples.map { example in
        (
          example.name,
          JSONText.object([("summary", .string(example.words)), ("value", example.body)])
        )
      }
      let content: [(String, JSONText)] = [
        (
          "schema",
          Schema(of: endpoint.members, besides: reader.schemas(ofStrangersAt: endpoint))
            .adding(ModelSchemas(endpoint: endpoint, reader: reader).words).json
        ), ("examples", .object(examples)),
      ]
      operation.append(
        (
          "requestBody",
          .object([
            ("required", .boolean(true)),
            ("content", .object([("application/json", .object(content))])),
          ])
        ))
    }
    let answers = Answers(
      endpoint: endpoint, needsKey: needsKey, isSandbox: isSandbox, records: records,
      bodyLimit: bodyLimit)
    operation.append(("responses", answers.described))
    return .object([(method, .object(operation))])
  }

  /// One line for people.
  func summary(of endpoint: Endpoint) -> String {
    endpoint == .edit
      ? "\(endpoint.summary) The model is \(reader.nameOfStandard(at: endpoint))."
      : endpoint.summary
  }

  private static let filePath = JSONText.object([
    ("name", .string("path")), ("in", .string("path")), ("required", .boolean(true)),
    ("schema", Schema.text.json),
  ])
}

extension Endpoint {
  /// The path, with the name of what varies.
  var template: String { self == .files ? "/files/{path}" : rawValue }

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
    case .models: "The models that can be asked for, in the OpenAI form."
    case .arkModels:
      "The models that can be asked for, as Volcengine and BytePlus list theirs; `status` says what ends."
    case .files: "A picture whose address was given out here, for 24 hours; takes ranges."
    case .description: "This description."
    case .docs: "The description as a page."
    case .health: "Whether requests are taken: 200, or 503 while it ends."
    case .metrics: "Counters and times in the Prometheus text form."
    }
  }
}
