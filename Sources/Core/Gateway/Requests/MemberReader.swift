import FoundationEssentials
import Seedream

/// The members of a body that are what their rules say, and what is wrong with the others. Null counts as
/// absent; members that no rule of any endpoint names are passed over.
struct MemberReader: Decodable {
  enum Value: Equatable {
    case text(String)
    case flag(Bool)
    case whole(Int)
    case number(Double)
    case list([String])
  }

  /// By path, `sequential_image_generation_options.max_images`.
  private(set) var values: [String: Value] = [:]
  private(set) var faults: [MemberFault] = []
  /// Members that are another endpoint's, by name.
  private(set) var foreign: [String: Foreign] = [:]

  struct Foreign {
    var rule: MemberRule
    /// Nil for what no endpoint would take, and for objects.
    var value: Value?
  }

  /// - Parameter strangers: The rules of members that the endpoint has no use for.
  /// - Throws: `Refusal` for what is no JSON object.
  static func read(
    _ body: [UInt8], by rules: [MemberRule], strangers: [MemberRule] = []
  ) throws(Refusal) -> MemberReader {
    try BodyScan.check(body)
    let decoder = JSONDecoder()
    decoder.userInfo[Self.rulesKey] = rules
    decoder.userInfo[Self.strangersKey] = strangers
    do {
      return try decoder.decode(MemberReader.self, from: Data(body))
    } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
      throw .unreadable("it must be an object.")
    } catch {
      throw .unreadable("it is not valid JSON.")
    }
  }

  init(from decoder: any Decoder) throws {
    let rules = decoder.userInfo[Self.rulesKey] as? [MemberRule] ?? []
    let members = try decoder.container(keyedBy: Name.self)
    read(rules, in: members, below: [])
    for rule in decoder.userInfo[Self.strangersKey] as? [MemberRule] ?? [] {
      let name = Name(stringValue: rule.name)
      guard members.contains(name), (try? members.decodeNil(forKey: name)) != true else { continue }
      // What objects hold is not looked at.
      let isObject = if case .object = rule.kind { true } else { false }
      foreign[rule.name] = Foreign(
        rule: rule, value: isObject ? nil : try? value(of: rule.kind, in: members, name))
    }
  }

  private mutating func read(
    _ rules: [MemberRule], in members: KeyedDecodingContainer<Name>, below path: [String]
  ) {
    for rule in rules {
      let path = path + [rule.name]
      let name = Name(stringValue: rule.name)
      guard members.contains(name), (try? members.decodeNil(forKey: name)) != true else {
        if rule.isRequired { faults.append(.missing(path)) }
        continue
      }
      do {
        switch rule.kind {
        case .object(let inner):
          let nested = try members.nestedContainer(keyedBy: Name.self, forKey: name)
          read(inner, in: nested, below: path)
        default:
          let value = try value(of: rule.kind, in: members, name)
          if let fault = rule.kind.fault(of: value, at: path) {
            faults.append(fault)
          } else {
            values[path.joined(separator: ".")] = value
          }
        }
      } catch {
        faults.append(.wrongType(path, wanted: rule.kind.wanted))
      }
    }
  }

  private func value(
    of kind: MemberRule.Kind, in members: KeyedDecodingContainer<Name>, _ name: Name
  ) throws -> Value {
    switch kind {
    case .text, .prompt, .words, .size: return .text(try members.decode(String.self, forKey: name))
    case .flag: return .flag(try members.decode(Bool.self, forKey: name))
    case .whole: return .whole(try members.decode(Int.self, forKey: name))
    case .number: return .number(try members.decode(Double.self, forKey: name))
    case .pictures:
      if let single = try? members.decode(String.self, forKey: name) { return .list([single]) }
      return .list(try members.decode([String].self, forKey: name))
    case .tools: return .list(try members.decode([Tool].self, forKey: name).map(\.type))
    case .object: return .list([])
    }
  }

  private static let rulesKey = CodingUserInfoKey("rules")
  private static let strangersKey = CodingUserInfoKey("strangers")

  private struct Tool: Decodable { var type: String }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension MemberReader {
  func text(_ path: String) -> String? {
    if case .text(let value)? = values[path] { value } else { nil }
  }

  func flag(_ path: String) -> Bool? {
    if case .flag(let value)? = values[path] { value } else { nil }
  }

  func whole(_ path: String) -> Int? {
    if case .whole(let value)? = values[path] { value } else { nil }
  }

  func number(_ path: String) -> Double? {
    if case .number(let value)? = values[path] { value } else { nil }
  }

  func list(_ path: String) -> [String] {
    if case .list(let value)? = values[path] { value } else { [] }
  }
}

extension CodingUserInfoKey {
  /// A key whose name is known to be one.
  fileprivate init(_ name: StaticString) {
    guard let key = CodingUserInfoKey(rawValue: "\(name)") else {
      preconditionFailure("every text is the name of a key")
    }
    self = key
  }
}

extension MemberRule.Kind {
  /// What a value must be, for people.
  fileprivate var wanted: String {
    switch self {
    case .text, .prompt, .words, .size: "a string"
    case .flag: "true or false"
    case .whole: "a whole number"
    case .number: "a number"
    case .pictures: "a string or a list of strings"
    case .object: "an object"
    case .tools: "a list of objects with a type"
    }
  }

  /// What is wrong with a value of the right type.
  fileprivate func fault(of value: MemberReader.Value, at path: [String]) -> MemberFault? {
    switch (self, value) {
    case (.words(let words), .text(let text)) where !words.contains(text):
      .wrongValue(path, "must be one of: \(words.joined(separator: ", "))", legal: words)
    case (.whole(let range), .whole(let number)) where !range.contains(number):
      .wrongValue(
        path, "must be a whole number from \(range.lowerBound) to \(range.upperBound)",
        legal: ["\(range.lowerBound)-\(range.upperBound)"])
    case (.number(let range), .number(let number)) where !range.contains(number):
      .wrongValue(
        path, "must be a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))",
        legal: ["\(Int(range.lowerBound))-\(Int(range.upperBound))"])
    case (.size, .text(let text)) where SizeChoice(text) == nil:
      .wrongValue(path, "must be a keyword such as 2K, or width x height", legal: ["2K", "WxH"])
    default: nil
    }
  }
}
