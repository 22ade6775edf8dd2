import FoundationEssentials
import Glibc
import Posix
import TestSupport

/// The home of one round: a user's files, the built program, and the services that run in it.
final class Home: Sendable {
  struct Outcome {
    var status: TerminationStatus
    var output: String
    var narration: String
  }

  /// Absolute, without a slash at the end.
  let path: String
  let program: String
  private let environment: [String: String]

  /// - Parameters:
  ///   - port: Where the provider of the round listens.
  ///   - dialect: In which it speaks.
  ///   - clock: The library that sets the clock of this home by its file `clock`; nil leaves it alone.
  init(program: String, port: Int, dialect: String = "ark", clock: String?) throws {
    self.program = program
    let parent = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    path = (parent.hasSuffix("/") ? parent : parent + "/") + "faults-\(UUID().uuidString.prefix(8))"
    var variables = [
      "DARKROOM_GALLERY": path + "/gallery", "XDG_RUNTIME_DIR": path + "/run",
      "FAULTS_KEY": "a-key-of-no-worth",
    ]
    if let clock {
      variables["LD_PRELOAD"] = clock
      variables["SKEWED_CLOCK"] = path + "/clock"
    }
    environment = BuiltProgram.environment(home: path, adding: variables)
    try FileSystem.createDirectory(path, mode: 0o700)
    try FileSystem.createDirectory(path + "/.config/darkroom", mode: 0o700)
    let configuration = """
      model: seedream-4.0
      size: 960x960
      provider: faulty
      providers:
        faulty:
          dialect: \(dialect)
          base_url: http://127.0.0.1:\(port)\(dialect == "ark" ? "/api/v3" : "")
          key_env: FAULTS_KEY
      """
    try write(configuration, to: ".config/darkroom/config.yaml")
    // The quick model goes on here: what has ended waits for a second press.
    try write(
      "seedream-4.0: {life: {volcengine: {last: 2099-01-01, source: the proof}}}\n",
      to: ".config/darkroom/models.yaml")
  }

  var gallery: String { path + "/gallery" }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  // MARK: The program

  /// Runs a command to its end.
  func run(_ words: [String]) throws -> Outcome {
    let output = try ProcessSpec(program, words, environment: environment, directory: path)
      .runBlocking(timeLimit: TerminalSession.patience, outputLimit: 16 << 20)
    if output.timedOut { throw TestFailure("darkroom \(words.joined(separator: " ")) did not end") }
    return Outcome(
      status: output.status, output: String(decoding: output.output, as: UTF8.self),
      narration: String(decoding: output.errorOutput, as: UTF8.self))
  }

  /// Starts a command and goes on; what it says is kept in a file of this name.
  func start(_ words: [String], log: String) throws -> Running {
    try Running(
      ProcessSpec(program, words, environment: environment, directory: path), log: "\(path)/\(log)")
  }

  /// Opens the front end in a terminal.
  func open() throws -> TerminalSession {
    let session = try TerminalSession(program, environment: environment)
    try session.waitFor("Prompt")
    return session
  }

  // MARK: Services

  /// The processes of the services of this gallery, by their words: proc_pid_cmdline(5).
  var services: [Int32] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { Int32($0) }.filter { process in
      guard let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else {
        return false
      }
      return words.firstRange(of: Data("\0service\0".utf8)) != nil
        && words.firstRange(of: Data("\0\(gallery)\0".utf8)) != nil
    }
  }

  /// Kills the services as they stand, kill(2) with SIGKILL, and waits until they are gone.
  func killServices() {
    for process in services {
      guard let watch = try? ProcessWatch(process) else { continue }
      kill(process, SIGKILL)
      _ = try? Poll.wait(for: [watch.descriptor], timeout: .seconds(10))
    }
  }
}

/// A command under way.
final class Running: Sendable {
  private let process: ProcessBox
  let log: String

  init(_ command: ProcessSpec, log: String) throws {
    self.log = log
    let nothing = unsafe Glibc.open("/dev/null", O_RDWR | O_CLOEXEC)
    let file = unsafe Glibc.open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer {
      close(nothing)
      close(file)
    }
    process = ProcessBox(
      try ChildProcess(command, input: nothing, output: file, error: file))
  }

  /// Ends it as it stands.
  func kill() { process.withProcess { $0.kill() } }

  /// How it ended; nil when it goes on beyond the limit, and is killed then.
  func end(within limit: Duration) -> TerminationStatus? {
    process.withProcess { process in
      let outcome = try? Poll.wait(for: [process.exitDescriptor], timeout: limit)
      if case .ready = outcome { return try? process.wait() }
      process.kill()
      return nil
    }
  }

  var said: String {
    String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
  }
}
