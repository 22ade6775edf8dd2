/// All actions there are.
enum ActionRegistry {
  static let all: [Action] = panes + text + shared + Layer.kinds.flatMap { $0.actions }

  static func actions(in context: KeyContext) -> [Action] { all.filter { $0.context == context } }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
  private static let byCommand = Dictionary(all.map { ($0.command, $0) }) { one, _ in one }

  static subscript(id: ActionID) -> Action? { byID[id] }

  /// The first that asks for a command.
  static func action(for command: Command) -> Action? { byCommand[command] }

  /// The table of README: every key, by where it works.
  static var markdown: String {
    KeyContext.allCases.map { context in
      let rows = actions(in: context).map { action in
        let keys = action.keys.map { "`\($0.label)`" }.joined(separator: " ")
        return "| \(keys) | \(action.summary) | `\(action.id.rawValue)` |\n"
      }
      return rows.isEmpty
        ? "" : "| **\(context.title)** | | |\n" + rows.joined()
    }.joined()
  }
}
