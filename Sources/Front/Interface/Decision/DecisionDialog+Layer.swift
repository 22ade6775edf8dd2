import Jobs
import Screen
import Seedream

extension ActionID {
  static let decide: ActionID = "decision.open"
  static let takeChoice: ActionID = "decision.take"
}

extension KeyContext {
  static let decision = KeyContext(
    "decision", "What becomes of an unknown outcome", beside: .history)
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
      .decide, .unknownJob, [.key(.enter)], hint: "decide", title: "Decide",
      "Decide: it did arrive, send again, forget",
      availability: PicturesPane.row("Select a job whose outcome is unknown to decide.") {
        $0.selectedJob?.state.isUnresolved == true
      },
      does: { state in
        guard let job = state.picturesPane.selectedJob else { return }
        state.open(DecisionDialog(job, isFree: state.compose.isFree(job)))
      }),
    Action(
      .takeChoice, .decision, [.key(.enter), .plain(" ")], hint: "take", "Take this choice",
      answers: .all, asks: { $0.accept() }),
    action(.salvage, [.plain("t")], hint: "take out", "Take its pictures out of the kept answer"),
    action(.arrived, [.plain("a")], hint: "arrived", "It did arrive: name its files"),
    action(.resend, [.plain("R")], hint: "resend", "Send it again, paid anew (asks first)"),
    action(.forget, [.plain("f")], hint: "forget", "Forget it"),
    action(.later, [.key(.escape), .plain("l")], hint: "later", "Decide later"),
  ]

  private static func action(
    _ choice: Choice, _ keys: [KeySequence], hint: String? = nil, _ summary: String
  ) -> Action {
    Action(
      choice.action, .decision, keys, hint: hint, summary, actsOnWhatIsShown: choice != .later,
      answers: choice == .resend ? .all : .nothing,
      asks: { state in
        state.changeFront(DecisionDialog.self) {
          $0.choose(choice, key: choice.action, $1.keymap)
        }
      })
  }

  var contexts: [KeyContext] { line == nil ? [.decision, .list] : [.line, .text] }
  var hiddenHints: [ActionID] {
    choices.contains(.salvage) ? [] : [Choice.salvage.action]
  }
  var reach: LayerReach { .panes }
  func hasRoom(in area: Rect) -> Bool { !area.inset().isEmpty }

  mutating func fit(_ size: Size) { self.size = size }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    let last = choices.count - 1
    let row =
      switch step {
      case .up: selectedRow - 1
      case .down: selectedRow + 1
      case .first, .pageUp: 0
      case .last, .pageDown: last
      }
    select(choices[min(max(0, row), last)])
    return []
  }

  mutating func accept(_ facts: ViewFacts) -> [ViewRequest] {
    if isSettled { return [.close] }
    return line == nil ? choose(selected, key: .takeChoice, facts.keymap) : acceptLine()
  }

  mutating func back() -> [AppEffect]? {
    guard line != nil else { return nil }
    line = nil
    return []
  }

  mutating func paste(_ text: String) -> Bool {
    if !isSettled { openInput(text) }
    return true
  }

  mutating func hear(_ action: AppAction, _ state: AppState) -> [ViewRequest]? {
    switch action {
    case .jobsListed, .jobReported:
      // The question stays in front until it is closed by a key: the next one was meant for it.
      guard state.picturesPane.job(job.id)?.state.isUnresolved != true else { return [] }
      if isBusy { return [.close] }
      settle(state.keymap)
      return []
    case .attached(let id) where id == job.id: return attached(state.picturesPane.job(id))
    case .attachRefused(let id, let text) where id == job.id: return refused(text)
    default: return nil
    }
  }

  /// What a key or a click chose.
  private mutating func choose(
    _ choice: Choice, key: ActionID, _ keymap: Keymap
  ) -> [ViewRequest] {
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
    case .resend:
      let key = keymap.label(key)
      let resend = { [job] (state: inout AppState) -> [AppEffect] in
        let effects = state.answer(
          state.pressing { $0.compose.retry(job, key: key, &$1) })
        if effects.contains(.retryJob(id: job.id)) { state.layers.close(DecisionDialog.self) }
        return effects
      }
      return [.change(resend)]
    case .forget:
      return [
        .close, .say(Notice(.information, "Putting job \(job.id) aside…")),
        .effect(.forgetJob(id: job.id)),
      ]
    case .later: return [.close]
    }
  }

  /// Takes what was typed.
  private mutating func acceptLine() -> [ViewRequest] {
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
  private mutating func attached(_ now: JobStatus?) -> [ViewRequest] {
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

  private mutating func refused(_ text: String) -> [ViewRequest] {
    isBusy = false
    guard line != nil, !isSettled else { return [.say(Notice(.error, text))] }
    line?.isBusy = false
    line?.message = text
    return []
  }
}
