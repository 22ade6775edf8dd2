extension GenerationRequest {
  /// What a transparent background and a split into layers demand of the rest of a request.
  ///
  /// Source: Image generation API (doc 1541523), revision of autumn 2026; refusals measured live.
  func editProblems(for model: Model?) -> [Problem] {
    layers ? layerProblems(for: model) : backgroundProblems(for: model)
  }

  private func layerProblems(for model: Model?) -> [Problem] {
    if let model, !model.members.layers {
      return [
        Problem(
          .model, "\(model.name) does not split pictures into layers.",
          suggestions: Self.editingFamilies)
      ]
    }
    var problems: [Problem] = []
    if references.count != 1 {
      problems.append(
        Problem(.references, "A split into layers takes exactly one reference."))
    } else if let format = references[0].format, format != .png, format != .jpeg {
      problems.append(
        Problem(
          .references, "A split into layers takes a PNG or JPEG, not \(format.rawValue).",
          referenceIndex: 0))
    }
    if case .pixels = size {
      problems.append(
        Problem(.size, "A split into layers takes no exact size.", suggestions: ["auto"]))
    }
    return problems
  }

  private func backgroundProblems(for model: Model?) -> [Problem] {
    guard let background else { return [] }
    if let model, !model.members.background {
      return [
        Problem(
          .model, "\(model.name) cannot choose the background: the wish is left out.",
          suggestions: Self.editingFamilies, severity: .advice)
      ]
    }
    guard background == .transparent else { return [] }
    var problems: [Problem] = []
    if references.count != 1 {
      problems.append(
        Problem(.references, "A transparent background takes exactly one reference."))
    } else if let format = references[0].format, format != .png {
      problems.append(
        Problem(
          .references,
          "A transparent background takes a PNG that is transparent in parts, not "
            + "\(format.rawValue).", referenceIndex: 0))
    }
    if outputFormat == .jpeg {
      problems.append(
        Problem(
          .outputFormat, "JPEG has no transparency: a transparent background is PNG.",
          suggestions: ["png"]))
    }
    return problems
  }

  /// A list of this version's, for suggestions only.
  private static let editingFamilies = [ModelFamily.seedream5Pro, .seedream5Flash].map(\.rawValue)
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
