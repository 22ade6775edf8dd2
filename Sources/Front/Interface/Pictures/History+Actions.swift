import Screen

extension History {
  static let actions = pictures + jobs + sets + waiting

  private static let pictures = [
    Action(
      .useAsReference, .history, [.key(.enter), .plain(" "), .plain("r")], hint: "reference",
      title: "Use as a reference", "Add the picture to the references", answers: .all,
      availability: \.asksForPicture, does: { $0.useAsReference() }),
    Action(
      "pictures.prompt", .history, [.plain("p")], hint: "prompt", title: "Take the prompt",
      "Take its prompt into the editor", availability: \.asksForPrompt, does: { $0.takePrompt() }),
    Action(
      "pictures.recall", .history, [.plain("t")], title: "Take the request",
      "Take its whole request into the form", availability: \.asksForRequest,
      asks: { $0.recall() }),
  ]

  private static let jobs = [
    Action(
      .cancelJob, .history, [.plain("c")], hint: "cancel", title: "Cancel the job",
      "Cancel the job that waits or runs", answers: .all, asks: { $0.cancelJob() }),
    Action(
      .cancelAllJobs, .history, [.plain("C")], title: "Cancel all jobs",
      "Cancel all jobs (asks first)", answers: .all, asks: { $0.cancelAllJobs() }),
    Action(
      .retryJob, .history, [.plain("R")], hint: "retry", title: "Send again",
      "Send an ended job once more", answers: .all, availability: \.asksForEndedJob,
      asks: { $0.retryJob() }),
    Action(
      .pauseQueue, .history, [.plain("P")], hint: "pause", title: "Pause or resume the queue",
      "Pause the queue, or let it go on", asks: { $0.pauseOrResume() }),
    Action(
      "job.dismiss", .history, [.plain("x")], title: "Dismiss the job",
      "Take an ended job off the list", does: { $0.dismissJob() }),
    Action(
      .dismissEndedJobs, .history, [.plain("X")], title: "Dismiss ended jobs",
      "Take all ended jobs off the list", does: { $0.dismissEndedJobs() }),
    Action(
      .search, .history, [.plain("/")], hint: "search", title: "Search", "Search the pictures",
      does: { $0.history.open(.search) }),
    Action(
      "pictures.go", .history, [.plain(":")], title: "Go to row or day",
      "Go to a row by its number, or to a day", actsOnWhatIsShown: false,
      does: { $0.history.open(.place) }),
    Action(
      .trashPicture, .history, [.plain("d"), .key(.delete)], hint: "trash",
      title: "Trash the picture", "Put the picture into the trash",
      asks: { $0.answer($0.history.trashPicture($0.keymap)) }),
    Action(
      .undoTrash, .history, [.plain("u")], title: "Restore the picture",
      "Take it back out of the trash", asks: { $0.answer($0.history.undoTrash($0.keymap)) }),
  ]

  private static let sets = [
    Action(
      .openLayers, .layerSet, [.key(.right), .plain("l")], hint: "layers",
      title: "Open the layers", "Give its layers rows of their own",
      asks: { $0.history.openSet() }),
    Action(
      .closeLayers, .layerSet, [.key(.left), .plain("h")], hint: "fold", title: "Fold the layers",
      "Fold them into one row again", does: { $0.history.closeSet() }),
  ]

  private static let waiting = [
    Action(
      "job.down", .queuedJob, [.plain("J"), .key(.down, .alt)], hint: "reorder",
      title: "Move the job down", "Let the one below go first", asks: { $0.moveJob(by: 1) }),
    Action(
      "job.up", .queuedJob, [.plain("K"), .key(.up, .alt)], title: "Move the job up",
      "Let it go before the one above", asks: { $0.moveJob(by: -1) }),
    Action(
      "job.edit", .queuedJob, [.plain("e")], hint: "edit", title: "Edit the job",
      "Edit its request", availability: \.asksForWaitingJob, does: { $0.beginEditing() }),
  ]
}
