import Glibc

/// What is told while the rounds go on: at once, also into a file.
enum Report {
  static func write(_ line: String) {
    let text = line + "\n"
    _ = unsafe Glibc.write(STDOUT_FILENO, text, text.utf8.count)
  }
}
