/// Everything a key can ask for.
enum Command: Equatable, Hashable, Sendable {
  case edit(EditCommand)
  case step(ListStep)

  case send
  case openEditor
  case swapDraft
  case nextPane, previousPane
  case focus(Pane)
  /// Something that a layer does, or that opens one.
  case view(ActionID)
  case back
  case quit
  case interrupt
  case suspend
  case redraw

  case previousValue, nextValue
  case openChoices
  case editValue
  case accept
  case complete

  case addReference, editReference, removeReference
  case moveReferenceUp, moveReferenceDown

  case useAsReference
  case takePrompt
  case cancelJob
  case retryJob
  case dismissJob, dismissEndedJobs
  case moveJobUp, moveJobDown
  case editJob
  case pauseQueue
  case cancelAllJobs
  case trashPicture, undoTrash
  case openSet, closeSet
  case recall
  case search
  case goToPlace
}

/// How a selection moves through a list.
enum ListStep: Equatable, Hashable, Sendable {
  case up, down, pageUp, pageDown, first, last
}
