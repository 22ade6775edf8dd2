internal import Posix
package import Seedream
internal import YAML

/// What a person has written into the configuration file; nil where the file is silent.
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
  /// The built-in profiles with the person's changes, then the person's own.
  package var providers = ProviderProfile.builtIn

  package init() {}

  /// Reads the configuration file.
  ///
  /// - Parameters:
  ///   - path: The file to read.
  ///   - mustExist: False takes an absent file for an empty one; true is for a path somebody typed.
  package static func load(
    path: String, mustExist: Bool = false
  ) throws(SettingsError) -> Settings {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, limit: 1 << 20)
    } catch {
      if error.code == PosixError.doesNotExist, !mustExist { return Settings() }
      throw SettingsError(.unreadable, file: path, "\(error)")
    }
    let root: YAMLNode?
    do {
      root = try YAMLDocument.parse(bytes)
    } catch {
      throw SettingsError(.syntax, file: path, line: error.position.line, error.message)
    }
    guard let root, !root.isNull else { return Settings() }
    return try SettingsReader(file: path).settings(root)
  }
}
