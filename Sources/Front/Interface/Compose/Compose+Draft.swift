import Seedream

extension Compose {
  /// What has been written and not sent: all of it but what the user chose to drop.
  var draft: Draft {
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

  /// Puts back what was kept. What has been typed meanwhile stands behind it, as if it had been there from
  /// the start; a value that was chosen meanwhile stays.
  mutating func restore(_ kept: Draft, _ keymap: Keymap) -> [ViewRequest] {
    isDirty = true
    guard editing == nil else {
      // The disk was slow. The draft has its place when the job is left.
      restoreBehindEdit(kept)
      return []
    }
    if parameters.values == begun { restoreParameters(kept) }
    prompt.editor = prompt.editor.behind(kept.request.prompt)
    let effects = references.restore(kept.request.references)
    if let text = kept.reference { references.openInput(before: text) }
    return effects.map(ViewRequest.effect) + (kept.edited.map { resume($0, keymap) } ?? [])
  }

  /// Asks for the next of the drafts that are kept.
  func swapDraft(_ keymap: Keymap) -> [ViewRequest] {
    guard let editing else { return [.effect(.swapDraft(draft))] }
    return [
      .say(
        Notice(
          .warning, "Leave job \(editing.jobID) first: \(keymap.label(.back)) in the prompt."))
    ]
  }

  func otherDraftFound(_ words: String, _ keymap: Keymap) -> [ViewRequest] {
    let told =
      "Another studio left a draft too: '\(words)'. \(keymap.label(.swapDraft)) brings it here."
    return [.tell(Notice(.information, told))]
  }

  /// Puts another draft in the place of the one in the form, which is kept.
  mutating func take(_ other: Draft, _ keymap: Keymap) -> [ViewRequest] {
    restoreParameters(other)
    write(other.request.prompt)
    references.items = []
    references.closeInput()
    let effects = references.restore(other.request.references)
    if let text = other.reference { references.openInput(text) }
    pendingSends.returned = order
    let key = keymap.label(.swapDraft)
    let told = ViewRequest.say(
      Notice(.information, "This is another draft; \(key) brings the next one."))
    return effects.map(ViewRequest.effect) + [told]
      + (other.edited.map { resume($0, keymap) } ?? [])
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
  private mutating func resume(_ edited: Draft.EditedJob, _ keymap: Keymap) -> [ViewRequest] {
    let draft = form
    var begun = JobEditing(
      jobID: edited.jobID, provider: edited.provider, draft: draft, prompt: prompt,
      references: references.items, referenceInput: references.line, known: draft)
    begun.known = Draft(provider: edited.provider, request: edited.known)
    begun.known.chosen = draft.chosen
    begun.base = edited.base ?? edited.known
    parameters.restore(Draft(provider: edited.provider, request: edited.request))
    write(edited.request.prompt)
    let effects = references.resume(edited.request.references, known: edited.known.references)
    if let text = edited.reference { references.openInput(text) }
    editing = begun
    let told = ViewRequest.say(
      Notice(
        .warning,
        "The changes to job \(edited.jobID) were not made when Darkroom ended: "
          + "\(keymap.label(.send)) makes them, \(keymap.label(.back)) in the prompt drops them."))
    return effects.map(ViewRequest.effect)
      + [told, .focus(.prompt), .change { $0.followEditedJob() }]
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
