/// Why there is no terminal to draw on.
package struct TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: Equatable, Sendable {
    /// Standard input or output goes somewhere else, or there is no such device.
    case notATerminal
    /// The terminal cannot place its cursor.
    case incapable
    /// A call of the system failed with this errno.
    case system(Int32)
  }

  package let code: Code
  /// One sentence for people: what is wrong and what to do.
  package let message: String

  package var description: String { message }
}
