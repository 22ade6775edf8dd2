internal import Seedream
internal import YAML

/// Turns the tree of a configuration file into settings.
struct SettingsReader {
  let file: String
  /// Families are checked against these.
  let models: ModelsFile

  private static let keys = [
    "gallery", "provider", "model", "size", "watermark", "count", "theme", "providers", "budget",
  ]

  func settings(_ root: YAMLNode) throws(SettingsError) -> Settings {
    let reader = try MappingReader(root, file: file, keys: Self.keys)
    var settings = Settings()
    settings.models = models
    settings.gallery = try reader.value("gallery", expected: "a path that begins with / or ~/") {
      $0.hasPrefix("/") || $0.hasPrefix("~/") ? $0 : nil
    }
    settings.model = try reader.text("model", expected: "the name of a model")
    settings.size = try reader.value("size", expected: "a size like 2K or 2048x1536") {
      SizeChoice($0)
    }
    settings.watermark = try reader.truth("watermark")
    settings.count = try reader.number("count", in: 1...15)
    settings.theme = try reader.word("theme", of: Settings.themes)
    if let budget = try reader.mapping("budget", keys: BudgetReader.keys) {
      settings.budget = try BudgetReader.limits(budget)
    }
    if let names = try reader.mapping("providers") {
      try readProviders(names, into: &settings)
    }
    settings.provider = try reader.word("provider", of: settings.providers.map(\.name))
    return settings
  }

  private func readProviders(
    _ names: MappingReader, into settings: inout Settings
  ) throws(SettingsError) {
    let profiles = ProfileReader(families: settings.catalogue.models.map(\.family.rawValue))
    for member in names.members {
      let index = settings.providers.firstIndex { $0.name == member.key }
      let known = index.map { settings.providers[$0] }
      let profile = try profiles.profile(member, in: names, basedOn: known)
      if let index {
        settings.providers[index] = profile
      } else {
        settings.providers.append(profile)
      }
    }
  }
}
