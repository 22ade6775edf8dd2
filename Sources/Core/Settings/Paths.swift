package import Posix

/// Where things lie on this machine for this user (XDG Base Directory Specification 0.8).
package struct Paths: Equatable, Sendable {
  package let configurationFile: String
  /// Logs, and what may be lost without harm.
  package let stateDirectory: String
  /// What can be made again.
  package let cacheDirectory: String
  /// The gallery, absolute; it may not exist yet.
  package let gallery: String
  /// Where the control socket may lie, best first.
  private let runtimeDirectories: [String]

  /// The longest path a socket can have, without the zero byte, unix(7).
  private static let longestSocketPath = 107

  /// The variables that say where things lie.
  package static let variables = [
    "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
    "DARKROOM_GALLERY",
  ]

  /// The configuration file of a user, before any settings are known.
  package static func configurationFile(
    environment: [String: String] = Environment.all, home: String
  ) -> String {
    base("XDG_CONFIG_HOME", environment, home + "/.config") + "/darkroom/config.yaml"
  }

  /// - Parameters:
  ///   - galleryOption: As given on the command line, relative to `workingDirectory`; goes before
  ///     `DARKROOM_GALLERY`, and that before the settings.
  ///   - environment: Relative paths in `XDG_…` are ignored, as the specification says.
  ///   - home: The home directory.
  ///   - workingDirectory: Only asked for where the gallery's path is relative.
  /// - Throws: What `workingDirectory` throws.
  package init(
    galleryOption: String? = nil, settings: Settings,
    environment: [String: String] = Environment.all, home: String,
    workingDirectory: @autoclosure () throws -> String
  ) rethrows {
    configurationFile = Self.configurationFile(environment: environment, home: home)
    stateDirectory = Self.base("XDG_STATE_HOME", environment, home + "/.local/state") + "/darkroom"
    cacheDirectory = Self.base("XDG_CACHE_HOME", environment, home + "/.cache") + "/darkroom"
    let variable = environment["DARKROOM_GALLERY"].flatMap { $0.isEmpty ? nil : $0 }
    let chosen = galleryOption ?? variable ?? settings.gallery ?? "~/Pictures/Darkroom"
    if chosen == "~" {
      gallery = home
    } else if chosen.utf8.starts(with: "~/".utf8) {
      gallery = home + chosen.dropFirst()
    } else {
      gallery = chosen.isAbsolutePath ? chosen : try workingDirectory() + "/" + chosen
    }
    let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.isAbsolutePath ? $0 : nil }
    runtimeDirectories =
      (runtime.map { [$0 + "/darkroom"] } ?? [])
      + [stateDirectory, "/tmp/darkroom-\(ThisProcess.user)"]
  }

  /// The path of the gallery's control socket, in a directory (0700) that is made if missing.
  ///
  /// A directory that cannot be made, belongs to somebody else or is open to others, or in which the
  /// path would be longer than a socket's may be, is passed over for the next.
  ///
  /// - Throws: What is wrong with the last of them.
  package func controlSocket() throws(PosixError) -> String {
    let name = socketName
    var failure = PosixError("make a place for the control socket", code: PosixError.doesNotExist)
    for directory in runtimeDirectories {
      let path = directory + "/" + name
      if path.utf8.count > Self.longestSocketPath { continue }
      do throws(PosixError) {
        try FileSystem.createDirectory(directory, mode: 0o700)
        try Self.checkPrivacy(of: directory)
        return path
      } catch {
        failure = error
      }
    }
    throw failure
  }

  /// The log of the services; older ones have `.1` and so on behind their names.
  package var serviceLog: String { stateDirectory + "/service.log" }

  /// Where what a provider said of its models is kept.
  package func modelListing(of url: BaseURL) -> String {
    stateDirectory + "/models/" + String(fnv1a(Array(url.text.utf8)), radix: 16) + ".json"
  }

  /// Makes the state directory (0700) if it is missing.
  package func makeStateDirectory() throws(PosixError) {
    try FileSystem.createDirectory(stateDirectory, mode: 0o700)
  }

  /// The same for every way of naming the gallery, and different for every gallery.
  var socketName: String {
    let digits = String(fnv1a(Array(FileSystem.resolvedPath(gallery).utf8)), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + ".sock"
  }

  private static func checkPrivacy(of directory: String) throws(PosixError) {
    let information = try FileInformation(of: directory, followingLinks: false)
    guard information.kind == .directory, information.owner == ThisProcess.user,
      information.isClosedToOthers
    else {
      throw PosixError("trust the directory", path: directory, code: PosixError.permissionDenied)
    }
  }

  private static func base(
    _ variable: String, _ environment: [String: String], _ standard: String
  ) -> String {
    environment[variable].flatMap { $0.isAbsolutePath ? $0 : nil } ?? standard
  }
}

/// FNV-1a with 64 bits (draft-eastlake-fnv): short names, no protection against forgery.
func fnv1a(_ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
