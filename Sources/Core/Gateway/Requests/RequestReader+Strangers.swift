import Seedream

// Members of other endpoints, at one that has no use for them.
extension RequestReader {
  /// What is wrong with such a member; nil where nothing else would be drawn for it.
  func fault(of foreign: MemberReader.Foreign, at endpoint: Endpoint) -> MemberFault? {
    let name = foreign.rule.name
    let harmless = harmlessValues(of: foreign.rule, at: endpoint)
    if let value = foreign.value, harmless.contains(value) { return nil }
    if name == "model", case .text(let wanted)? = foreign.value {
      // The case of a model's name makes no difference.
      let names = namesOfStandard(at: endpoint).map { $0.lowercased() }
      if names.contains(wanted.lowercased()) { return nil }
      return .wrongValue(
        [name],
        "this endpoint draws with \(nameOfStandard(at: endpoint)) only: leave it out, or ask at "
          + Endpoint.openAI.rawValue)
    }
    return .wrongValue(
      [name],
      "this endpoint has no use for it, and would draw another picture: leave it out, or ask at "
        + Endpoint.openAI.rawValue)
  }

  /// What such members may be, by name, as the description says it.
  func schemas(ofStrangersAt endpoint: Endpoint) -> [(String, Schema)] {
    endpoint.strangers.map { rule in
      let values = harmlessValues(of: rule, at: endpoint).map(\.json)
      return (
        rule.name,
        Schema([
          ("enum", .array(values + [.null])),
          ("description", .string("Of other endpoints; what would change the picture is refused.")),
        ])
      )
    }
  }

  /// What changes nothing about the picture.
  private func harmlessValues(
    of rule: MemberRule, at endpoint: Endpoint
  ) -> [MemberReader.Value] {
    switch (rule.name, rule.kind) {
    case ("model", _): namesOfStandard(at: endpoint).map { .text($0) }
    case ("n", _), ("num_images", _): [.whole(1)]
    case ("background", _): [.text("auto"), .text("opaque")]
    case (_, .flag): [.flag(false)]
    case (_, .tools), (_, .pictures): [.list([])]
    default: []
    }
  }

  /// All that mean the model that is drawn with where a body names none.
  private func namesOfStandard(at endpoint: Endpoint) -> [String] {
    let standard = standardName(at: endpoint)
    let names = catalogue.model(named: standard)?.names.filter { name in
      catalogue.model(named: name)?.family == catalogue.model(named: standard)?.family
    }
    return [standard] + (names ?? []).filter { $0 != standard }
  }
}

extension MemberReader.Value {
  fileprivate var json: JSONText {
    switch self {
    case .text(let text): .string(text)
    case .flag(let flag): .boolean(flag)
    case .whole(let number): .number(number)
    case .number(let number): .fraction(number)
    case .list(let list): .array(list.map { .string($0) })
    }
  }
}
