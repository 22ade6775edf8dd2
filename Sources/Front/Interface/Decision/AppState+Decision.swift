extension AppState {
  mutating func openDecision() {
    guard let job = history.selectedJob, job.isUnresolved else {
      askForRow("Select a job whose outcome is unknown to decide.")
      return
    }
    decision = DecisionDialog(job, isFree: isFree(job))
    message.clear()
  }

  /// What a key or a click chose.
  mutating func choose(_ choice: DecisionDialog.Choice, key: String? = nil) -> [AppEffect] {
    guard let job = decision?.job else { return [] }
    guard decision?.isSettled == false || choice == .later else {
      message.show(Notice(.warning, DecisionDialog.settled))
      return []
    }
    guard decision?.isBusy == false || choice == .later else {
      message.show(Notice(.information, "Pictures of job \(job.id) are being taken in."))
      return []
    }
    guard choice != .salvage || job.keptBytes != nil else {
      message.show(Notice(.warning, "No answer of job \(job.id) is kept."))
      return []
    }
    decision?.select(choice)
    switch choice {
    case .salvage:
      decision?.isBusy = true
      message.show(Notice(.information, "Looking for pictures in the answer that is kept…"))
      return [.attachFiles(jobID: job.id, [])]
    case .arrived: decision?.openInput()
    case .resend: return retry(job, key: key ?? choice.key)
    case .forget:
      decision = nil
      message.show(Notice(.information, "Putting job \(job.id) aside…"))
      return [.forgetJob(id: job.id)]
    case .later: decision = nil
    }
    return []
  }

  /// Enter: takes the choice, or what was typed.
  mutating func acceptDecision() -> [AppEffect] {
    guard let decision else { return [] }
    if decision.isSettled { return choose(.later) }
    guard var line = decision.input else { return choose(decision.selected, key: "Enter") }
    guard !line.isBusy else { return [] }
    let paths = PathWords.split(line.editor.text)
    if paths.isEmpty {
      line.message = "Write the path of the picture that arrived."
    } else {
      line.message = nil
      line.isBusy = true
      self.decision?.isBusy = true
    }
    self.decision?.input = line
    return paths.isEmpty ? [] : [.attachFiles(jobID: decision.job.id, paths)]
  }

  /// What was named for a job is in the gallery. The question closes, unless there is still something to
  /// decide.
  mutating func attached(_ id: String) {
    guard decision?.job.id == id else { return }
    guard let job = history.job(id), job.isUnresolved else {
      decision = nil
      return
    }
    decision?.isBusy = false
    decision?.input = nil
    message.show(
      Notice(
        .warning,
        "\(job.arrivedCount) of \(job.expectedCount) pictures of job \(id) are here: decide about the rest."
      ))
  }

  mutating func attachRefused(_ id: String, _ text: String) {
    if decision?.job.id == id { decision?.isBusy = false }
    if decision?.job.id == id, decision?.input != nil, decision?.isSettled == false {
      decision?.input?.isBusy = false
      decision?.input?.message = text
    } else {
      message.show(Notice(.error, text))
    }
  }

  /// Says how many outcomes are unknown that nobody was told of yet, and shows the first.
  mutating func announceUnknown() {
    let ids = Set(history.unknownJobs.map(\.id))
    let isPaid = !history.unknownJobs.allSatisfy { isFree($0) }
    guard !ids.isSubset(of: toldUnknown) else { return }
    toldUnknown = ids
    history.selectUnknown()
    let those = Wording.counted(ids.count, "request", "requests")
    message.tell(
      Notice(
        .warning,
        "\(those) sent and never answered\(isPaid ? ", perhaps paid" : ""): "
          + "\(Keymap.label(of: .focus(.history))) Home Enter decides."))
  }
}
