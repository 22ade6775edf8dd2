// The same list from the other side, for those who answer in a provider's stead.
extension ModelCatalogue {
  /// The form of a list of models.
  package enum ListForm: Sendable {
    /// `object`, `data` with `id`, `object`, `created`, `owned_by`.
    case openAI
    /// As Volcengine and BytePlus answer, as far as replies of theirs are known.
    case ark
  }

  /// What can be asked for where a dialect leads, each model under the id that is sent first.
  ///
  /// - Parameters:
  ///   - notices: Models that have ended there or are going to, by family.
  package func list(
    for dialect: Dialect, as form: ListForm, notices: [String: LifeNotice] = [:]
  ) -> JSONText {
    let entries = models.compactMap { model -> JSONText? in
      let id = dialect.ids[model.family.rawValue] ?? model.id(for: dialect.site)
      guard !id.isEmpty, dialect.limits.families?.contains(model.family) ?? true else { return nil }
      let limited = model.limited(by: dialect.limits)
      switch form {
      case .openAI:
        return .object([
          ("id", .string(id)), ("object", .string("model")), ("created", .number(Self.day(of: id))),
          ("owned_by", .string("bytedance")),
        ])
      case .ark: return limited.arkEntry(id, notices[model.family.rawValue])
      }
    }
    return .object([("object", .string("list")), ("data", .array(entries))])
  }

  /// The day that ends an id, `-261028`, in seconds since 1970; 0 where it has none.
  private static func day(of id: String) -> Int {
    let digits = id.suffix(6)
    guard digits.count == 6, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return 0
    }
    let text = "20\(digits.prefix(2))-\(digits.dropFirst(2).prefix(2))-\(digits.suffix(2))"
    return ModelLife.Moment(text, hoursOfDays: 0).map { Int($0.seconds) - 86_400 } ?? 0
  }
}

extension Model {
  fileprivate func arkEntry(_ id: String, _ notice: LifeNotice?) -> JSONText {
    let digits = id.suffix(6)
    let isDated = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let tasks =
      (references.lowerBound == 0 ? ["TextToImage"] : [])
      + (references.upperBound > 0 ? ["ImageToImage"] : [])
    let inputs = ["text"] + (references.upperBound > 0 ? ["image"] : [])
    func list(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
    var members: [(String, JSONText)] = [
      ("id", .string(id)), ("object", .string("model")),
      ("name", .string(isDated ? String(id.dropLast(7)) : id)),
      ("version", .string(isDated ? String(digits) : "")),
      ("domain", .string("ImageGeneration")), ("task_type", list(tasks)),
      (
        "modalities",
        .object([("input_modalities", list(inputs)), ("output_modalities", list(["image"]))])
      ),
    ]
    if let status = status(notice) { members.append(("status", .string(status))) }
    return .object(members)
  }

  private func status(_ notice: LifeNotice?) -> String? {
    switch (notice?.isOver, lifecycle) {
    case (true?, _), (_, .shutDown): "Shutdown"
    case (false?, _), (_, .retiring): "Retiring"
    default: nil
    }
  }
}
