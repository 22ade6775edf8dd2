/// Where a key has a meaning. What has the focus decides which contexts are asked, innermost first.
enum KeyContext: Equatable, Hashable, Sendable, CaseIterable {
  /// Whatever is on the screen.
  case always
  /// The four panes, no help in front of them.
  case studio
  /// Panes in which nothing is typed, so that plain letters are free.
  case browsing
  /// Anything with a selected row.
  case list
  /// Anything with a caret.
  case text
  /// A one-line input.
  case line
  case prompt
  case parameters
  case references
  case history
  /// The selected job was sent and never answered.
  case unknownJob
  /// The selected job waits for its turn.
  case queuedJob
  /// The selected picture was split into layers, or is one of them.
  case layerSet
  /// The question what becomes of a job that was never answered.
  case decision
  /// A list of values in front of the parameters.
  case choices
  case help

  /// The heading in the help; nil for contexts the help shows under another.
  var title: String {
    switch self {
    case .always: "Always"
    case .studio: "Anywhere"
    case .browsing: "Anywhere but in a text"
    case .list: "Lists"
    case .text: "Text"
    case .line: "One-line inputs"
    case .prompt: "Prompt"
    case .parameters: "Parameters"
    case .references: "References"
    case .history: "Pictures and jobs"
    case .unknownJob: "A job whose outcome is unknown"
    case .queuedJob: "A job that waits for its turn"
    case .layerSet: "A picture that was split into layers"
    case .decision: "What becomes of an unknown outcome"
    case .choices: "List of values"
    case .help: "This help"
    }
  }

  /// What the help shows next to it, though it is not in force.
  var kin: [KeyContext] {
    switch self {
    case .history: [.layerSet, .unknownJob, .queuedJob, .decision]
    default: []
    }
  }
}
