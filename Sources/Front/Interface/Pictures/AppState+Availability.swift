import Jobs

// Why an action cannot be done now. A row that has gone is said first: nothing acts on another one.

extension AppState {
  private func available(_ isAvailable: Bool, _ reason: String) -> Availability {
    isAvailable ? .yes : .no(history.actNote(keymap) ?? reason)
  }

  var asksForPicture: Availability {
    available(history.selectedPicture != nil, "Select a picture to use it as a reference.")
  }

  var asksForPrompt: Availability {
    available(
      history.selectedPicture != nil || history.selectedJob != nil,
      "Select a picture or a job to take its prompt.")
  }

  var asksForRequest: Availability {
    guard compose.editing == nil else { return .no(editedNote) }
    return available(
      history.selectedPicture != nil || history.selectedJob != nil,
      "Select a picture or a job to take its request.")
  }

  var asksForEndedJob: Availability {
    let job = history.selectedJob
    return available(
      job?.state.isFinal == true,
      job?.state.phase == .downloading
        ? "Pictures of job \(job?.id ?? "") are being fetched."
        : "Select a job that failed or was cancelled to send it once more.")
  }

  var asksForWaitingJob: Availability {
    guard compose.editing == nil else { return .no(editedNote) }
    let job = history.selectedJob
    return available(
      job?.state.phase == .queued,
      "Select a job that waits for its turn to edit it.")
  }

  var asksForUnknownJob: Availability {
    available(
      history.selectedJob?.state.isUnresolved == true,
      "Select a job whose outcome is unknown to decide.")
  }

  private var editedNote: String {
    "Job \(compose.editing?.jobID ?? "") is being edited: \(keymap.label(.back)) in the prompt leaves it."
  }
}
