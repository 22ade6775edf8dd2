/// The parts of the screen that can have the focus, in the order of the Tab key.
enum Pane: Int, Equatable, Hashable, Sendable, CaseIterable {
  case prompt
  case parameters
  case references
  case history

  var title: String {
    switch self {
    case .prompt: "Prompt"
    case .parameters: "Parameters"
    case .references: "References"
    case .history: "Pictures"
    }
  }

  /// The pane `steps` further on, around the end.
  func moved(by steps: Int) -> Pane {
    let count = Self.allCases.count
    return Self.allCases[((rawValue + steps) % count + count) % count]
  }
}
