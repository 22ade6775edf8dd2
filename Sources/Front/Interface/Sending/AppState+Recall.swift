import Jobs
import Seedream

extension AppState {
  /// Has the whole request of the selected picture or job in the form again: model, size, references and all.
  mutating func recall() -> [AppEffect] {
    if let item = history.selectedPicture {
      recalling = item.id
      return [.recall(pictureID: item.id, file: item.file)]
    }
    guard let job = history.selectedJob else { return [] }
    recalling = job.id
    return recalled(job.id, job.draft, priceThen: nil)
  }

  /// Takes a request of the past over, and says what has changed about it since.
  ///
  /// - Parameter priceThen: What its picture cost, where that is known.
  mutating func recalled(_ id: String, _ draft: Draft, priceThen: String?) -> [AppEffect] {
    guard editing == nil, recalling == id else { return [] }
    recalling = nil
    let isThere = parameters.providers.contains { $0.name == draft.provider }
    parameters.restore(draft)
    prompt.editor.replaceAll(with: draft.request.prompt)
    references.keep(draft.request.references)
    var request = draft.request
    request.references = references.references
    let problems = problems(of: request)
    showProblems(problems)
    var changes = problems.filter { $0.field != .prompt }.map(\.message)
    if !isThere { changes.insert("There is no provider '\(draft.provider)' any more.", at: 0) }
    if let priceThen, draft.request.count == 1,
      let now = parameters.highestCost(references: request.references.count)?.description,
      now != priceThen
    {
      changes.append("It cost \(priceThen) then, and at most \(now) now.")
    }
    moveFocus(to: .prompt)
    prompt.revealCaret()
    let undo = "\(keymap.label(.undoEdit)) takes the prompt back."
    message.show(
      Notice(
        changes.isEmpty ? .information : .warning,
        changes.isEmpty
          ? "The request of \(id) is in the form. \(undo)"
          : "The request of \(id) is in the form. Since then: \(changes.joined(separator: " "))"))
    return []
  }
}
