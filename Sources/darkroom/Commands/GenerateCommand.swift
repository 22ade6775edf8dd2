import App
import Posix
import Seedream

extension Command {
  /// One generation, from the prompt to the saved paths.
  static let generate = Command(
    name: "generate", operands: "PROMPT…",
    summary: "Has pictures made and prints the paths of the saved files.",
    details: """
      The words of the prompt are joined by spaces; '-' reads it from standard input. Paths go to
      standard output, one a line, everything else to standard error. Exit status: 0 all pictures
      saved, 1 failed, 2 wrong usage, 3 some pictures of a set failed, 4 sent but no answer came.
      Ctrl-C ends it by that signal, 130 in a shell, whose loop ends too; the job goes on in the
      service.
      """,
    options: GenerateOptions.specs + [
      .flag("json", "one JSON object a picture instead of its path"),
      .flag("dry-run", "show what would be sent, as JSON and as a curl command, and send nothing"),
      .value("trace", "FILE", "write the exchange there: no key in it, pictures shortened"),
    ] + OptionSpec.provider + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let request = try GenerateOptions(arguments, workspace).request()
    workspace.tellFaults()
    let problems = workspace.problems(of: request)
    if let problem = problems.first(where: { $0.severity == .blocking && $0.field == .prompt }) {
      throw UsageError(problem.message)
    }
    if let failure = CommandFailure(problems.filter { $0.severity == .blocking }) { throw failure }
    if arguments.has("dry-run") {
      for advice in problems { Console.narrate(advice.message) }
      return try DryRun(workspace: workspace).run(request)
    }
    let trace = try arguments["trace"].map { try Workspace.absolute($0) }
    return try Generation(workspace: workspace, request: request, trace: trace)
      .run(asJSON: arguments.has("json"))
  }
}
