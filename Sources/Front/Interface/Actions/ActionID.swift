/// Names an action for good: `queue.pause`.
struct ActionID: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
  let rawValue: String

  init(rawValue: String) { self.rawValue = rawValue }
  init(stringLiteral value: String) { rawValue = value }
}

/// Those that sentences name.
extension ActionID {
  static let send: ActionID = "prompt.send"
  static let swapDraft: ActionID = "draft.swap"
  static let goToPrompt: ActionID = "go.prompt"
  static let goToHistory: ActionID = "go.pictures"
  static let back: ActionID = "app.back"
  static let quit: ActionID = "app.quit"
  static let interrupt: ActionID = "app.interrupt"
  static let redraw: ActionID = "app.redraw"
  static let up: ActionID = "list.up"
  static let down: ActionID = "list.down"
  static let firstRow: ActionID = "list.first"
  static let undoEdit: ActionID = "text.undo"
  static let acceptLine: ActionID = "line.accept"

  static let previousValue: ActionID = "parameter.previous"
  static let nextValue: ActionID = "parameter.next"
  static let addReference: ActionID = "reference.add"
  static let editReference: ActionID = "reference.correct"
  static let removeReference: ActionID = "reference.remove"

  static let search: ActionID = "pictures.search"
  static let useAsReference: ActionID = "pictures.reference"
  static let trashPicture: ActionID = "pictures.trash"
  static let openLayers: ActionID = "layers.open"
  static let closeLayers: ActionID = "layers.close"
  static let undoTrash: ActionID = "pictures.restore"
  static let cancelJob: ActionID = "job.cancel"
  static let cancelAllJobs: ActionID = "queue.cancel-all"
  static let retryJob: ActionID = "job.retry"
  static let dismissEndedJobs: ActionID = "queue.dismiss-ended"
  static let pauseQueue: ActionID = "queue.pause"
}
