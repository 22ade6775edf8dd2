package import Paging
package import Seedream

/// Everything the front end can ask for. The answer, where there is one, comes back as an `AppAction`.
package enum AppEffect: Equatable, Sendable {
  /// Answer: `sendAccepted` or `sendRefused` with the same ticket.
  case send(ticket: Int, GenerationRequest, provider: String)
  /// Answer: `jobReported` when it has happened.
  case cancelJob(id: String)
  /// Send the request of an ended job once more, as a new job that is paid anew. Answer: `jobReported`
  /// for the new one, or `noticed` where it is refused.
  case retryJob(id: String)
  /// Fetch pictures of a job that were drawn and are not here; nothing is paid. Answer: `jobReported`, or
  /// `noticed` where it cannot be done.
  case fetchPictures(jobID: String)
  /// Give a job that waits another place, before another one or at the end. Answer: `jobReported`.
  case moveJob(id: String, before: String?)
  /// Put another request in the place of one that waits. Answer: `jobEdited` or `editRefused`.
  case editJob(id: String, GenerationRequest)
  /// Send nothing more; what is under way goes on. Answer: `queueReported`.
  case pauseQueue
  /// Answer: `queueReported`.
  case resumeQueue
  /// Cancel these jobs, in this order, as far as they are not over. Answer: `jobReported` for each, and `noticed`.
  case cancelJobs(ids: [String])
  /// Put an unknown outcome aside. Answer: `jobReported`, or `noticed` where it could not be done.
  case forgetJob(id: String)
  /// Take in files, as typed, as the pictures of a job whose outcome is unknown; none takes those that the
  /// kept answer holds. Answer: `jobReported` and `attached`, or `attachRefused`.
  case attachFiles(jobID: String, [String])
  /// Answer: `pictureTrashed` or `trashRefused`.
  case trashPicture(id: String)
  /// Answer: `pictureRestored` or `trashRefused`.
  case restorePicture(id: String)
  /// Read the request that made a picture. Answer: `recalled`, or `noticed` where nothing is known of it.
  case recall(pictureID: String, file: String)
  /// Read a part of the list of pictures. Answer: `pageLoaded` with the same ticket, or `picturesFailed`. A new one
  /// replaces an unanswered one.
  case loadPage(ticket: Int, PageRequest)
  /// Read what has happened to the list of all pictures since a mark, and how many are above a position. Answer:
  /// `changesLoaded` with the same ticket, or `picturesFailed`. It and `loadPage` replace each other.
  case loadChanges(ticket: Int, since: Int64, above: PicturePosition?)
  /// Answer: `previewLoaded` or `previewFailed` with the same key. A new one replaces an unanswered one.
  case loadPreview(PreviewKey)
  /// Look at a path, a URL or the id of a picture, as typed or pasted. Answer: `referenceInspected` or `referenceRefused`.
  case inspectReference(token: Int, String)
  /// Which paths begin with this, as typed. Answer: `pathCompleted`.
  case completePath(String)
  /// Leave the screen, edit this text elsewhere. Answer: `editorReturned`.
  case openEditor(String)
  case saveDraft(Draft)
  /// Keep this draft and take another one that is kept. Answer, before any other event: `draftTaken`, or
  /// `noticed` where there is none.
  case swapDraft(Draft)
  /// Leave the screen and stop, as the shell's job control expects.
  case suspend
  /// End the front end. Running jobs go on.
  case quit
  /// Paint every cell anew.
  case redraw
}
