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
  /// Answer: `pictureTrashed` or `trashRefused`.
  case trashPicture(id: String)
  /// Answer: `pictureRestored` or `trashRefused`.
  case restorePicture(id: String)
  /// The newest `limit` pictures that match, and how many match in all; an empty query matches all.
  /// Answer: `historyLoaded`. A new one replaces an unanswered one.
  case loadHistory(query: String, limit: Int)
  /// Answer: `previewLoaded` or `previewFailed` with the same key. A new one replaces an unanswered one.
  case loadPreview(PreviewKey)
  /// Look at a path, a URL or the id of a picture, as typed or pasted. Answer: `referenceInspected` or `referenceRefused`.
  case inspectReference(token: Int, String)
  /// Leave the screen, edit this text elsewhere. Answer: `editorReturned`.
  case openEditor(String)
  case saveDraft(Draft)
  /// Leave the screen and stop, as the shell's job control expects.
  case suspend
  /// End the front end. Running jobs go on.
  case quit
  /// Paint every cell anew.
  case redraw
}
