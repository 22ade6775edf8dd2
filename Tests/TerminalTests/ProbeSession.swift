import Screen
import TestSupport

/// The probe program in a terminal, up and with its first frame shown.
func startProbe(
  _ lines: [String] = ["ready"], term: String = "xterm-256color",
  environment: [String: String] = [:], size: Size = Size(rows: 10, columns: 40)
) throws -> TerminalSession {
  let session = try TerminalSession(
    BuiltProgram.path("terminal-probe"), lines,
    environment: BuiltProgram.environment(home: "/", term: term, adding: environment), size: size)
  // The first frame is followed by questions, the last of which every terminal is asked.
  try session.waitFor("a first frame") { _ in
    String(decoding: session.log, as: UTF8.self).contains("\u{1B}[c")
  }
  try session.drain()
  return session
}
