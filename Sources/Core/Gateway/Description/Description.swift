import HTTP
import Seedream

/// What the gateway says about itself, from the tables that its checks use.
struct Description: Sendable {
  let program: String
  let provider: String
  let needsKey: Bool

  /// OpenAPI 3.1.
  var openAPI: JSONText {
    let paths = Endpoint.allCases.map { endpoint in
      (endpoint == .files ? "/files/{path}" : endpoint.rawValue, path(endpoint))
    }
    return .object([
      ("openapi", .string("3.1.0")),
      (
        "info",
        .object([
          ("title", .string("Darkroom gateway")), ("version", .string(program)),
          ("description", .string("Seedream pictures from the provider '\(provider)'.")),
        ])
      ),
      ("paths", .object(paths)),
      ("components", .object([("securitySchemes", securitySchemes)])),
    ])
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
      ("summary", .string(endpoint.summary)), ("operationId", .string("\(endpoint)")),
    ]
    if needsKey, endpoint.isGuarded {
      operation.append(
        (
          "security",
          .array(["bearer", "subscription"].map { .object([($0, .array([]))]) })
        ))
    }
    if endpoint == .files {
      operation.append(
        (
          "parameters",
          .array([
            .object([
              ("name", .string("path")), ("in", .string("path")), ("required", .boolean(true)),
              ("schema", .object([("type", .string("string"))])),
            ])
          ])
        ))
    }
    if !endpoint.members.isEmpty {
      let content: [(String, JSONText)] = [
        ("schema", .object(Self.schema(of: endpoint.members))), ("example", endpoint.example),
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
    operation.append(("responses", Answers.described(of: endpoint)))
    return .object([(method, .object(operation))])
  }

  private static func schema(of rules: [MemberRule]) -> [(String, JSONText)] {
    let required = rules.filter(\.isRequired).map { JSONText.string($0.name) }
    return [("type", .string("object"))]
      + (required.isEmpty ? [] : [("required", .array(required))])
      + [("properties", .object(rules.map { ($0.name, .object(schema(of: $0))) }))]
  }

  private static func schema(of rule: MemberRule) -> [(String, JSONText)] {
    // Null counts as absent, except for what must be there.
    func type(_ name: String) -> (String, JSONText) {
      ("type", rule.isRequired ? .string(name) : .array([.string(name), .string("null")]))
    }
    let null: [JSONText] = [.object([("type", .string("null"))])]
    var schema: [(String, JSONText)] = [("description", .string(rule.meaning))]
    switch rule.kind {
    case .text: schema.append(type("string"))
    case .size:
      schema += [type("string"), ("pattern", .string("^([0-9.]+[kK]|[0-9]+[xX][0-9]+|[a-z]+)$"))]
    case .words(let words):
      schema.append(
        (
          "anyOf",
          .array([.object([("enum", .array(words.map { .string($0) }))])] + null)
        ))
    case .flag: schema.append(type("boolean"))
    case .whole(let range):
      schema += [
        type("integer"), ("minimum", .number(range.lowerBound)),
        ("maximum", .number(range.upperBound)),
      ]
    case .number(let range):
      schema += [
        type("number"), ("minimum", .number(Int(range.lowerBound))),
        ("maximum", .number(Int(range.upperBound))),
      ]
    case .pictures:
      let text = [("type", JSONText.string("string"))]
      schema.append(
        (
          "anyOf",
          .array(
            [.object(text), .object([("type", .string("array")), ("items", .object(text))])] + null)
        ))
    case .object(let inner):
      schema.append(("anyOf", .array([.object(Self.schema(of: inner))] + null)))
    case .tools:
      let tool: [(String, JSONText)] = [
        ("type", .string("object")), ("required", .array([.string("type")])),
        ("properties", .object([("type", .object([("type", .string("string"))]))])),
      ]
      schema += [type("array"), ("items", .object(tool))]
    }
    if let standard = rule.standard { schema.append(("default", standard)) }
    return schema
  }
}
