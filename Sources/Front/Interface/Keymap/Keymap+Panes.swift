import Screen

extension Keymap {
  /// What only one pane knows.
  static let paneBindings: [Binding] = [
    Binding(.prompt, [.key(.enter), .control("j")], .edit(.newline), "Begin a new line"),

    Binding(
      .parameters, [.key(.left), .plain("h")], .previousValue, hint: "change",
      "Previous value"),
    Binding(
      .parameters, [.key(.right), .plain("l"), .plain(" ")], .nextValue, "Next value"),
    Binding(
      .parameters, [.key(.enter)], .openChoices, hint: "choose",
      "Choose from all values, or type one"),
    Binding(
      .parameters, [.plain("e"), .key(.backspace)], .editValue, hint: "type",
      "Type a value (or begin with a digit)"),

    Binding(
      .references, [.plain("a"), .key(.insert)], .addReference, hint: "add",
      "Add a file or a URL"),
    Binding(
      .references, [.plain("e"), .key(.enter)], .editReference, hint: "correct",
      "Correct what was typed"),
    Binding(
      .references, [.plain("x"), .key(.delete), .key(.backspace)], .removeReference,
      hint: "remove", "Remove the reference"),
    Binding(
      .references, [.plain("J"), .key(.down, .alt)], .moveReferenceDown, hint: "reorder",
      "Move it down"),
    Binding(
      .references, [.plain("K"), .key(.up, .alt)], .moveReferenceUp, "Move it up"),

    Binding(
      .history, [.key(.enter), .plain(" "), .plain("r")], .useAsReference,
      hint: "reference", "Add the picture to the references"),
    Binding(
      .history, [.plain("p")], .takePrompt, hint: "prompt",
      "Take its prompt into the editor"),
    Binding(
      .history, [.plain("t")], .recall,
      "Take its whole request into the form"),
    Binding(
      .history, [.plain("c")], .cancelJob, hint: "cancel", "Cancel the job that waits or runs"),
    Binding(.history, [.plain("C")], .cancelAllJobs, "Cancel all jobs (asks first)"),
    Binding(.history, [.plain("R")], .retryJob, hint: "retry", "Send an ended job once more"),
    Binding(
      .history, [.plain("P")], .pauseQueue, hint: "pause", "Pause the queue, or let it go on"),
    Binding(.history, [.plain("x")], .dismissJob, "Take an ended job off the list"),
    Binding(.history, [.plain("X")], .dismissEndedJobs, "Take all ended jobs off the list"),
    Binding(.history, [.plain("/")], .search, hint: "search", "Search the pictures"),
    Binding(
      .history, [.plain("d"), .key(.delete)], .trashPicture, hint: "trash",
      "Put the picture into the trash"),
    Binding(.history, [.plain("u")], .undoTrash, "Take it back out of the trash"),

    Binding(
      .layerSet, [.key(.right), .plain("l")], .openSet, hint: "layers",
      "Give its layers rows of their own"),
    Binding(
      .layerSet, [.key(.left), .plain("h")], .closeSet, hint: "fold",
      "Fold them into one row again"),

    Binding(
      .queuedJob, [.plain("J"), .key(.down, .alt)], .moveJobDown, hint: "reorder",
      "Let the one below go first"),
    Binding(
      .queuedJob, [.plain("K"), .key(.up, .alt)], .moveJobUp, "Let it go before the one above"),
    Binding(.queuedJob, [.plain("e")], .editJob, hint: "edit", "Edit its request"),

    Binding(.choices, [.key(.enter), .plain(" ")], .accept, hint: "take", "Take this value"),
    Binding(.line, [.key(.enter)], .accept, hint: "accept", "Accept what is typed"),
    Binding(
      .line, [.key(.tab), .key(.tab, .shift)], .complete, hint: "complete",
      "Complete a path or the id of a picture"),
  ]
}
