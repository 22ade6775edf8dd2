import Jobs
import Screen
import Seedream

extension ActionID {
  static let decide: ActionID = "decision.open"
  static let takeChoice: ActionID = "decision.take"
}

extension DecisionDialog.Choice {
  var action: ActionID {
    switch self {
    case .salvage: "decision.salvage"
    case .arrived: "decision.arrived"
    case .resend: "decision.resend"
    case .forget: "decision.forget"
    case .later: "decision.later"
    }
  }
}

extension DecisionDialog: LayerState {
  static let actions = [
    Action(
      .decide, .unknownJob, [.key(.enter)], .view(.decide), hint: "decide", title: "Decide",
      "Decide: it did arrive, send again, forget", availability: \.asksForUnknownJob),
    Action(
      .takeChoice, .decision, [.key(.enter), .plain(" ")], .view(.takeChoice), hint: "take",
      "Take this choice", answersQuestions: true),
    action(.salvage, [.plain("t")], "Take its pictures out of the kept answer"),
    action(.arrived, [.plain("a")], hint: "arrived", "It did arrive: name its files"),
    action(.resend, [.plain("R")], hint: "resend", "Send it again, paid anew (asks first)"),
    action(.forget, [.plain("f")], hint: "forget", "Forget it"),
    action(.later, [.key(.escape), .plain("l")], hint: "later", "Decide later"),
  ]

  private static func action(
    _ choice: Choice, _ keys: [KeySequence], hint: String? = nil, _ summary: String
  ) -> Action {
    Action(
      choice.action, .decision, keys, .view(choice.action), hint: hint, summary,
      actsOnWhatIsShown: choice != .later, answersQuestions: choice == .resend)
  }

  static func opened(by action: ActionID, from state: AppState) -> (any LayerState)? {
    guard action == .decide, let job = state.history.selectedJob else { return nil }
    return DecisionDialog(job, isFree: state.isFree(job))
  }

  var contexts: [KeyContext] { line == nil ? [.decision, .list] : [.line, .text] }
  var takesPaste: Bool { true }
  func hasRoom(in area: Rect) -> Bool { !area.inset().isEmpty }

  mutating func perform(_ command: Command, _ facts: LayerFacts) -> [LayerRequest]? {
    switch command {
    case .step(let step): self.step(step)
    case .back: line = nil
    case .accept: return acceptLine()
    case .view(.takeChoice):
      if isSettled { return [.close] }
      return choose(selected, key: .takeChoice, facts.keymap)
    case .view(let action):
      guard let choice = Choice.allCases.first(where: { $0.action == action }) else { return nil }
      return choose(choice, key: action, facts.keymap)
    default: return nil
    }
    return []
  }

  mutating func paste(_ text: String) {
    if !isSettled { openInput(text) }
  }

  mutating func hear(_ action: AppAction, _ facts: LayerFacts) -> [LayerRequest]? {
    switch action {
    case .jobsListed, .jobReported:
      // The question stays in front until it is closed by a key: the next one was meant for it.
      guard facts.job(job.id)?.state.isUnresolved != true else { return [] }
      if isBusy { return [.close] }
      settle(facts.keymap)
      return []
    case .attached(let id) where id == job.id: return attached(facts.job(id))
    case .attachRefused(let id, let text) where id == job.id: return refused(text)
    default: return nil
    }
  }

  var openPath: String? {
    guard let line, !line.isBusy else { return nil }
    return PathWords.last(of: line.editor.text).word
  }

  func completed(_ text: String, with path: String) -> String {
    PathWords.completing(text, with: path)
  }

  /// What a key or a click chose.
  private mutating func choose(
    _ choice: Choice, key: ActionID, _ keymap: Keymap
  ) -> [LayerRequest] {
    guard !isSettled || choice == .later else {
      return [.say(Notice(.warning, Self.settled(keymap)))]
    }
    guard !isBusy || choice == .later else {
      return [.say(Notice(.information, "Pictures of job \(job.id) are being taken in."))]
    }
    guard choice != .salvage || job.rawReply != nil else {
      return [.say(Notice(.warning, "No answer of job \(job.id) is kept."))]
    }
    select(choice)
    switch choice {
    case .salvage:
      isBusy = true
      return [
        .say(Notice(.information, "Looking for pictures in the answer that is kept…")),
        .effect(.attachFiles(jobID: job.id, [])),
      ]
    case .arrived:
      openInput()
      return []
    case .resend: return [.retry(job, key: keymap.label(key))]
    case .forget:
      return [
        .close, .say(Notice(.information, "Putting job \(job.id) aside…")),
        .effect(.forgetJob(id: job.id)),
      ]
    case .later: return [.close]
    }
  }

  /// Takes what was typed.
  private mutating func acceptLine() -> [LayerRequest] {
    if isSettled { return [.close] }
    guard var line, !line.isBusy else { return [] }
    let paths = PathWords.split(line.editor.text)
    if paths.isEmpty {
      line.message = "Write the path of the picture that arrived."
    } else {
      line.message = nil
      line.isBusy = true
      isBusy = true
    }
    self.line = line
    return paths.isEmpty ? [] : [.effect(.attachFiles(jobID: job.id, paths))]
  }

  /// What was named for the job is in the gallery. The question closes, unless there is still something to
  /// decide.
  private mutating func attached(_ now: JobStatus?) -> [LayerRequest] {
    guard let now, now.state.isUnresolved else { return [.close] }
    isBusy = false
    line = nil
    return [
      .say(
        Notice(
          .warning,
          "\(now.pictures.count) of \(now.request.count) pictures of job \(now.id) are here: decide about the rest."
        ))
    ]
  }

  private mutating func refused(_ text: String) -> [LayerRequest] {
    isBusy = false
    guard line != nil, !isSettled else { return [.say(Notice(.error, text))] }
    line?.isBusy = false
    line?.message = text
    return []
  }
}
