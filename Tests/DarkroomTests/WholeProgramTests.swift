import Posix
import Screen
import TestSupport
import Testing

/// The built program, as a user meets it: in a terminal, or on a command line. One after another,
/// because each starts processes of its own and the machine may be small.
@Suite(.serialized, .ownThread) struct WholeProgramTests {}

/// Keys as terminals send them.
enum Keys {
  static let send = "\u{1B}\r"
  static let quit = "\u{11}"
  static let interrupt = "\u{3}"
  static let suspend = "\u{1A}"
  static let editor = "\u{F}"
  static let parameters = "\u{1B}2"
  static let references = "\u{1B}3"
  static let history = "\u{1B}4"
}

extension ProgramHome {
  /// The front end in a terminal, its first frame shown. The model of the tests goes on here: what has ended
  /// waits for a second press.
  func open(
    _ words: String..., term: String = "xterm-256color",
    size: Size = Size(rows: 30, columns: 100)
  ) throws -> TerminalSession {
    let models = ".config/darkroom/models.yaml"
    if !FileSystem.exists(directory.path(models)) {
      let life =
        "seedream-4.0: {life: {volcengine: {last: 2099-01-01}, byteplus: {last: 2099-01-01}}}\n"
      try write(Array(life.utf8), to: models)
    }
    let session = try TerminalSession(
      program, words, environment: environment(term: term), size: size)
    try session.waitFor("Prompt")
    return session
  }
}

extension TerminalSession {
  /// Leaves the front end in the usual way.
  func quit() throws {
    try type(Keys.quit)
    #expect(try waitForEnd() == .exited(0))
  }

  /// Waits for the title of the window.
  func waitFor(title: String) throws {
    try waitFor("title “\(title)”") { $0.title == title }
  }
}
