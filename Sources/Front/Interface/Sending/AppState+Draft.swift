import Screen
import Seedream

extension AppState {
  /// What has been written and not sent: all of it but what the person chose to drop.
  package var draft: Draft {
    guard let editing else {
      var draft = form
      draft.reference = references.typed
      return draft
    }
    var draft = editing.draft
    draft.reference = editing.referenceInput?.content
    if isHalfEdited, !editing.isGivenUp {
      draft.edited = Draft.EditedJob(
        jobID: editing.jobID, provider: editing.provider, known: editing.known.request,
        request: form.request, base: editing.base, reference: references.typed)
    }
    return draft
  }

  /// What is in the form now: the draft, or the request of the job that is edited.
  var form: Draft {
    var request = parameters.request
    request.prompt = prompt.editor.text
    request.references = references.references
    var form = Draft(provider: parameters.provider, request: request)
    form.chosen = begun.provider
    return form
  }

  /// Puts back what was kept. What has been typed meanwhile stands behind it, as if it had been there from
  /// the start; a value that was chosen meanwhile stays.
  mutating func restore(_ kept: Draft) -> [AppEffect] {
    guard editing == nil else {
      // The disk was slow. The draft has its place when the job is left.
      restoreBehindEdit(kept)
      return []
    }
    if parameters.values == begun { restoreParameters(kept) }
    prompt.editor = prompt.editor.behind(kept.request.prompt)
    var effects = references.restore(kept.request.references)
    if let text = kept.reference { references.openInput(before: text) }
    if let edited = kept.edited { effects += resume(edited) }
    return effects
  }

  /// Asks for the next of the drafts that are kept.
  mutating func swapDraft() -> [AppEffect] {
    guard editing == nil else {
      message.show(
        Notice(
          .warning,
          "Leave job \(editing?.jobID ?? "") first: \(keymap.label(.back)) in the prompt."))
      return []
    }
    return [.swapDraft(draft)]
  }

  /// Puts another draft in the place of the one in the form, which is kept.
  mutating func take(_ other: Draft) -> [AppEffect] {
    restoreParameters(other)
    prompt.editor.replaceAll(with: other.request.prompt)
    prompt.revealCaret()
    references.items = []
    references.closeInput()
    var effects = references.restore(other.request.references)
    if let text = other.reference { references.openInput(text) }
    returned = Outbox.Order(request: outgoing, provider: parameters.provider)
    let key = keymap.label(.swapDraft)
    message.show(Notice(.information, "This is another draft; \(key) brings the next one."))
    if let edited = other.edited { effects += resume(edited) }
    return effects
  }

  /// Whom a draft goes to is taken from it only where the same provider is the chosen one now: command line,
  /// configuration and keys go before what an earlier session chose.
  private mutating func restoreParameters(_ kept: Draft) {
    guard begun.provider != (kept.chosen ?? kept.provider) else {
      parameters.restore(kept)
      return
    }
    parameters.restoreValues(kept.request)
    let model = parameters.catalogue.model(of: kept.request)?.name ?? kept.request.model
    guard kept.provider != parameters.provider || model != parameters.modelName else { return }
    draftNote = "the draft was for \(kept.provider), \(model)"
  }

  private mutating func restoreBehindEdit(_ kept: Draft) {
    guard var editing else { return }
    editing.prompt.editor = editing.prompt.editor.behind(kept.request.prompt)
    editing.draft.request.prompt = editing.prompt.editor.text
    editing.draft.request.references =
      kept.request.references + editing.draft.request.references
    editing.references = references.unchecked(kept.request.references) + editing.references
    self.editing = editing
  }

  /// Goes on where the last session was ended.
  private mutating func resume(_ edited: Draft.EditedJob) -> [AppEffect] {
    let draft = form
    var begun = JobEditing(
      jobID: edited.jobID, provider: edited.provider, draft: draft, prompt: prompt,
      references: references.items, referenceInput: references.line, known: draft)
    begun.known = Draft(provider: edited.provider, request: edited.known)
    begun.known.chosen = draft.chosen
    begun.base = edited.base ?? edited.known
    parameters.restore(Draft(provider: edited.provider, request: edited.request))
    prompt.editor.replaceAll(with: edited.request.prompt)
    let effects = references.resume(edited.request.references, known: edited.known.references)
    if let text = edited.reference { references.openInput(text) }
    editing = begun
    message.show(
      Notice(
        .warning,
        "The changes to job \(edited.jobID) were not made when Darkroom ended: "
          + "\(keymap.label(.send)) makes them, \(keymap.label(.back)) in the prompt drops them."))
    moveFocus(to: .prompt)
    prompt.revealCaret()
    heedJobs()
    return effects
  }
}

extension TextEditor {
  /// The text with another before it. What was typed is one step of undo.
  fileprivate func behind(_ text: String) -> TextEditor {
    guard !text.isEmpty else { return self }
    var editor = TextEditor(text)
    guard !isEmpty else { return editor }
    let start = editor.characters.count
    editor.insert(self.text)
    editor.caret = min(start + caret, editor.characters.count)
    return editor
  }
}
