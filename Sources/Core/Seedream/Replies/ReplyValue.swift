/// Any JSON value of a reply, kept as it was given: for members whose names nobody has written down.
public enum ReplyValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([ReplyValue])
  case object([String: ReplyValue])

  /// About how many bytes it takes as text.
  var weight: Int {
    switch self {
    case .null, .boolean, .number: 8
    case .string(let text): text.utf8.count + 2
    case .array(let values): values.reduce(2) { $0 + $1.weight }
    case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count + 4 + $1.value.weight }
    }
  }

  /// The same with every text changed: without a secret, for instance.
  public func mapStrings(_ change: (String) -> String) -> ReplyValue {
    switch self {
    case .null, .boolean, .number: self
    case .string(let text): .string(change(text))
    case .array(let values): .array(values.map { $0.mapStrings(change) })
    case .object(let members): .object(members.mapValues { $0.mapStrings(change) })
    }
  }
}

extension ReplyValue: Codable {
  /// Reads any JSON value.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let truth = try? value.decode(Bool.self) {
      self = .boolean(truth)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .string(text)
    } else if let values = try? value.decode([ReplyValue].self) {
      self = .array(values)
    } else {
      self = .object(try value.decode([String: ReplyValue].self))
    }
  }

  /// Writes the value as JSON.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .null: try value.encodeNil()
    case .boolean(let truth): try value.encode(truth)
    case .number(let number):
      if let whole = Int(exactly: number) {
        try value.encode(whole)
      } else {
        try value.encode(number)
      }
    case .string(let text): try value.encode(text)
    case .array(let values): try value.encode(values)
    case .object(let members): try value.encode(members)
    }
  }
}

extension [String: ReplyValue] {
  /// As JSON in one line, for people.
  package var shown: String { ReplyValue.object(self).text.description }
}

extension ReplyValue {
  /// As it is written on the wire, members in the order of their names.
  package var text: JSONText {
    switch self {
    case .null: .null
    case .boolean(let truth): .boolean(truth)
    case .number(let number):
      Int(exactly: number).map { .number($0) } ?? .fraction(number)
    case .string(let text): .string(text)
    case .array(let values): .array(values.map(\.text))
    case .object(let members):
      .object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.text) })
    }
  }
}
