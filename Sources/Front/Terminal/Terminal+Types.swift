import Glibc

extension Terminal {
  /// Whether the terminfo database has an entry for a type of terminal.
  package static func knows(type: String) -> Bool {
    CursesScreen.entry(type, output: STDOUT_FILENO) != nil
  }
}
