import FoundationEssentials

/// A JSON value, to hold answers against their description.
indirect enum JSON: Decodable, Equatable {
  case null, boolean(Bool), number(Double), string(String), array([JSON]), object([String: JSON])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let boolean = try? value.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSON].self))
    }
  }

  static func read(_ bytes: [UInt8]) throws -> JSON {
    try JSONDecoder().decode(JSON.self, from: Data(bytes))
  }

  subscript(_ names: String...) -> JSON? {
    names.reduce(self as JSON?) { value, name in
      if case .object(let members)? = value { members[name] } else { nil }
    }
  }

  var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }
  var items: [JSON] { if case .array(let items) = self { items } else { [] } }
  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// As the text of a request's body.
  var written: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let value): value == value.rounded() ? "\(Int(value))" : "\(value)"
    case .string(let text): "\"\(text)\""
    case .array(let items): "[\(items.map(\.written).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\"\($0.key)\":\($0.value.written)" }.joined(separator: ","))}"
    }
  }

  /// Where this is not what a schema says, of those words that the descriptions of answers use. What the
  /// schema has no word for is a difference too.
  func differences(from schema: JSON, at place: String = "") -> [String] {
    var found: [String] = []
    if let name = schema["type"]?.text, name != type {
      found.append("\(place): \(type), not \(name)")
    }
    if let words = schema["enum"]?.items, !words.contains(self) {
      found.append("\(place): \(written) is not listed")
    }
    if let choices = schema["anyOf"]?.items,
      choices.allSatisfy({ !lacks($0["required"]).isEmpty })
    {
      found.append("\(place): none of the choices")
    }
    found += lacks(schema["required"]).map { "\(place): no '\($0)'" }
    if let properties = schema["properties"] {
      for (name, value) in members {
        if let inner = properties[name] {
          found += value.differences(from: inner, at: "\(place)/\(name)")
        } else {
          found.append("\(place): '\(name)' is not described")
        }
      }
    }
    if let inner = schema["items"] {
      for item in items { found += item.differences(from: inner, at: "\(place)/*") }
    }
    return found
  }

  private func lacks(_ required: JSON?) -> [String] {
    (required?.items ?? []).compactMap(\.text).filter { members[$0] == nil }
  }

  private var type: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .number(let value): value == value.rounded() ? "integer" : "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
