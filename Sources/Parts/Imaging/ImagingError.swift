/// Why a picture could not be read, written or drawn.
package struct ImagingError: Error, Equatable, Sendable {
  package enum Code: Equatable, Sendable {
    /// The file cannot be opened, or is not a regular file.
    case unreadable
    /// The bytes are of no picture format that is known here.
    case unknownFormat
    /// The format is known, but this machine has no loader for it.
    case noLoader
    /// More pixels or bytes than are taken.
    case tooLarge
    /// The bytes break the rules of their format, or end early.
    case damaged
    /// The picture could not be encoded.
    case notEncoded
    /// The machine has not enough memory for a picture of that size, or the size makes no sense.
    case noRoom
    /// Whoever wanted it does not any more.
    case abandoned
  }

  package let code: Code
  /// A sentence for a user: what happened and what to do.
  package let message: String
  /// The file or the thing that was worked on; empty for bytes without a name.
  package let context: String

  package init(_ code: Code, _ message: String, context: String = "") {
    self.code = code
    self.message = message
    self.context = context
  }
}

extension ImagingError: CustomStringConvertible {
  package var description: String { context.isEmpty ? message : "\(context): \(message)" }
}
