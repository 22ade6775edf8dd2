/// Where a key has a meaning. What has the keys decides which contexts are asked, innermost first.
struct KeyContext: Equatable, Sendable {
  let name: String
  /// The heading in the help.
  let title: String
  /// The name of the one that the help shows it next to, though it is not in force.
  let neighbour: String?

  init(_ name: String, _ title: String, beside neighbour: KeyContext? = nil) {
    self.name = name
    self.title = title
    self.neighbour = neighbour?.name
  }

  static func == (one: KeyContext, other: KeyContext) -> Bool { one.name == other.name }
}

/// Those of the shell and of the panes. A layer has its own in its folder.
extension KeyContext: CaseIterable {
  /// Whatever is on the screen.
  static let always = KeyContext("always", "Always")
  /// The four panes, nothing in front of them.
  static let studio = KeyContext("studio", "Anywhere")
  /// Panes in which nothing is typed, so that plain letters are free.
  static let browsing = KeyContext("browsing", "Anywhere but in a text")
  /// Anything with a selected row.
  static let list = KeyContext("list", "Lists")
  /// Anything with a caret.
  static let text = KeyContext("text", "Text")
  static let line = KeyContext("line", "One-line inputs")
  static let prompt = KeyContext("prompt", "Prompt")
  static let parameters = KeyContext("parameters", "Parameters")
  static let references = KeyContext("references", "References")
  static let history = KeyContext("history", "Pictures and jobs")
  /// The selected picture was split into layers, or is one of them.
  static let layerSet = KeyContext(
    "layerSet", "A picture that was split into layers", beside: .history)
  /// The selected job was sent and never answered.
  static let unknownJob = KeyContext(
    "unknownJob", "A job whose outcome is unknown", beside: .history)
  /// The selected job waits for its turn.
  static let queuedJob = KeyContext(
    "queuedJob", "A job that waits for its turn", beside: .history)

  /// In the order of README and of the help.
  static let allCases: [KeyContext] = {
    let known: [KeyContext] = [
      .always, .studio, .browsing, .list, .text, .line, .prompt, .parameters, .references,
      .history, .layerSet, .unknownJob, .queuedJob,
    ]
    let all = known + ActionRegistry.all.map(\.context)
    return all.indices.filter { all.firstIndex(of: all[$0]) == $0 }.map { all[$0] }
  }()
}
