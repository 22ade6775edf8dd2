/// One option of a command, as its help shows it.
struct OptionSpec: Equatable, Sendable {
  var name: String
  var short: Character?
  /// What the value is called in the help; nil for a switch.
  var value: String?
  var isRepeatable = false
  var help: String

  static func flag(_ name: String, short: Character? = nil, _ help: String) -> OptionSpec {
    OptionSpec(name: name, short: short, value: nil, help: help)
  }

  static func value(
    _ name: String, _ value: String, short: Character? = nil, repeatable: Bool = false,
    _ help: String
  ) -> OptionSpec {
    OptionSpec(name: name, short: short, value: value, isRepeatable: repeatable, help: help)
  }

  /// Options every command takes.
  static let common: [OptionSpec] = [
    .value(
      "gallery", "DIR", "the gallery; else DARKROOM_GALLERY, the config file, ~/Pictures/Darkroom"),
    configuration,
    help,
  ]

  static let configuration = OptionSpec.value(
    "config", "FILE", "the config file; else config.yaml in the config directory")

  static let help = OptionSpec.flag("help", short: "h", "this text")

  /// Options of every command that talks to a provider.
  static let provider: [OptionSpec] = [
    .value("provider", "NAME", "who draws: see 'darkroom providers'"),
    .value("base-url", "URL", "the provider's address, instead of its usual one"),
  ]
}
