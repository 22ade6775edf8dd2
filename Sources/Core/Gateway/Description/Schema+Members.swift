import Seedream

extension Schema {
  /// The body that rules allow, as far as each member alone decides. What a model takes of it, and how
  /// many pictures and references go together, only the checks know.
  init(of rules: [MemberRule]) {
    let required = rules.filter(\.isRequired).map(\.name)
    let needed = rules.compactMap { rule in rule.unless.map { (rule.name, $0) } }
    self = Schema.object(rules.map { ($0.name, Schema(of: $0)) }, required: required)
      .adding(needed.map { Self.required($0.0, unless: $0.1) })
  }

  /// One member is there, or a flag makes up for it.
  private static func required(_ name: String, unless flag: String) -> (String, JSONText) {
    let member = Schema.object([(name, .text)])
    let instead = Schema.object([(flag, Schema([("const", .boolean(true))]))])
    return ("anyOf", .array([member.json, instead.json]))
  }

  private init(of rule: MemberRule) {
    self = Schema(of: rule.kind, isRequired: rule.isRequired)
      .adding([("description", .string(rule.meaning))])
      .adding(rule.standard.map { [("default", $0)] } ?? [])
  }

  /// Null counts as absent, except for what must be there.
  private init(of kind: MemberRule.Kind, isRequired: Bool) {
    func orNull(_ schema: Schema) -> Schema { isRequired ? schema : .any(of: [schema, .null]) }
    func type(_ name: String) -> (String, JSONText) {
      ("type", isRequired ? .string(name) : .array([.string(name), .string("null")]))
    }
    switch kind {
    case .text: self.init([type("string")])
    case .prompt: self.init([type("string"), ("pattern", .string("\\S"))])
    case .size:
      let pattern = "^([0-9.]{1,6}[kK]|[0-9]+[xX×][0-9]+|adaptive|auto)$"
      self.init([type("string"), ("pattern", .string(pattern))])
    case .words(let words): self = orNull(.words(words))
    case .flag: self.init([type("boolean")])
    case .whole(let range):
      self.init([
        type("integer"), ("minimum", .number(range.lowerBound)),
        ("maximum", .number(range.upperBound)),
      ])
    case .number(let range):
      self.init([
        type("number"), ("minimum", .number(Int(range.lowerBound))),
        ("maximum", .number(Int(range.upperBound))),
      ])
    case .pictures:
      let picture = Schema.text(matching: "^(https?://.+|data:image/[a-z]+;base64,.+)$")
      self = orNull(.any(of: [picture, .list(of: picture, atMost: 14)]))
    case .object(let inner): self = orNull(Schema(of: inner))
    case .tools: self = orNull(.list(of: .object([("type", .text)])))
    }
  }
}
