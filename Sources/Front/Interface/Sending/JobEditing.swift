/// A job that waits, whose request is in the form in the place of the draft.
struct JobEditing: Equatable, Sendable {
  let jobID: String
  /// Its provider, which stays.
  let provider: String
  /// What was written and not sent before.
  let draft: Draft
  /// The same, as it was in the panes.
  let prompt: PromptPane
  let references: [ReferenceList.Item]
  /// Whether the service was asked to take the new request and has not answered.
  var isUnanswered = false
  /// Whether the job still waits for its turn.
  var isPossible = true
}
