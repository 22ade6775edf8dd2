/// Whether a value is what a schema says, for those words that descriptions of requests use.
extension JSON {
  func satisfies(_ schema: JSON) throws -> Bool {
    for (word, value) in schema.members {
      let isTrue =
        switch word {
        case "type": (value.items + [value]).contains { $0.text.map(isOf) ?? false }
        case "enum": value.items.contains(self)
        case "const": value == self
        case "anyOf": try value.items.contains { try satisfies($0) }
        case "not": try !satisfies(value)
        case "required": value.items.allSatisfy { $0.text.map { members[$0] != nil } ?? false }
        case "properties":
          try members.allSatisfy { name, inner in try value[name].map(inner.satisfies) ?? true }
        case "items": try items.allSatisfy { try $0.satisfies(value) }
        case "pattern": try text?.contains(Regex(value.text ?? "")) ?? true
        case "minimum", "maximum", "minItems", "maxItems": isWithin(word, value)
        case "title", "description", "default": true
        default: throw UnknownWord(word: word)
        }
      guard isTrue else { return false }
    }
    return true
  }

  struct UnknownWord: Error { var word: String }

  private func isOf(_ type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .boolean: type == "boolean"
    case .number(let value):
      type == "number" || type == "integer" && value == value.rounded()
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }

  private func isWithin(_ word: String, _ bound: JSON) -> Bool {
    guard case .number(let bound) = bound else { return false }
    switch (word, self) {
    case ("minimum", .number(let value)): return value >= bound
    case ("maximum", .number(let value)): return value <= bound
    case ("minItems", .array(let items)): return items.count >= Int(bound)
    case ("maxItems", .array(let items)): return items.count <= Int(bound)
    default: return true
    }
  }
}
