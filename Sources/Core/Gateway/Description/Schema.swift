import Seedream

/// A JSON schema of draft 2020-12, which OpenAPI uses.
struct Schema: Sendable {
  private var members: [(String, JSONText)]

  init(_ members: [(String, JSONText)]) { self.members = members }

  var json: JSONText { .object(members) }

  static let text = Schema([("type", .string("string"))])
  static let whole = Schema([("type", .string("integer"))])
  static let null = Schema([("type", .string("null"))])
  static let anything = Schema([])

  static func text(matching pattern: String) -> Schema {
    text.adding([("pattern", .string(pattern))])
  }

  static func words(_ words: [String]) -> Schema {
    Schema([("enum", .array(words.map { .string($0) }))])
  }

  static func list(of items: Schema, atMost most: Int? = nil) -> Schema {
    Schema([("type", .string("array")), ("items", items.json)])
      .adding(most.map { [("maxItems", .number($0))] } ?? [])
  }

  static func any(of schemas: [Schema]) -> Schema {
    Schema([("anyOf", .array(schemas.map(\.json)))])
  }

  /// - Parameter required: The names of those properties that are always there; nil for all.
  static func object(
    _ properties: [(String, Schema)], required: [String]? = nil
  ) -> Schema {
    let names = required ?? properties.map(\.0)
    return Schema([
      ("type", .string("object")), ("properties", .object(properties.map { ($0.0, $0.1.json) })),
    ]).adding(names.isEmpty ? [] : [Self.required(names)])
  }

  static func required(_ names: [String]) -> (String, JSONText) {
    ("required", .array(names.map { .string($0) }))
  }

  func adding(_ more: [(String, JSONText)]) -> Schema { Schema(members + more) }
}
