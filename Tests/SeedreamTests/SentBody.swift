import FoundationEssentials
import Seedream
import Testing

/// A JSON value, compared as JSON is: the order of members does not matter.
enum JSON: Equatable, Decodable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .boolean(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let list = try? container.decode([JSON].self) {
      self = .array(list)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  subscript(_ member: String) -> JSON? {
    if case .object(let members) = self { members[member] } else { nil }
  }

  var names: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }
}

extension WireRequest {
  /// The body as text, stored pictures as `<index:bytes>`.
  var text: String {
    body.map { piece in
      switch piece {
      case .text(let bytes): String(decoding: bytes, as: UTF8.self)
      case .reference(let index, let byteCount): "<\(index):\(byteCount)>"
      }
    }.joined()
  }
}

/// The body that would go out for a request, the model looked up in the catalogue of this version.
func sent(_ request: GenerationRequest, _ dialect: Dialect) throws -> JSON {
  let model = ModelCatalogue.builtIn.model(of: request)
  return try JSON(dialect.encode(request, for: model).text)
}

/// What a user is told before the request goes out.
func told(_ request: GenerationRequest, _ dialect: Dialect) -> [Problem] {
  ModelCatalogue.builtIn.problems(of: request, on: dialect.site, limits: dialect.limits)
}

/// A request for a red lantern.
func lantern(
  _ model: String, _ size: String = "2K", count: Int = 1, references: Int = 0
) throws -> GenerationRequest {
  GenerationRequest(
    model: model, prompt: "a red lantern in fog",
    references: (0..<references).map { .url("https://example.com/\($0).png") },
    size: try #require(SizeChoice(size)), count: count)
}
