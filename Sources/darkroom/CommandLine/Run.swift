import App
import Posix
import Settings
import Studio

extension Command {
  /// Everything the program can be asked for.
  static let all: [Command] = [
    .generate, .search, .show, .trash, .restore, .jobs, .queue, .move, .edit, .cancel, .retry,
    .fetch, .forget, .attach, .cost, .models, .providers, .doctor,
    .reindex,
    .serve, .service, .decode, .reduce,
  ]
}

extension Command {
  /// The command that was typed, and all that was typed besides it; nil where there is none. Its options may stand
  /// before it too.
  static func found(in words: [String]) -> (Command, rest: [String])? {
    for (place, word) in words.enumerated() {
      if word == "--" { return nil }
      guard let command = all.first(where: { $0.name == word }) else { continue }
      let before = Array(words[..<place])
      let rest = before + words[(place + 1)...]
      // What stands there may be the value of an option.
      if let read = try? Arguments(before, options: command.options), read.operands.isEmpty {
        return (command, rest)
      }
      // Or an option is not one of the command's: then that is what is to be said.
      let isMeant = (try? Arguments(before, options: allOptions))?.operands.isEmpty == true
      if isMeant { return (command, rest) }
    }
    return nil
  }

  /// Of any command, those of the front end first.
  private static var allOptions: [OptionSpec] {
    OptionSpec.provider + OptionSpec.common + all.flatMap(\.options)
  }
}

/// Runs the program for what was typed behind its name, byte by byte.
func run(_ arguments: [[UInt8]]) -> ExitStatus {
  defer { ReceivedFiles.removeAll() }
  var words: [String] = []
  for (index, argument) in arguments.enumerated() {
    guard let word = String(validating: argument, as: UTF8.self) else {
      Console.narrate(
        "darkroom: argument \(index + 1) is not UTF-8 text: '\(printable(Array(argument.prefix(200))))'; "
          + "a file with such a name can be given another, or piped in: --ref - < FILE")
      return .wrongUsage
    }
    words.append(word)
  }
  return Console.close(run(words))
}

private func run(_ words: [String]) -> ExitStatus {
  // Whatever it is asked for, it may read a key on the way.
  ThisProcess.hideMemory()
  ProcessLimits.raise()
  do {
    if let (command, rest) = Command.found(in: words) { return try perform(command, rest) }
    return try performFrontEnd(words)
  } catch let error as UsageError {
    let command = error.command.map { "\($0) " } ?? ""
    Console.narrate(
      "darkroom \(command)".trimmingWhitespace() + ": \(error.message)"
        + (error.hint.map { "; \($0)" } ?? ""))
    Console.narrate("'darkroom \(command)--help' lists what there is.")
    return .wrongUsage
  } catch {
    Console.narrate("darkroom: \(Failures.sentence(error))")
    for other in (error as? SettingsError)?.others ?? [] { Console.narrate("darkroom: \(other)") }
    if let hint = Failures.hint(error) { Console.narrate("darkroom: \(hint)") }
    return (error as? StudioError)?.code == .unclear ? .unknownOutcome : .failed
  }
}

private func perform(_ command: Command, _ words: [String]) throws -> ExitStatus {
  do {
    let arguments = try Arguments(words, options: command.options)
    if arguments.has("help") {
      Console.write(command.help, to: 1)
      return .done
    }
    if !command.isInternal { try ProcessLimits.checkOfCommand() }
    return try command.run(arguments)
  } catch var error as UsageError {
    error.command = command.name
    throw error
  }
}

private func performFrontEnd(_ words: [String]) throws -> ExitStatus {
  let options =
    OptionSpec.provider + OptionSpec.common + [.flag("version", "the version of the program")]
  let arguments = try Arguments(words, options: options)
  if arguments.has("help") {
    Console.write(overview(options), to: 1)
    return .done
  }
  if arguments.has("version") {
    Console.print("darkroom \(Version.number)")
    return .done
  }
  if let word = arguments.operands.first {
    throw UsageError("there is no command '\(word)'", hint: suggestion(for: word))
  }
  try ProcessLimits.checkOfCommand()
  return try FrontEnd.run(try Workspace(arguments))
}

private func suggestion(for word: String) -> String? {
  let names = Command.all.filter { !$0.isInternal }.map(\.name)
  return Arguments.nearest(to: word, among: names).map { "did you mean '\($0)'?" }
}

private func overview(_ options: [OptionSpec]) -> String {
  """
  Usage: darkroom [options]
         darkroom COMMAND [options] …

  Darkroom is a studio for the Seedream image models. Without a command it opens in the terminal.

  Commands:
  \(Command.columns(Command.all.filter { !$0.isInternal }.map { ("  \($0.name)", $0.summary) }))
  Options:
  \(Command.table(options))
  'darkroom COMMAND --help' tells more of each.

  """
}
