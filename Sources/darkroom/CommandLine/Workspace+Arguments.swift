import App
import Posix
import Secrets
import Seedream
import Settings

extension Workspace {
  /// From the options of a command.
  ///
  /// - Throws: `SettingsError`, `UsageError` or `PosixError` with a sentence.
  init(_ arguments: Arguments) throws {
    for name in Paths.variables { _ = try Environment.text(name) }
    guard let home = ThisProcess.homeDirectory else {
      throw CommandFailure("this user has no home directory: set HOME")
    }
    let file =
      try arguments["config"].map { try Self.absolute($0) } ?? Paths.configurationFile(home: home)
    let settings = try Settings.load(path: file, mustExist: arguments.has("config"))
    let paths = try Paths(
      galleryOption: arguments["gallery"], settings: settings, home: home,
      workingDirectory: try Self.workingDirectory())
    let choice = try Self.provider(arguments["provider"], settings)
    self.init(
      settings: settings, paths: paths, choice: choice,
      baseURL: try arguments["base-url"].map { try Self.address($0, of: choice.profile) },
      configurationFile: file, tell: Telling.onStandardError())
  }

  private static func address(_ text: String, of profile: ProviderProfile) throws -> BaseURL {
    guard let url = BaseURL(text) else {
      throw UsageError(
        "option --base-url: '\(Redaction.withoutUser(text))' is not an http or https address")
    }
    if let fault = url.fault { throw UsageError("option --base-url: the address \(fault)") }
    // The sandbox draws here and is free: whoever is at an address is somebody else.
    guard !profile.isSandbox else {
      throw UsageError(
        "option --base-url: whose address it is is not said, and the sandbox has none",
        hint: "name the provider that speaks there, as in --provider ark")
    }
    return url
  }

  /// The provider to use; a name that is typed wrong is a wrong use of the program.
  private static func provider(
    _ name: String?, _ settings: Settings
  ) throws -> ProviderChoice {
    guard let name else { return try settings.chooseProvider() }
    do {
      return try settings.chooseProvider(named: name)
    } catch {
      throw UsageError(
        "option --provider: \(error.message)",
        hint: error.suggestion.map { "did you mean '\($0)'?" })
    }
  }

  /// A path as typed, from the root: the service has another working directory.
  static func absolute(_ path: String) throws -> String {
    path.isAbsolutePath ? path : try workingDirectory() + "/" + path
  }

  /// Where relative paths begin.
  static func workingDirectory() throws -> String {
    do {
      return try FileSystem.workingDirectory()
    } catch {
      guard error.code == PosixError.doesNotExist else { throw error }
      throw CommandFailure(
        "the working directory was deleted: go to another one, or type paths that begin with '/'")
    }
  }

  /// Says what is wrong with `models.yaml`; what is right in it counts all the same.
  func tellFaults() {
    for fault in settings.models.faults { Console.narrate("darkroom: \(fault)") }
  }
}

extension Telling {
  /// For commands: on standard error, what lasts once only.
  static func onStandardError() -> @Sendable (Telling) -> Void {
    let said = Said()
    return { telling in
      switch telling {
      case .wait(let sentence): Console.narrate(sentence)
      case .network(let sentence):
        if said.isNew(sentence) { Console.narrate("darkroom: \(sentence)") }
      }
    }
  }
}
