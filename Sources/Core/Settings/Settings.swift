package import Seedream

/// What a user has written into the configuration file; nil where the file is silent.
package struct Settings: Equatable, Sendable {
  /// Absolute, or beginning with `~/`.
  package var gallery: String?
  package var provider: String?
  package var model: String?
  package var size: SizeChoice?
  package var watermark: Bool?
  /// Pictures of one request.
  package var count: Int?
  package var theme: String?
  /// What may be spent; without limits where the file is silent.
  package var budget = SpendingLimits()
  /// The built-in profiles with the user's changes, then the user's own.
  package var providers = ProviderProfile.builtIn
  /// What `models.yaml` beside the configuration file says.
  package var models = ModelsFile()

  package init() {}

  /// The models that can be asked for: those of this version with the user's corrections. What is
  /// wrong with corrections that were not taken is in `models.faults`.
  package var catalogue: ModelCatalogue { models.corrected.catalogue }

  /// The environment variables that may hold a key of any provider.
  package var keyVariables: Set<String> { Set(providers.flatMap(\.keyEnvironment)) }

  /// The themes there are.
  package static let themes = ["terminal"]

  /// Reads the configuration file, and `models.yaml` beside it where there is one.
  ///
  /// - Parameters:
  ///   - path: The file to read.
  ///   - mustExist: False takes an absent file for an empty one; true is for a path somebody typed.
  package static func load(
    path: String, mustExist: Bool = false
  ) throws(SettingsError) -> Settings {
    let models = try ModelsFile.load(path: ModelsFile.path(beside: path))
    guard let root = try SettingsFile.root(of: path, mustExist: mustExist) else {
      var settings = Settings()
      settings.models = models
      return settings
    }
    return try SettingsReader(file: path, models: models).settings(root)
  }
}
