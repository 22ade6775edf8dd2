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

  /// - Throws: All that is wrong.
  func settings(_ root: YAMLNode) throws(SettingsError) -> Settings {
    let reader = try MappingReader(root, file: file, keys: nil)
    var settings = Settings()
    settings.models = models
    var faults = FaultList()
    _ = faults.attempt { () throws(SettingsError) in try reader.check(Self.keys) }
    settings.gallery = faults.attempt { () throws(SettingsError) in
      try reader.value("gallery", expected: "a path that begins with / or ~/") {
        $0.hasPrefix("/") || $0.hasPrefix("~/") ? $0 : nil
      }
    }
    settings.model = faults.attempt { () throws(SettingsError) in
      try reader.text("model", expected: "the name of a model")
    }
    settings.size = faults.attempt { () throws(SettingsError) in
      try reader.value("size", expected: "a size like 2K or 2048x1536") { SizeChoice($0) }
    }
    settings.watermark = faults.attempt { () throws(SettingsError) in
      try reader.truth("watermark")
    }
    settings.count = faults.attempt { () throws(SettingsError) in
      try reader.number("count", in: 1...15)
    }
    settings.theme = faults.attempt { () throws(SettingsError) in
      try reader.word("theme", of: Settings.themes)
    }
    let budget = faults.attempt { () throws(SettingsError) in
      try reader.mapping("budget", keys: BudgetReader.keys).map { budget throws(SettingsError) in
        try BudgetReader.limits(budget)
      }
    }
    if let budget { settings.budget = budget }
    let names = faults.attempt { () throws(SettingsError) in try reader.mapping("providers") }
    if let names { readProviders(names, into: &settings, &faults) }
    // One that is described wrongly has its name all the same.
    let known = settings.providers.map(\.name) + (names?.members.map(\.key) ?? [])
    settings.provider = faults.attempt { () throws(SettingsError) in
      guard let text = reader.member("provider")?.value.text, known.contains(text) else {
        return try reader.word("provider", of: settings.providers.map(\.name))
      }
      return text
    }
    try faults.check()
    return settings
  }

  private func readProviders(
    _ names: MappingReader, into settings: inout Settings, _ faults: inout FaultList
  ) {
    let profiles = ProfileReader(families: settings.catalogue.models.map(\.family.rawValue))
    for member in names.members {
      let index = settings.providers.firstIndex { $0.name == member.key }
      let known = index.map { settings.providers[$0] }
      let profile = faults.attempt { () throws(SettingsError) in
        try profiles.profile(member, in: names, basedOn: known)
      }
      guard let profile else { continue }
      if let index {
        settings.providers[index] = profile
      } else {
        settings.providers.append(profile)
      }
    }
  }
}
