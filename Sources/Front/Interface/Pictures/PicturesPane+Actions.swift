import Jobs
import Screen

extension PicturesPane {
  static let actions = pictures + jobs + sets + waiting

  private static let pictures = [
    Action(
      .useAsReference, .history, [.key(.enter), .plain(" "), .plain("r")], hint: "reference",
      title: "Use as a reference", "Add the picture to the references", answers: .all,
      availability: row("Select a picture to use it as a reference.") {
        $0.selectedPicture != nil
      },
      asks: { state in
        guard let item = state.picturesPane.selectedPicture else { return [] }
        return state.answer(state.pressing { $0.compose.useAsReference(item, &$1) })
      }),
    Action(
      "pictures.prompt", .history, [.plain("p")], hint: "prompt", title: "Take the prompt",
      "Take its prompt into the editor",
      availability: row("Select a picture or a job to take its prompt.") {
        $0.selectedPrompt != nil
      },
      asks: { state in
        guard let text = state.picturesPane.selectedPrompt else { return [] }
        return state.answer(state.compose.takePrompt(text, state.keymap))
      }),
    Action(
      "pictures.recall", .history, [.plain("t")], title: "Take the request",
      "Take its whole request into the form",
      availability: unlessEditing(
        row("Select a picture or a job to take its request.") { $0.selectedPrompt != nil }),
      asks: { state in
        if let item = state.picturesPane.selectedPicture {
          return state.answer(state.compose.recall(item))
        }
        guard let job = state.picturesPane.selectedJob else { return [] }
        return state.answer(state.compose.recall(job, state.keymap))
      }),
  ]

  private static let jobs = [
    Action(
      .cancelJob, .history, [.plain("c")], hint: "cancel", title: "Cancel the job",
      "Cancel the job that waits or runs", answers: .all,
      availability: row("Select a job that waits or runs to cancel it.") {
        $0.selectedJob?.state.isFinal == false
      },
      asks: onJob { state, job in
        state.pressing { job.cancel(isFree: $0.compose.isFree(job), &$1) }
      }),
    Action(
      .cancelAllJobs, .history, [.plain("C")], title: "Cancel all jobs",
      "Cancel all jobs (asks first)", answers: .all,
      asks: {
        $0.answer(
          $0.pressing { $0.picturesPane.jobList.cancelAll(isFree: $0.compose.isFree, &$1) })
      }),
    Action(
      .retryJob, .history, [.plain("R")], hint: "retry", title: "Send again",
      "Send an ended job once more", answers: .all,
      availability: row({ history in
        let fetched = history.selectedJob.flatMap { $0.state.phase == .downloading ? $0.id : nil }
        return fetched.map { "Pictures of job \($0) are being fetched." }
          ?? "Select a job that failed or was cancelled to send it once more."
      }) { $0.selectedJob?.state.isFinal == true },
      asks: onJob { state, job in
        state.pressing { $0.compose.retry(job, key: $1.keymap.label(.retryJob), &$1) }
      }),
    Action(
      .pauseQueue, .history, [.plain("P")], hint: "pause", title: "Pause or resume the queue",
      "Pause the queue, or let it go on",
      asks: { $0.answer($0.picturesPane.queueSwitch.turn($0.keymap)) }),
    Action(
      "job.dismiss", .history, [.plain("x")], title: "Dismiss the job",
      "Take an ended job off the list",
      availability: row("Select a job that ended to take it off the list.") {
        $0.selectedJob != nil
      },
      asks: onJob { $0.picturesPane.dismiss($1, $0.keymap) }),
    Action(
      .dismissEndedJobs, .history, [.plain("X")], title: "Dismiss ended jobs",
      "Take all ended jobs off the list",
      asks: { $0.answer($0.picturesPane.dismissEnded($0.keymap)) }),
    Action(
      .search, .history, [.plain("/")], hint: "search", title: "Search", "Search the pictures",
      does: { $0.picturesPane.open(.search) }),
    Action(
      "pictures.go", .history, [.plain(":")], title: "Go to row or day",
      "Go to a row by its number, or to a day", actsOnWhatIsShown: false,
      does: { $0.picturesPane.open(.place) }),
    Action(
      .trashPicture, .history, [.plain("d"), .key(.delete)], hint: "trash",
      title: "Trash the picture", "Put the picture into the trash",
      availability: row("Select a picture to put it into the trash.") {
        $0.selectedPicture != nil
      },
      asks: { $0.answer($0.picturesPane.trashPicture()) }),
    Action(
      .undoTrash, .history, [.plain("u")], title: "Restore the picture",
      "Take it back out of the trash", asks: { $0.answer($0.picturesPane.undoTrash($0.keymap)) }),
  ]

  private static let sets = [
    Action(
      .openLayers, .layerSet, [.key(.right), .plain("l")], hint: "layers",
      title: "Open the layers", "Give its layers rows of their own",
      asks: { $0.picturesPane.openSet() }),
    Action(
      .closeLayers, .layerSet, [.key(.left), .plain("h")], hint: "fold", title: "Fold the layers",
      "Fold them into one row again", does: { $0.picturesPane.closeSet() }),
  ]

  private static let waiting = [
    Action(
      "job.down", .queuedJob, [.plain("J"), .key(.down, .alt)], hint: "reorder",
      title: "Move the job down", "Let the one below go first",
      availability: waitingJob("Select a job that waits for its turn to move it."),
      asks: onJob { $0.picturesPane.jobList.move($1, by: 1) }),
    Action(
      "job.up", .queuedJob, [.plain("K"), .key(.up, .alt)], title: "Move the job up",
      "Let it go before the one above",
      availability: waitingJob("Select a job that waits for its turn to move it."),
      asks: onJob { $0.picturesPane.jobList.move($1, by: -1) }),
    Action(
      "job.edit", .queuedJob, [.plain("e")], hint: "edit", title: "Edit the job",
      "Edit its request",
      availability: unlessEditing(
        waitingJob("Select a job that waits for its turn to edit it.")),
      asks: onJob { state, job in
        state.message.clear()
        return state.compose.begin(editing: job)
      }),
  ]

  /// Does something with the selected job.
  private static func onJob(
    _ change: @escaping @Sendable (inout AppState, JobStatus) -> [ViewRequest]
  ) -> @Sendable (inout AppState) -> [AppEffect] {
    { state in
      guard let job = state.picturesPane.selectedJob else { return [] }
      return state.answer(change(&state, job))
    }
  }
}

// When keys act on the selected row.

extension PicturesPane {
  typealias Condition = @Sendable (AppState) -> Availability

  /// Only for rows that are meant; one that has gone is said first: nothing acts on another one.
  static func row(
    _ reason: String, where isMeant: @escaping @Sendable (PicturesPane) -> Bool
  ) -> Condition {
    row({ _ in reason }, where: isMeant)
  }

  private static func row(
    _ reason: @escaping @Sendable (PicturesPane) -> String,
    where isMeant: @escaping @Sendable (PicturesPane) -> Bool
  ) -> Condition {
    { state in
      let history = state.picturesPane
      return isMeant(history) ? .yes : .no(history.actNote(state.keymap) ?? reason(history))
    }
  }

  private static func waitingJob(_ reason: String) -> Condition {
    row(reason) { $0.selectedJob?.state.phase == .queued }
  }

  /// Not while the form has the request of a job.
  private static func unlessEditing(_ condition: @escaping Condition) -> Condition {
    { state in
      guard let editing = state.compose.editing else { return condition(state) }
      return .no(
        "Job \(editing.jobID) is being edited: \(state.keymap.label(.back)) in the prompt leaves it."
      )
    }
  }
}
