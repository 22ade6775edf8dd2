import Posix
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
  do {
    if let first = words.first, let command = Command.all.first(where: { $0.name == first }) {
      return try perform(command, Array(words.dropFirst()))
    }
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
    return try command.run(arguments)
  } catch var error as UsageError {
    error.command = command.name
    throw error
  }
}

private func performFrontEnd(_ words: [String]) throws -> ExitStatus {
  let options =
    OptionSpec.provider + OptionSpec.common + [.flag("version", "the version of the program")]
  if let word = words.first, !word.hasPrefix("-") {
    throw UsageError(
      "there is no command '\(word)'", hint: suggestion(for: word))
  }
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
    throw UsageError("'\(word)' belongs behind a command", hint: suggestion(for: word))
  }
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
