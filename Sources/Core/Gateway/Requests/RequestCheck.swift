import Seedream

/// Puts what the client's checks find into the words of the live service.
///
/// Source of the words: answers of status 400 of Volcengine Ark and BytePlus ModelArk.
struct RequestCheck {
  let endpoint: Endpoint
  let request: GenerationRequest
  /// As the provider offers it.
  let model: Model?
  /// What the provider takes of no model.
  let leftOut: [RequestLimits.Member]
  /// Whether several pictures of a model that generates one a request become so many jobs.
  var makesJobs = false

  /// - Parameters:
  ///   - isSet: Whether a set was asked for, whatever its ceiling.
  ///   - counts: The member that says how many, where it is not the ceiling of a set.
  func faults(_ problems: [Problem], isSet: Bool, counts: String?) -> [MemberFault] {
    var faults: [MemberFault] = []
    if isSet, endpoint.refusesUnsupported, let model, !model.members.sequence {
      faults.append(.unsupported("sequential_image_generation"))
    } else if isSet, request.requests(of: model) > 1 {
      faults.append(
        .wrongValue(countPath, "\(name) draws no sets: ask for one picture", legal: ["1"]))
    } else if request.requests(of: model) > 1, !makesJobs {
      faults.append(
        .wrongValue(
          counts.map { [$0] } ?? countPath,
          "\(name) draws one picture a request: ask for 1, or ask a gateway that records (serve "
            + "--record), which makes a job of each", legal: ["1"]))
    }
    for problem in problems {
      if problem.severity == .blocking {
        faults.append(fault(problem, counts))
      } else if endpoint.refusesUnsupported, let fault = unsupported(problem) {
        faults.append(fault)
      }
    }
    return faults
  }

  private func fault(_ problem: Problem, _ counts: String?) -> MemberFault {
    let legal = problem.suggestions
    switch problem.field {
    case .prompt where request.prompt.utf8.count > GenerationRequest.maximumPromptBytes:
      return .wrongValue(["prompt"], "must be at most 1 MB of text")
    case .prompt: return .missing(["prompt"])
    case .model:
      return MemberFault(
        path: ["model"], kind: .unknownModel, reason: problem.message, legal: legal)
    case .size: return .wrongValue(["size"], sizeReason ?? problem.message, legal: legal)
    case .references:
      if request.background == .transparent, !request.layers, request.references.count != 1,
        model?.members.background == .ofReference
      {
        return .wrongValue(["background"], ServiceWords.needsOnePicture, legal: legal)
      }
      return .wrongValue(["image"], referenceReason ?? problem.message, legal: legal)
    case .outputFormat where request.background == .transparent:
      return .wrongValue(["output_format"], ServiceWords.needsPNG, legal: legal)
    case .background:
      return .wrongValue(["background"], ServiceWords.noBackground, legal: legal)
    case .count:
      return .wrongValue(
        counts.map { [$0] } ?? countPath, problem.message, legal: legal)
    default: return .wrongValue([problem.field.rawValue], problem.message, legal: legal)
    }
  }

  private var name: String { model?.name ?? request.model }

  private var countPath: [String] {
    endpoint == .edit
      ? ["num_images"] : ["sequential_image_generation_options", "max_images"]
  }

  private var sizeReason: String? {
    guard let model else { return nil }
    guard case .pixels(let width, let height) = request.size else { return model.wordsAgainstSize }
    return model.words(against: PixelSize(width, height))
  }

  private var referenceReason: String? {
    let most = model?.references.upperBound ?? 14
    if request.references.count > most { return "number of reference images cannot exceed \(most)" }
    let isBare = request.references.contains { reference in
      guard case .url(let text) = reference else { return false }
      return !text.hasPrefix("data:") && !text.contains("://")
    }
    return isBare ? "invalid url specified" : nil
  }

  /// What the client would leave out and the vendor refuses.
  private func unsupported(_ problem: Problem) -> MemberFault? {
    let isProviders = leftOut.contains { $0.rawValue == problem.field.rawValue }
    switch problem.field {
    case .promptOptimization where isProviders, .background where isProviders:
      return .unsupported(problem.field.rawValue)
    case .outputFormat, .streaming, .webSearch: return .unsupported(problem.field.rawValue)
    case .promptOptimization:
      guard let modes = model?.members.promptOptimizations.map({ "'\($0.rawValue)'" }),
        !modes.isEmpty
      else { return .unsupported(problem.field.rawValue) }
      return .wrongValue(
        ["optimize_prompt_options", "mode"],
        "optimize_prompt_options.mode must be \(modes.joined(separator: " or "))",
        legal: problem.suggestions)
    case .background:
      let values = model?.members.background.values.map(\.rawValue) ?? []
      return .wrongValue(
        ["background"], "must be one of: \(values.joined(separator: ", "))", legal: values)
    case .model
    where request.background != nil && model?.members.background == BackgroundSupport.none:
      return .unsupported("background")
    default: return nil
    }
  }
}
