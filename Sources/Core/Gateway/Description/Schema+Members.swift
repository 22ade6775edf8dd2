import Seedream

extension Schema {
  /// The body that rules allow, as far as each member alone decides; `ModelSchemas` knows what goes together.
  /// - Parameter more: Further members, by name, that may be there.
  init(of rules: [MemberRule], besides more: [(String, Schema)] = []) {
    let required = rules.filter(\.isRequired).map(\.name)
    self = Schema.object(rules.map { ($0.name, Schema(of: $0)) } + more, required: required)
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
    // Where it may be missing, it may also be blank.
    case .prompt: self.init([type("string")] + (isRequired ? [("pattern", .string("\\S"))] : []))
    case .size:
      let pattern = "^([0-9.]{1,6}[kK]|\(Self.exactSize)|adaptive|auto)$"
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
      self = orNull(.any(of: [.picture(), .list(of: .picture(), atMost: 14)]))
    case .object(let inner): self = orNull(Schema(of: inner))
    case .tools: self = orNull(.list(of: .object([("type", .text)])))
    }
  }
}
