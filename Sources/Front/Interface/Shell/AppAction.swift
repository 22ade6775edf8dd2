package import Jobs
package import Paging
package import Screen
package import Seedream

/// Everything that can happen to the front end.
package enum AppAction: Equatable, Sendable {
  /// A key, a paste, the mouse, or an answer of the terminal.
  case input(InputEvent)
  /// The terminal has this size now.
  case resized(Size)
  /// A second passed while `AppState.wantsTicks`. `now` is seconds on one clock that never goes back.
  case ticked(now: Double)
  /// What that means by the user's own clock and calendar: told at the start and when it has changed.
  case clockSet(WallClock)
  /// What the terminal shows of pictures: told at the start and when it has answered.
  case drawingSet(DrawingCapabilities)

  /// The service answers.
  case serviceConnected
  /// The service is gone or cannot be started; the sentence says why. Unexpected is what nobody has told it to.
  case serviceLost(message: String, isUnexpected: Bool = false)
  /// All jobs the service knows, after connecting.
  case jobsListed([JobStatus])
  /// One job is new or has changed.
  case jobReported(JobStatus)
  /// The queue was paused or goes on, or something holds it.
  case queueReported(QueueStatus)
  /// What is left of the budget for a day and a month; empty where there is none.
  case budgetReported([BudgetItem])
  /// The answer to `editJob`: the new request is in the place of the old one.
  case jobEdited(id: String)
  /// The answer to `editJob`, where the job stays as it was.
  case editRefused(jobID: String, [Problem], message: String)
  /// The answer to `attachFiles`, where something was taken in, behind `jobReported`.
  case attached(jobID: String)
  /// The answer to `attachFiles`, where nothing was taken in.
  case attachRefused(jobID: String, message: String)

  /// The answer to `loadPage` with the same ticket.
  case pageLoaded(ticket: Int, PicturePage<PictureItem>)
  /// The answer to `loadChanges` with the same ticket; nil where nobody knows, or it is too much to tell.
  case changesLoaded(ticket: Int, PageChanges<PictureItem>?)
  /// The gallery could not be read.
  case picturesFailed(message: String)
  /// A picture was saved.
  case pictureArrived(PictureItem)
  /// Pictures came or went by a user's hand, here or elsewhere.
  case galleryChanged
  /// The answer to `trashPicture`: it is in the trash.
  case pictureTrashed(id: String)
  /// The answer to `restorePicture`: it is in the gallery again.
  case pictureRestored(id: String)
  /// The answer to either, where it was not done; the sentence says why.
  case trashRefused(id: String, message: String)
  /// The answer to `recall`, with what the picture cost, where that is known, ready to be shown.
  case recalled(pictureID: String, Draft, price: String?)
  /// The answer to `loadPreview`.
  case previewLoaded(PreviewKey, CellPicture)
  /// The picture could not be shown; the sentence says why.
  case previewFailed(PreviewKey, message: String)

  /// The service has taken the job: it is written down and goes on without us.
  case sendAccepted(ticket: Int, jobID: String)
  /// The job was refused before it was sent to the provider.
  case sendRefused(ticket: Int, [Problem], message: String)

  /// The answer to `inspectReference`.
  case referenceInspected(token: Int, ReferenceFacts)
  /// The reference cannot be used; the sentence says why.
  case referenceRefused(token: Int, message: String)

  /// The answer to `completePath`: what may take the place of `typed`; directories end with a slash.
  case pathCompleted(typed: String, [String])

  /// The external editor ended; nil where the text is to stay as it was.
  case editorReturned(String?)
  /// A draft of an earlier session was found.
  case draftRestored(Draft)
  /// Behind it: there is a further one, which begins with these words.
  case otherDraftFound(words: String)
  /// The answer to `swapDraft`.
  case draftTaken(Draft)
  /// Something else worth saying.
  case noticed(Notice)
}
