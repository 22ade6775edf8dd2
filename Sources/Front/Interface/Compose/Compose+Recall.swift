import Jobs
import Seedream

// What is taken over from a picture or a job, and what is sent once more.

extension Compose {
  /// Has the whole request of a picture in the form again: model, size, references and all.
  mutating func recall(_ item: PictureItem) -> [ViewRequest] {
    recalling = item.id
    return [.effect(.recall(pictureID: item.id, file: item.file))]
  }

  /// The same of a job.
  mutating func recall(_ job: JobStatus, _ keymap: Keymap) -> [ViewRequest] {
    recalling = job.id
    return recalled(job.id, job.draft, priceThen: nil, keymap)
  }

  /// Adds a picture to the references.
  mutating func useAsReference(_ item: PictureItem, _ press: inout Press) -> [ViewRequest] {
    let place = references.items.firstIndex { $0.reference == .picture(item.id) }
    let asked =
      "\(item.id) is reference \((place ?? 0) + 1) already: the same key again adds it once more."
    guard press.confirms(.reference(item.id), asking: asked, isNeeded: place != nil) else {
      return []
    }
    references.add(
      ReferenceFacts(
        reference: .picture(item.id), name: item.id, width: item.width, height: item.height,
        byteCount: item.byteCount))
    let rest =
      item.layers.isEmpty
      ? ""
      : " It is the base alone; its layers are rows after \(press.keymap.label(.openLayers))."
    let number = references.items.count
    return [.say(Notice(.success, "\(item.id) is reference \(number).\(rest)"))]
  }

  /// Has the prompt of a picture or a job in the editor.
  mutating func takePrompt(_ text: String, _ keymap: Keymap) -> [ViewRequest] {
    write(text)
    let told = "The prompt was taken over. \(keymap.label(.undoEdit)) takes it back."
    return [.focus(.prompt), .say(Notice(.information, told))]
  }

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

  /// Sends a job that ended once more. Where anything of the first may have been paid for, or it was sent
  /// once more already, a first press only asks; pictures that were drawn and are not here it fetches.
  ///
  /// - Parameter key: the one that was pressed, as the question names it.
  mutating func retry(_ job: JobStatus, key: String, _ press: inout Press) -> [ViewRequest] {
    let price = resendPrice(of: job)
    let cost = isFree(job) ? "send it again, free" : "pay anew, \(price)"
    let isFetched = job.missesPictures && !pendingSends.refetched.contains(job.id)
    let doubt =
      pendingSends.retried.contains(job.id)
      ? "Job \(job.id) was sent once more already." : isFree(job) ? nil : job.paidDoubt
    let told =
      isFetched
      ? "Pictures of job \(job.id) were drawn: they are fetched now, for free."
      : doubt ?? "Job \(job.id) is sent once more."
    let isConfirmed = press.confirms(
      .retry(jobID: job.id), asking: "\(told) Press \(key) again to \(cost).",
      isNeeded: isFetched || doubt != nil)
    guard isConfirmed else {
      guard isFetched else { return [] }
      pendingSends.refetched.insert(job.id)
      let fetch = { (state: inout AppState) -> [AppEffect] in
        state.picturesPane.news.forget(job.id)
        return [.fetchPictures(jobID: job.id)]
      }
      return [.change(fetch)]
    }
    pendingSends.retried.insert(job.id)
    return [
      .say(Notice(.information, "Sending job \(job.id) once more, \(price)…")),
      .effect(.retryJob(id: job.id)),
    ]
  }
}

extension JobStatus {
  /// Why sending it once more may pay a second time, a sentence; nil where nothing was drawn for sure.
  fileprivate var paidDoubt: String? {
    if missesPictures { return "Pictures of job \(id) were drawn, and are paid for." }
    let isPaid = "Job \(id) was drawn and paid for."
    switch state {
    case .unknown: return "Job \(id) may have been drawn and paid for."
    case .done, .partlyDone: return isPaid
    case .cancelled where sent != nil:
      return "Job \(id) had left when it was cancelled: it may have been drawn and paid for."
    case .failed, .cancelled: return hasDrawn ? isPaid : nil
    case .queued, .sending, .running, .downloading: return nil
    }
  }
}
