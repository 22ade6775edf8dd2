import Screen

extension ActionRegistry {
  /// What only one pane knows.
  static let panes: [Action] = prompt + parameters + references + pictures + jobs + inputs

  private static let prompt = [
    Action(
      "prompt.newline", .prompt, [.key(.enter), .control("j")], .edit(.newline), title: "New line",
      "Begin a new line")
  ]

  private static let parameters = [
    Action(
      .previousValue, .parameters, [.key(.left), .plain("h")], .previousValue, hint: "change",
      "Previous value"),
    Action(
      .nextValue, .parameters, [.key(.right), .plain("l"), .plain(" ")], .nextValue, "Next value"),
    Action(
      "parameter.choose", .parameters, [.key(.enter)], .openChoices, hint: "choose",
      title: "Choose a value", "Choose from all values, or type one"),
    Action(
      "parameter.type", .parameters, [.plain("e"), .key(.backspace)], .editValue, hint: "type",
      title: "Type a value", "Type a value (or begin with a digit)"),
  ]

  private static let references = [
    Action(
      .addReference, .references, [.plain("a"), .key(.insert)], .addReference, hint: "add",
      title: "Add a reference", "Add a file or a URL"),
    Action(
      .editReference, .references, [.plain("e"), .key(.enter)], .editReference, hint: "correct",
      title: "Correct a reference", "Correct what was typed"),
    Action(
      .removeReference, .references, [.plain("x"), .key(.delete), .key(.backspace)],
      .removeReference, hint: "remove", "Remove the reference"),
    Action(
      "reference.down", .references, [.plain("J"), .key(.down, .alt)], .moveReferenceDown,
      hint: "reorder", title: "Move the reference down", "Move it down"),
    Action(
      "reference.up", .references, [.plain("K"), .key(.up, .alt)], .moveReferenceUp,
      title: "Move the reference up", "Move it up"),
  ]

  private static let pictures = [
    Action(
      "pictures.reference", .history, [.key(.enter), .plain(" "), .plain("r")], .useAsReference,
      hint: "reference", title: "Use as a reference", "Add the picture to the references",
      answersQuestions: true, availability: \.asksForPicture),
    Action(
      "pictures.prompt", .history, [.plain("p")], .takePrompt, hint: "prompt",
      title: "Take the prompt", "Take its prompt into the editor", availability: \.asksForPrompt),
    Action(
      "pictures.recall", .history, [.plain("t")], .recall, title: "Take the request",
      "Take its whole request into the form", availability: \.asksForRequest),
  ]

  private static let jobs = [
    Action(
      .cancelJob, .history, [.plain("c")], .cancelJob, hint: "cancel", title: "Cancel the job",
      "Cancel the job that waits or runs", answersQuestions: true),
    Action(
      .cancelAllJobs, .history, [.plain("C")], .cancelAllJobs, title: "Cancel all jobs",
      "Cancel all jobs (asks first)", answersQuestions: true),
    Action(
      .retryJob, .history, [.plain("R")], .retryJob, hint: "retry", title: "Send again",
      "Send an ended job once more", answersQuestions: true, availability: \.asksForEndedJob),
    Action(
      .pauseQueue, .history, [.plain("P")], .pauseQueue, hint: "pause",
      title: "Pause or resume the queue", "Pause the queue, or let it go on"),
    Action(
      "job.dismiss", .history, [.plain("x")], .dismissJob, title: "Dismiss the job",
      "Take an ended job off the list"),
    Action(
      .dismissEndedJobs, .history, [.plain("X")], .dismissEndedJobs, title: "Dismiss ended jobs",
      "Take all ended jobs off the list"),
    Action(
      .search, .history, [.plain("/")], .search, hint: "search", title: "Search",
      "Search the pictures"),
    Action(
      "pictures.go", .history, [.plain(":")], .goToPlace, title: "Go to row or day",
      "Go to a row by its number, or to a day", actsOnWhatIsShown: false),
    Action(
      "pictures.trash", .history, [.plain("d"), .key(.delete)], .trashPicture, hint: "trash",
      title: "Trash the picture", "Put the picture into the trash"),
    Action(
      .undoTrash, .history, [.plain("u")], .undoTrash, title: "Restore the picture",
      "Take it back out of the trash"),

    Action(
      .openLayers, .layerSet, [.key(.right), .plain("l")], .openSet, hint: "layers",
      title: "Open the layers", "Give its layers rows of their own"),
    Action(
      "layers.close", .layerSet, [.key(.left), .plain("h")], .closeSet, hint: "fold",
      title: "Fold the layers", "Fold them into one row again"),

    Action(
      "job.down", .queuedJob, [.plain("J"), .key(.down, .alt)], .moveJobDown, hint: "reorder",
      title: "Move the job down", "Let the one below go first"),
    Action(
      "job.up", .queuedJob, [.plain("K"), .key(.up, .alt)], .moveJobUp, title: "Move the job up",
      "Let it go before the one above"),
    Action(
      "job.edit", .queuedJob, [.plain("e")], .editJob, hint: "edit", title: "Edit the job",
      "Edit its request", availability: \.asksForWaitingJob),
  ]

  private static let inputs = [
    Action(
      "choices.take", .choices, [.key(.enter), .plain(" ")], .accept, hint: "take",
      "Take this value"),
    Action(
      .acceptLine, .line, [.key(.enter)], .accept, hint: "accept", title: "Accept",
      "Accept what is typed"),
    Action(
      "line.complete", .line, [.key(.tab), .key(.tab, .shift)], .complete, hint: "complete",
      title: "Complete", "Complete a path or the id of a picture"),
  ]
}
