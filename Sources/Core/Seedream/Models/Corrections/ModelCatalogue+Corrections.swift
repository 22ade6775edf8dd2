/// A catalogue after a user's corrections, and those that were not taken.
public struct CorrectedCatalogue: Equatable, Sendable {
  /// With every correction that makes sense.
  public var catalogue: ModelCatalogue
  /// One or more for each correction that was left out.
  public var problems: [CorrectionProblem]
}

extension ModelCatalogue {
  /// Adds models and changes known ones, in order. A correction that does not make sense is left out
  /// as a whole, so that half a model is never asked for; the others count.
  public func corrected(by corrections: [ModelCorrection]) -> CorrectedCatalogue {
    var result = CorrectedCatalogue(catalogue: self, problems: [])
    for (index, correction) in corrections.enumerated() {
      var fault = CorrectionFaults(index: index)
      let place = result.catalogue.models.firstIndex { $0.family == correction.family }
      let base = place.map { result.catalogue.models[$0] }
      let model = result.catalogue.model(correction, basedOn: base, &fault)
      guard let model, fault.found.isEmpty else {
        result.problems += fault.found
        continue
      }
      if let place {
        result.catalogue.models[place] = model
      } else {
        result.catalogue.models.append(model)
      }
    }
    return result
  }

  /// The model as corrected; nil, or with faults, where it makes no sense.
  private func model(
    _ correction: ModelCorrection, basedOn known: Model?, _ fault: inout CorrectionFaults
  ) -> Model? {
    guard var model = known ?? newModel(correction, &fault) else { return nil }
    correction.setNames(of: &model, &fault)
    correction.setLimits(of: &model, &fault)
    correction.setSizes(of: &model, &fault)
    correction.setMembers(of: &model, &fault)
    correction.setPrices(of: &model, &fault)
    let others = models.filter { $0.family != model.family }
    for name in model.names {
      if let other = others.first(where: { $0.answers(to: name) }) {
        fault(.ids, "'\(name.shown(limit: 60))' is already a name of \(other.name).")
      }
    }
    return model
  }

  /// A model of which nothing is known but what it resembles.
  private func newModel(
    _ correction: ModelCorrection, _ fault: inout CorrectionFaults
  ) -> Model? {
    let family = correction.family.rawValue
    guard CorrectionFaults.isName(family) else {
      fault(.family, "A family is a word such as seedream-6.0, not '\(family.shown(limit: 40))'.")
      return nil
    }
    guard correction.byteplusIDs?.first != nil || correction.volcengineIDs?.first != nil else {
      fault(.ids, "\(family) is new: name its id on at least one site.")
      return nil
    }
    var model = Model(
      family: correction.family, name: family, volcengine: .init(""), byteplus: .init(""),
      sizes: SizeRules(tiers: [], pixels: nil, standard: .keyword("2K")), references: 0...0,
      members: MemberSupport())
    if let like = correction.like {
      guard let other = self.model(of: like) else {
        fault(.like, "There is no family '\(like.rawValue.shown(limit: 40))' to be like.")
        return nil
      }
      (model.sizes, model.references, model.members) = (
        other.sizes, other.references, other.members
      )
      model.maximumPictures = other.maximumPictures
      model.maximumTogether = other.maximumTogether
      model.secondsPerPicture = other.secondsPerPicture
      model.picturesPerMinute = other.picturesPerMinute
    }
    return model
  }
}

/// What is wrong with one correction.
struct CorrectionFaults {
  let index: Int
  private(set) var found: [CorrectionProblem] = []

  init(index: Int) {
    self.index = index
  }

  mutating func callAsFunction(_ member: CorrectionProblem.Member, _ message: String) {
    found.append(CorrectionProblem(index: index, member: member, message: message))
  }

  /// Whether a text can be an id or a family: it is sent, and typed.
  static func isName(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
  }
}
