import Posix
import Settings
import TestSupport

/// A real configuration file in a directory of its own.
struct ConfigurationFile {
  let directory: TemporaryDirectory
  let path: String

  init(_ text: String, mode: UInt32 = 0o600) throws {
    directory = try TemporaryDirectory()
    path = directory.path("config.yaml")
    try DurableFile.write(Array(text.utf8), to: path)
    try FileSystem.setMode(mode, of: path)
  }

  func load() throws(SettingsError) -> Settings {
    try Settings.load(path: path)
  }
}
