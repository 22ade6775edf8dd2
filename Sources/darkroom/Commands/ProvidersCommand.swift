import App
import Posix
import Settings

extension Command {
  /// Whom pictures can be asked from.
  static let providers = Command(
    name: "providers", operands: "",
    summary: "Lists who draws, where, and whether a key was found.",
    options: OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    var rows = [["", "PROVIDER", "ADDRESS", "KEY"]]
    for profile in workspace.settings.providers {
      rows.append([
        profile.name == workspace.providerName ? "*" : "", profile.name,
        profile.baseURL?.description ?? "inside, on this machine", keyState(of: profile),
      ])
    }
    Console.table(rows)
    Console.narrate("* is used unless --provider names another: \(workspace.choice.reason)")
    return .done
  }

  static func keyState(of profile: ProviderProfile) -> String {
    guard profile.usesKey, !profile.isSandbox else { return "none needed" }
    if let name = profile.keyEnvironment.first(where: { Environment.value($0)?.isEmpty == false }) {
      return "from \(name)"
    }
    if profile.keyCommand != nil { return "from its key_command" }
    if profile.key != nil { return "from the config file" }
    return "missing: set \(profile.keyEnvironment.joined(separator: " or "))"
  }
}
