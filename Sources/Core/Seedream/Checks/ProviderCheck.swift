extension GenerationRequest {
  /// Sets a member back to what is sent when nobody asked for anything; true where that changed what a
  /// user had set.
  private mutating func leaveOut(_ member: RequestLimits.Member) -> Bool {
    let before = self
    switch member {
    case .outputFormat: outputFormat = nil
    case .stream:
      streaming = .off
      return before.streaming == .on
    case .seed: seed = nil
    case .guidanceScale: guidanceScale = nil
    case .promptOptimization: promptOptimization = nil
    case .webSearch: webSearch = false
    case .background: background = nil
    case .layers: layers = false
    }
    return self != before
  }

  /// The request as a provider is sent it: without the members it does not take.
  func limited(by limits: RequestLimits) -> GenerationRequest {
    var request = self
    for member in limits.leavesOut { _ = request.leaveOut(member) }
    return request
  }

  /// Members that were set and the provider does not take, whatever the model.
  func providerProblems(_ limits: RequestLimits) -> [Problem] {
    var request = self
    return limits.leavesOut.filter { request.leaveOut($0) }.map { member in
      member == .layers
        ? Problem(member.field, "This provider does not split pictures into layers.")
        : Problem(
          member.field, "This provider does not take '\(member.rawValue)': it is left out.",
          severity: .advice)
    }
  }

  /// A model that is not among those the provider names, or that its site does not have.
  func modelProblems(for model: Model?, on site: Site, limits: RequestLimits) -> [Problem] {
    guard let model else { return [] }
    if model.id(for: site, named: self.model).isEmpty {
      return [Problem(.model, "\(model.name) has no id on this provider's site: use another.")]
    }
    guard let families = limits.families, !families.contains(model.family) else { return [] }
    let offered = families.map(\.rawValue)
    return [
      Problem(
        .model,
        "This provider names only \(offered.joined(separator: ", ")): \(model.name) may be refused, "
          + "or another model may draw.", suggestions: offered, severity: .advice)
    ]
  }
}

extension RequestLimits.Member {
  /// Where a form shows it.
  fileprivate var field: Problem.Field {
    switch self {
    case .outputFormat: .outputFormat
    case .stream: .streaming
    case .seed: .seed
    case .guidanceScale: .guidanceScale
    case .promptOptimization: .promptOptimization
    case .webSearch: .webSearch
    case .background: .background
    case .layers: .layers
    }
  }
}
