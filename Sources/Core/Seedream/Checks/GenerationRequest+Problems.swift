extension GenerationRequest {
  /// Everything the model or the wire would refuse, in the order of a form, found before sending.
  ///
  /// - Parameters:
  ///   - model: Nil where only the provider knows the model (`ep-…`): then only what every model
  ///     refuses is found.
  ///   - site: Whose wire the request goes to.
  ///   - limits: What the provider changes about the model.
  public func problems(
    for model: Model?, on site: Site = .byteplus, limits: RequestLimits = RequestLimits()
  ) -> [Problem] {
    let model = model?.limited(by: limits)
    let request = limited(by: limits)
    return promptProblems()
      + modelProblems(for: model, on: site, limits: limits)
      + referenceProblems(for: model, limits: limits)
      + sizeProblems(for: model)
      + countProblems(for: model, limits: limits)
      + providerProblems(limits)
      + request.memberProblems(for: model, on: site)
      + request.editProblems(for: model, limits: limits)
  }

  /// The longest prompt, in bytes of UTF-8. No model reads a thousandth of it: what is longer is a mistake, and
  /// is not looked at.
  public static let maximumPromptBytes = 1_000_000

  /// A prompt without a visible character is refused, and one that nobody can have meant; a long one is only
  /// worth a word.
  private func promptProblems() -> [Problem] {
    guard prompt.utf8.count <= Self.maximumPromptBytes else {
      let length = (prompt.utf8.count + 99_999) / 100_000
      return [
        Problem(
          .prompt,
          "The prompt is \(length / 10).\(length % 10) MB long: at most 1 MB is sent. Is this the right file?"
        )
      ]
    }
    if prompt.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      if layers { return [] }
      return [Problem(.prompt, "The prompt is empty: say what to draw.")]
    }
    // An ideograph takes three bytes, a word two with what parts it from the next.
    guard prompt.utf8.count > 900 else { return [] }
    var ideographs = 0
    var words = 0
    var inWord = false
    for scalar in prompt.unicodeScalars {
      if scalar.properties.isIdeographic { ideographs += 1 }
      let isWord = scalar.properties.isAlphabetic && !scalar.properties.isIdeographic
      if isWord && !inWord { words += 1 }
      inWord = isWord || inWord && (scalar == "'" || scalar == "-" || scalar == "\u{2019}")
    }
    guard ideographs > 300 || words > 600 else { return [] }
    return [
      Problem(
        .prompt,
        "The prompt is long: beyond 300 Chinese characters or 600 words the model skips details.",
        severity: .advice)
    ]
  }

  private func countProblems(for model: Model?, limits: RequestLimits) -> [Problem] {
    guard count >= 1 else {
      return [Problem(.count, "Ask for at least one picture.", suggestions: ["1"])]
    }
    if count > 1, layers {
      return [
        Problem(.count, "A split into layers is asked for one at a time.", suggestions: ["1"])
      ]
    }
    if count > 1, let model, !model.drawsSets {
      guard count <= model.mostAtOnce else {
        return [
          Problem(
            .count,
            "At most \(model.mostAtOnce) pictures are asked for at once; \(count) were asked for.",
            suggestions: ["\(model.mostAtOnce)"])
        ]
      }
      // Each is a request of its own.
      var one = self
      one.count = 1
      let isFixed = model.members.seed != nil && (seed ?? -1) >= 0
      return one.countProblems(for: model, limits: limits)
        + (isFixed
          ? [
            Problem(
              .seed, "With one seed all \(count) pictures are alike, and each is paid.",
              severity: .advice)
          ] : [])
    }
    let most = model?.maximumPictures ?? min(limits.pictures ?? 15, 15)
    let name = model?.name ?? "One request"
    guard count <= most else {
      return [
        Problem(
          .count, "\(name) draws at most \(most) pictures; \(count) were asked for.",
          suggestions: ["\(most)"])
      ]
    }
    let together = model == nil ? 15 : model?.maximumTogether
    guard let together, count > 1 || references.count > together,
      references.count + count > together
    else { return [] }
    let left = together - references.count
    return [
      Problem(
        .count,
        "References and pictures together may be \(together): with \(references.count) references "
          + (left > 0 ? "ask for at most \(left)." : "there is no room for a picture."),
        suggestions: left > 0 ? ["\(left)"] : [])
    ]
  }
}

extension ModelCatalogue {
  /// The problems of a request whose model is looked up here, an unknown name among them. A name that
  /// is unknown is taken where the family is named beside it.
  public func problems(
    of request: GenerationRequest, on site: Site = .byteplus,
    limits: RequestLimits = RequestLimits()
  ) -> [Problem] {
    let model = model(of: request)
    var problems: [Problem] = []
    if let family = request.family, self.model(of: family) == nil {
      problems.append(
        Problem(
          .model, "There is no family '\(family.rawValue.shown(limit: 60))'.",
          suggestions: nearestNames(to: family.rawValue)))
    } else if model == nil, !Self.isEndpoint(request.model) {
      let name = request.model.shown(limit: 60)
      problems.append(
        Problem(
          .model,
          name.isEmpty
            ? "Name a model, such as seedream-4.5."
            : "There is no model '\(name)': name one of the list, or an endpoint (ep-…).",
          suggestions: nearestNames(to: request.model)))
    }
    return problems + request.problems(for: model, on: site, limits: limits)
  }
}
