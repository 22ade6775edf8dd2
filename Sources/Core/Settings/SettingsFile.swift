internal import Posix
internal import YAML

/// A file that a person has written and that is small.
enum SettingsFile {
  /// The tree of a YAML file of at most 1 MiB.
  ///
  /// - Parameter mustExist: False takes an absent file for an empty one.
  /// - Returns: Nil for a file that says nothing.
  static func root(of path: String, mustExist: Bool) throws(SettingsError) -> YAMLNode? {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, limit: 1 << 20)
    } catch {
      if error.code == PosixError.doesNotExist, !mustExist { return nil }
      throw SettingsError(.unreadable, file: path, "\(error)")
    }
    do {
      guard let root = try YAMLDocument.parse(bytes), !root.isNull else { return nil }
      return root
    } catch {
      throw SettingsError(.syntax, file: path, line: error.position.line, error.message)
    }
  }
}
