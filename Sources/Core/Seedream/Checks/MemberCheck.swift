extension GenerationRequest {
  /// Optional members that a user set and the model does not take, or not with this value.
  ///
  /// What the model does not take is left out of the request, so it is advice; a value out of range
  /// is refused, so it blocks.
  func memberProblems(for model: Model?, on site: Site) -> [Problem] {
    var problems = rangeProblems(for: model)
    guard let model else { return problems }
    let takes = model.members
    func leftOut(_ field: Problem.Field, _ message: String, _ suggestions: [String] = []) {
      problems.append(
        Problem(field, message, suggestions: suggestions, severity: .advice))
    }
    if let format = outputFormat, !takes.outputFormats.contains(format),
      !takes.outputFormats.isEmpty || format != .jpeg
    {
      let offered = takes.outputFormats.map(\.rawValue)
      leftOut(
        .outputFormat,
        offered.isEmpty
          ? "\(model.name) always draws JPEG: the format is left out."
          : "\(model.name) draws \(offered.joined(separator: " or ")): the format is left out.",
        offered.isEmpty ? ["jpeg"] : offered)
    }
    if streaming == .on, !takes.stream {
      leftOut(
        .streaming, "\(model.name) does not stream: the picture comes in one piece.", ["auto"])
    }
    if seed != nil, takes.seed == nil {
      leftOut(.seed, "\(model.name) takes no seed: it is left out.")
    }
    if guidanceScale != nil, takes.guidanceScale == nil {
      leftOut(.guidanceScale, "\(model.name) takes no guidance scale: it is left out.")
    }
    if let mode = promptOptimization, !takes.promptOptimizations.contains(mode) {
      let offered = takes.promptOptimizations.map(\.rawValue)
      leftOut(
        .promptOptimization,
        offered.isEmpty
          ? "\(model.name) does not rewrite prompts: the choice is left out."
          : "\(model.name) rewrites prompts only in the way '\(offered.joined(separator: ", "))': "
            + "'\(mode.rawValue)' is left out.", offered)
    }
    if webSearch, !takes.webSearch.contains(site) {
      leftOut(
        .webSearch,
        takes.webSearch.isEmpty
          ? "\(model.name) cannot search the web: the wish is left out."
          : "\(model.name) is documented to search the web on Volcengine only: the wish is left out."
      )
    }
    return problems
  }

  /// Without a model, the widest range of any.
  private func rangeProblems(for model: Model?) -> [Problem] {
    var problems: [Problem] = []
    let seeds = model == nil ? MemberSupport.anySeed : model?.members.seed
    if let seed, let seeds, !seeds.contains(seed) {
      problems.append(
        Problem(
          .seed, "A seed is a whole number from \(seeds.lowerBound) to \(seeds.upperBound).",
          suggestions: ["\(min(max(seed, seeds.lowerBound), seeds.upperBound))"]))
    }
    let scales = model == nil ? 1...10 : model?.members.guidanceScale
    if let scale = guidanceScale, let scales, !scales.contains(scale) {
      let nearest = scale.isNaN ? 2.5 : min(max(scale, scales.lowerBound), scales.upperBound)
      problems.append(
        Problem(
          .guidanceScale,
          "The guidance scale is a number from \(Int(scales.lowerBound)) to "
            + "\(Int(scales.upperBound)).", suggestions: ["\(nearest)"]))
    }
    return problems
  }
}
