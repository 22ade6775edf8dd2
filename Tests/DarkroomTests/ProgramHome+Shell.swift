import Glibc
import Posix
import TestSupport

extension ProgramHome {
  /// Runs a script of bash in the home; `$D` is the program.
  func bash(_ script: String, input: [UInt8] = []) throws -> Outcome {
    var variables = environment()
    variables["D"] = program
    let output = try ProcessSpec(
      "/bin/bash", ["-c", script], environment: variables, directory: directory.path
    ).runBlocking(input: input, timeLimit: TerminalSession.patience)
    if output.timedOut { throw TestFailure("the script did not end: \(script)") }
    return Outcome(
      status: output.status, output: String(decoding: output.output, as: UTF8.self),
      narration: String(decoding: output.errorOutput, as: UTF8.self))
  }

  /// A home whose requests wait for the provider.
  static func held(by provider: TestProvider) throws -> ProgramHome {
    let home = try ProgramHome(configuration: provider.configuration)
    home.variables["HELD_KEY"] = TestProvider.key
    return home
  }

  /// Makes one picture and gives its path.
  func picture(of prompt: String = "fog") throws -> String {
    guard let path = try run("generate", prompt).lines.first else {
      throw TestFailure("no picture was made")
    }
    return path
  }
}
