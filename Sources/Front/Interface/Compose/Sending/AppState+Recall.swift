import Jobs
import Seedream

// What is taken over from a picture or a job.

extension AppState {
  /// Has the whole request of the selected picture or job in the form again: model, size, references and all.
  mutating func recall() -> [AppEffect] {
    if let item = history.selectedPicture {
      compose.recalling = item.id
      return [.recall(pictureID: item.id, file: item.file)]
    }
    guard let job = history.selectedJob else { return [] }
    compose.recalling = job.id
    return answer(compose.recalled(job.id, job.draft, priceThen: nil, keymap))
  }

  /// Adds the selected picture to the references.
  mutating func useAsReference() {
    guard let item = history.selectedPicture else { return }
    let places = compose.references.items.indices.filter {
      compose.references.items[$0].reference == .picture(item.id)
    }
    let isConfirmed = confirm(
      .reference(item.id),
      asking:
        "\(item.id) is reference \((places.first ?? 0) + 1) already: the same key again adds it once more.",
      isNeeded: !places.isEmpty)
    guard isConfirmed else { return }
    compose.references.add(
      ReferenceFacts(
        reference: .picture(item.id), name: item.id, width: item.width, height: item.height,
        byteCount: item.byteCount))
    let rest =
      item.layers.isEmpty
      ? "" : " It is the base alone; its layers are rows after \(keymap.label(.openLayers))."
    let number = compose.references.items.count
    message.show(Notice(.success, "\(item.id) is reference \(number).\(rest)"))
  }

  /// Has the prompt of the selected picture or job in the editor.
  mutating func takePrompt() {
    guard let text = history.selectedPicture?.prompt ?? history.selectedJob?.request.prompt else {
      return
    }
    compose.write(text)
    moveFocus(to: .prompt)
    message.show(
      Notice(
        .information, "The prompt was taken over. \(keymap.label(.undoEdit)) takes it back.")
    )
  }
}

extension Compose {
  /// Takes a request of the past over, and says what has changed about it since.
  ///
  /// - Parameter priceThen: What its picture cost, where that is known.
  mutating func recalled(
    _ id: String, _ draft: Draft, priceThen: String?, _ keymap: Keymap
  ) -> [ViewRequest] {
    guard editing == nil, recalling == id else { return [] }
    recalling = nil
    let isThere = parameters.providers.contains { $0.name == draft.provider }
    parameters.restore(draft)
    write(draft.request.prompt)
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
    let undo = "\(keymap.label(.undoEdit)) takes the prompt back."
    let notice = Notice(
      changes.isEmpty ? .information : .warning,
      changes.isEmpty
        ? "The request of \(id) is in the form. \(undo)"
        : "The request of \(id) is in the form. Since then: \(changes.joined(separator: " "))")
    return [.focus(.prompt), .say(notice)]
  }
}
