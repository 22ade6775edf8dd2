import Seedream

/// A job that waits, whose request is in the form in the place of the draft.
struct JobEditing: Equatable, Sendable {
  let jobID: String
  /// Its provider, which stays.
  let provider: String
  /// What was written and not sent before.
  var draft: Draft
  /// The same, as it was in the panes.
  var prompt: PromptPane
  var references: [ReferenceList.Item]
  /// What was typed for another one.
  let referenceInput: LineInput?
  /// The job's request as it is with the service, in the form's words: what differs would be lost.
  var known: Draft
  /// What was handed to the service to take its place.
  var sent: Draft?
  /// Whether the service was asked to take the new request and has not answered.
  var isUnanswered = false
  /// Whether the job still waits for its turn.
  var isPossible = true
  /// The job's request as the service had it when this began: another one now is somebody else's.
  var base: GenerationRequest?
  /// Whether the user chose to leave without the changes.
  var isGivenUp = false
}
