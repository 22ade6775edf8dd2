/// All actions there are.
enum ActionRegistry {
  static let all: [Action] =
    AppState.panes.flatMap { $0.actions } + text + shared + Layer.kinds.flatMap { $0.actions }

  static let byContext: [(context: KeyContext, actions: [Action])] = KeyContext.allCases.map {
    context in (context, all.filter { $0.context == context })
  }

  static func actions(in context: KeyContext) -> [Action] {
    byContext.first { $0.context == context }?.actions ?? []
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.id.rawValue, $0) })

  static subscript(id: ActionID) -> Action? { byName[id.rawValue] }

  /// The table of README: every key, by where it works.
  static var markdown: String {
    byContext.map { context, actions in
      let rows = actions.map { action in
        let keys = action.keys.map { "`\($0.label)`" }.joined(separator: " ")
        return "| \(keys) | \(action.summary) | `\(action.id.rawValue)` |\n"
      }
      return rows.isEmpty
        ? "" : "| **\(context.title)** | | |\n" + rows.joined()
    }.joined()
  }
}
