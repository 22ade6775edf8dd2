extension GenerationRequest {
  /// What a transparent background and a split into layers demand of the rest of a request.
  ///
  /// Source: Image generation API (doc 1541523), revision of autumn 2026; refusals measured live. For 5.5 the
  /// sources that are named beside it in the catalogue.
  func editProblems(for model: Model?, limits: RequestLimits) -> [Problem] {
    (layers ? layerProblems(for: model, limits) : backgroundProblems(for: model))
      + boxProblems(for: model)
  }

  private func layerProblems(for model: Model?, _ limits: RequestLimits) -> [Problem] {
    if let model, model.members.layers == nil {
      let isProviders = limits.edits?.contains(model.family) == false
      return [
        Problem(
          .model,
          isProviders
            ? "This provider does not split pictures into layers with \(model.name)."
            : "\(model.name) does not split pictures into layers.",
          suggestions: isProviders
            ? limits.edits?.map(\.rawValue) ?? [] : Self.families { $0.layers != nil })
      ]
    }
    let formats = model?.members.layers?.formats ?? Self.layerFormats
    var problems: [Problem] = []
    if references.count != 1 {
      problems.append(
        Problem(.references, "A split into layers takes exactly one reference."))
    } else if let format = references[0].format, !formats.contains(format) {
      let offered = formats.map { $0.rawValue.uppercased() }
      problems.append(
        Problem(
          .references,
          "A split into layers takes a \(offered.dropLast().joined(separator: ", ")) or "
            + "\(offered.last ?? ""), not \(format.rawValue).", referenceIndex: 0))
    }
    if case .pixels = size {
      problems.append(
        Problem(.size, "A split into layers takes no exact size.", suggestions: ["auto"]))
    }
    if let layerLimit, layerLimit < 1 {
      problems.append(Problem(.layers, "Set money aside for at least one layer."))
    }
    if background != nil, model != nil {
      problems.append(
        Problem(.background, "A split into layers takes no background: leave one of them out."))
    }
    return problems
  }

  private func backgroundProblems(for model: Model?) -> [Problem] {
    guard let background else { return [] }
    if let model, !model.members.background.values.contains(background) {
      let offered = model.members.background.values.map(\.rawValue)
      if !offered.isEmpty {
        return [
          Problem(
            .background,
            "\(model.name) takes \(offered.joined(separator: " or ")) as the background: "
              + "'\(background.rawValue)' is left out.", suggestions: offered, severity: .advice)
        ]
      }
      return [
        Problem(
          .model, "\(model.name) cannot choose the background: the wish is left out.",
          suggestions: Self.families { $0.background != .none }, severity: .advice)
      ]
    }
    guard background == .transparent else { return [] }
    var problems: [Problem] = []
    if model?.members.background == .ofReference { problems = transparencyProblems }
    if outputFormat == .jpeg {
      problems.append(
        Problem(
          .outputFormat, "JPEG has no transparency: a transparent background is PNG.",
          suggestions: ["png"]))
    }
    return problems
  }

  private var transparencyProblems: [Problem] {
    if references.count != 1 {
      return [
        Problem(.references, "A transparent background takes exactly one reference.")
      ]
    }
    guard let format = references[0].format, format != .png else { return [] }
    return [
      Problem(
        .references,
        "A transparent background takes a PNG that is transparent in parts, not "
          + "\(format.rawValue).", referenceIndex: 0)
    ]
  }

  /// The prompt goes out as it is; a box that means nothing is worth a word.
  private func boxProblems(for model: Model?) -> [Problem] {
    guard prompt.utf8.contains(UInt8(ascii: "<")), prompt.contains("<bbox>") else { return [] }
    if let model, model.members.layers == nil {
      return [
        Problem(
          .prompt, "\(model.name) is not known to read <bbox> in a prompt.", severity: .advice)
      ]
    }
    let boxes = prompt.split(separator: "<bbox>", omittingEmptySubsequences: false).dropFirst()
    guard boxes.contains(where: { !Self.isBox($0) }) else { return [] }
    return [
      Problem(
        .prompt,
        "A box is <bbox>left top right bottom</bbox>, four numbers from 0 to 1000 across and down "
          + "the picture.", severity: .advice)
    ]
  }

  /// - Parameter text: What follows `<bbox>`.
  private static func isBox(_ text: Substring) -> Bool {
    guard let end = text.firstRange(of: "</bbox>") else { return false }
    let edges = text[..<end.lowerBound].split { " ,\t".contains($0) }
      .map { Int($0) ?? -1 }
    return edges.count == 4 && edges.allSatisfy((0...1000).contains)
      && edges[0] < edges[2] && edges[1] < edges[3]
  }

  /// Of this version's catalogue, for suggestions only.
  private static func families(_ takes: (MemberSupport) -> Bool) -> [String] {
    ModelCatalogue.builtIn.models.filter { takes($0.members) }.map(\.family.rawValue)
  }

  /// The most any model splits, for endpoints that hide theirs.
  private static let layerFormats: [ImageFormat] = [.png, .jpeg, .webp, .bmp, .tiff, .gif]
}

extension Reference {
  /// As far as it is known before the bytes are.
  fileprivate var format: ImageFormat? {
    switch self {
    case .stored(let stored): stored.format
    case .url(let text): ImageFormat(dataURI: text)
    case .file, .picture: nil
    }
  }
}
