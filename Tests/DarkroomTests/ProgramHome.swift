import FoundationEssentials
import Glibc
import Posix
import TestSupport

/// A home of a test's own, with the built program in it: nothing of the user who runs the tests is
/// read or written. Services started in it end with it.
final class ProgramHome {
  /// What a command did.
  struct Outcome {
    var status: TerminationStatus
    var output: String
    var narration: String

    /// The lines of standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// What makes small pictures, soon.
  static let quick = "model: seedream-4.0\nsize: 960x960\n"

  let directory: TemporaryDirectory
  let program: String
  var variables: [String: String]

  /// - Parameter configuration: The text of the configuration file.
  init(configuration: String = ProgramHome.quick) throws {
    directory = try TemporaryDirectory()
    program = try BuiltProgram.path("darkroom")
    variables = [
      "DARKROOM_GALLERY": directory.path("gallery"),
      "XDG_RUNTIME_DIR": directory.path("run"),
    ]
    try write(Array(configuration.utf8), to: ".config/darkroom/config.yaml")
  }

  deinit {
    // Again until there is none: what was found may just have started another.
    while case let found = processes, !found.isEmpty {
      for process in found {
        guard let watch = try? ProcessWatch(process) else { continue }
        kill(process, SIGKILL)
        _ = try? Poll.wait(for: [watch.descriptor], timeout: .seconds(10))
      }
    }
  }

  var gallery: String { directory.path("gallery") }

  func environment(term: String = "xterm-256color") -> [String: String] {
    BuiltProgram.environment(home: directory.path, term: term, adding: variables)
  }

  /// Writes a file below the home.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let path = directory.path(name)
    try FileSystem.createDirectory(FileSystem.parent(of: path))
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  // MARK: The program

  /// Runs a command to its end.
  func run(_ words: [String], input: String = "") throws -> Outcome {
    let output = try ProcessSpec(
      program, words, environment: environment(), directory: directory.path
    ).runBlocking(input: Array(input.utf8), timeLimit: TerminalSession.patience)
    if output.timedOut { throw TestFailure("darkroom \(words) did not end") }
    return Outcome(
      status: output.status, output: String(decoding: output.output, as: UTF8.self),
      narration: String(decoding: output.errorOutput, as: UTF8.self))
  }

  func run(_ words: String..., input: String = "") throws -> Outcome {
    try run(words, input: input)
  }

  /// Runs a command again and again until its outcome is as wanted.
  func wait(
    for words: String..., until isDone: (Outcome) -> Bool
  ) throws -> Outcome {
    let deadline = ContinuousClock.now + TerminalSession.patience
    while true {
      let outcome = try run(words)
      if isDone(outcome) { return outcome }
      guard ContinuousClock.now < deadline else {
        throw TestFailure("darkroom \(words) still says: \(outcome.output)\(outcome.narration)")
      }
    }
  }

  // MARK: What it left

  /// The paths of all pictures in the gallery, oldest first.
  var pictures: [String] {
    get throws {
      let days = try FileManager.default.contentsOfDirectory(atPath: gallery)
        .filter { !$0.hasPrefix(".") }
      return try days.flatMap { day in
        try FileManager.default.contentsOfDirectory(atPath: "\(gallery)/\(day)")
          .filter { $0.hasSuffix(".jpg") || $0.hasSuffix(".png") }
          .map { "\(gallery)/\(day)/\($0)" }
      }.sorted()
    }
  }

  /// The processes of the services that were started here, as their log names them.
  var services: [Int32] {
    let path = directory.path(".local/state/darkroom/service.log")
    guard let log = FileManager.default.contents(atPath: path) else { return [] }
    return String(decoding: log, as: UTF8.self).matches(of: /is ready, process (\d+)/)
      .compactMap { Int32($0.1) }
  }

  /// Every process that has this home in its environment, proc_pid_environ(5), or in its arguments: the
  /// program hides its environment from everybody but root.
  private var processes: [Int32] {
    let marks = ["environ": "HOME=\(directory.path)\0", "cmdline": "\0\(gallery)\0"]
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { Int32($0) }.filter { process in
      marks.contains { name, mark in
        FileManager.default.contents(atPath: "/proc/\(process)/\(name)")?
          .firstRange(of: Data(mark.utf8)) != nil
      }
    }
  }
}
