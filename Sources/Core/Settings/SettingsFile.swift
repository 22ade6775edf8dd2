internal import Posix
internal import YAML

/// A file that a user has written and that is small.
enum SettingsFile {
  /// The tree of a YAML file of at most 1 MiB.
  ///
  /// - Parameter mustExist: False takes an absent file for an empty one.
  /// - Returns: Nil for a file that says nothing.
  static func root(of path: String, mustExist: Bool) throws(SettingsError) -> YAMLNode? {
    let bytes: [UInt8]
    do {
      // Opened without waiting, a pipe without a writer would pass for an empty file.
      if try FileInformation(of: path).kind == .pipe {
        throw SettingsError(
          .unreadable, file: path, "\(path) is a pipe: the settings are read from a file")
      }
      bytes = try FileSystem.read(path, limit: 1 << 20)
    } catch let error as SettingsError {
      throw error
    } catch let error as PosixError {
      guard error.code == PosixError.doesNotExist else {
        throw SettingsError(.unreadable, file: path, "\(error)")
      }
      if let link = danglingLink(in: path) {
        throw SettingsError(
          .unreadable, file: path,
          "\(link) is a link that leads nowhere: mend it, or remove it to go without")
      }
      if !mustExist { return nil }
      throw SettingsError(.unreadable, file: path, "\(error)")
    } catch {
      throw SettingsError(.unreadable, file: path, "\(error)")
    }
    do {
      guard let root = try YAMLDocument.parse(bytes), !root.isNull else { return nil }
      return root
    } catch {
      throw SettingsError(.syntax, file: path, line: error.position.line, error.message)
    }
  }

  /// The first part of a path that is a link to nothing: what it leads to was meant to be there, as on a
  /// disk that is not mounted.
  private static func danglingLink(in path: String) -> String? {
    let above = FileSystem.parent(of: path)
    if above != path, let link = danglingLink(in: above) { return link }
    let kind = try? FileInformation(of: path, followingLinks: false).kind
    return kind == .symbolicLink && !FileSystem.exists(path) ? path : nil
  }
}
