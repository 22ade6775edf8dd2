import Seedream
import Studio

/// A command could not do what it was asked; one sentence for the user.
struct CommandFailure: Error, Equatable {
  var message: String
  /// What to try instead, where there is something.
  var hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// Nil where there is no problem.
  init?(_ problems: [Problem]) {
    guard let first = problems.first else { return nil }
    self.init(StudioError(.refused, first.message, problems: problems))
  }

  init(_ error: StudioError) {
    message =
      error.problems.isEmpty ? error.message : error.problems.map(\.message).joined(separator: " ")
    let values = error.problems.flatMap(\.suggestions)
    hint = values.isEmpty ? nil : "try \(values.joined(separator: " or "))"
  }
}
