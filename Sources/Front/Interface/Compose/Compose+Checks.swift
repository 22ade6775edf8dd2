import Jobs
import Seedream

// What the next request costs, and what the checks say of it.

extension Compose {
  /// The price of the next send.
  var costNote: String {
    if parameters.providerItem?.isSandbox == true { return "free" }
    return highestCost.map { "at most \($0)" } ?? "price not known"
  }

  var highestCost: Money? { parameters.highestCost(references: references.items.count) }

  /// Whom the next request goes to, and for how much.
  var priceNote: String { "\(parameters.provider): \(costNote)" }

  /// Whether nobody is paid for a job, whatever becomes of it.
  func isFree(_ job: JobStatus) -> Bool {
    parameters.providers.first { $0.name == job.provider }?.isSandbox == true
  }

  /// What sending a job's request once more costs at most, in words.
  func resendPrice(of job: JobStatus) -> String {
    guard !isFree(job) else { return "free" }
    return parameters.highestCost(of: job.draft).map { "at most \($0)" } ?? "price not known"
  }

  /// What is known of the model in the form, where it is over at its provider.
  var endNotice: LifeNotice? {
    guard let item = parameters.providerItem, let family = parameters.model?.family,
      let notice = item.notices[family.rawValue], notice.isOver
    else { return nil }
    return notice
  }

  /// The end of a model and what follows it, without what is said where it is sent unasked.
  func told(of notice: LifeNotice, _ request: GenerationRequest) -> String {
    guard let item = parameters.providerItem else { return notice.words }
    return parameters.catalogue.problem(of: notice, for: request, pricing: item.pricing).message
      .replacing(" It is sent as asked for.", with: "")
      .replacing("; it is sent as asked for.", with: ".")
  }

  /// What keeps a request from being sent, and what else is worth knowing before.
  func problems(of request: GenerationRequest) -> [Problem] {
    let item = parameters.providerItem
    let catalogue = parameters.catalogue
    return catalogue.problems(
      of: request, on: item?.site ?? .byteplus, limits: item?.limits ?? RequestLimits())
      + [lifeProblem(of: request)].compactMap(\.self)
  }

  /// What is known of the end of the model at the provider.
  func lifeProblem(of request: GenerationRequest) -> Problem? {
    guard let item = parameters.providerItem,
      let model = parameters.catalogue.model(of: request),
      let notice = item.notices[model.family.rawValue]
    else { return nil }
    return parameters.catalogue.problem(of: notice, for: request, pricing: item.pricing)
  }

  /// Marks rows and references, each with the worst of its problems; an empty prompt is worth a word
  /// only when it is sent.
  mutating func showProblems(_ problems: [Problem]) {
    parameters.problems = [:]
    references.problems = [:]
    for problem in problems.filter({ $0.severity == .advice })
      + problems.filter({ $0.severity == .blocking })
    {
      if let field = Parameter(problem.field) {
        parameters.problems[field] = problem
      } else if problem.field == .references {
        references.problems[problem.referenceIndex ?? max(0, references.items.count - 1)] = problem
      }
    }
  }

  /// What keeps the references from being sent, a sentence.
  func referenceObstacle(_ keymap: Keymap) -> String? {
    for (index, item) in references.items.enumerated() {
      switch item.state {
      case .checking:
        return "Reference \(index + 1) is still being looked at: press "
          + "\(keymap.label(.send)) again in a moment."
      case .refused(let text):
        return "Reference \(index + 1) cannot be used: \(text)"
      case .ready: continue
      }
    }
    return nil
  }
}

extension Problem {
  /// On the message line: only what keeps a request from being sent is an error.
  var notice: Notice { Notice(severity == .blocking ? .error : .information, sentence) }

  /// The message, and what would be taken instead.
  var sentence: String {
    guard !suggestions.isEmpty else { return message }
    let word = field == .model ? "To be named instead" : "Possible"
    return "\(message) \(word): \(suggestions.prefix(3).joined(separator: ", "))."
  }
}
