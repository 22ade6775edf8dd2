import Glibc
import Posix
import Screen

/// One line at the end of what was narrated that is written over while something goes on. It exists on
/// terminals only: a file or a pipe gets nothing of it.
struct ProgressLine {
  /// Whether standard error is a terminal that can take back a line.
  let isPossible =
    ThisProcess.isTerminal(STDERR_FILENO)
    && !["dumb", nil].contains(Environment.value("TERM"))
  private var shown = ""

  /// Shows a text in place of the one before.
  mutating func show(_ text: String) {
    guard isPossible, text != shown else { return }
    let width = (Console.columns(of: STDERR_FILENO) ?? 80) - 1
    Console.write(
      "\r" + DisplayText.truncated(DisplayText.visible(text), to: width) + "\u{1B}[K",
      to: STDERR_FILENO)
    shown = text
  }

  /// Leaves an empty line for what is said next.
  mutating func clear() {
    guard !shown.isEmpty else { return }
    Console.write("\r\u{1B}[K", to: STDERR_FILENO)
    shown = ""
  }
}
