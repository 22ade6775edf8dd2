package import Seedream

/// Why the service did not do what it was asked.
package struct StudioError: Error, Codable, Equatable, Sendable {
  package enum Code: String, Codable, Sendable {
    /// The request would be refused; `problems` says why.
    case refused
    case noSuchJob = "no_such_job"
    /// There is no room for it in the budget; nothing was sent.
    case overBudget = "over_budget"
    case notPossible = "not_possible"
    case gallery
    /// Another process writes the gallery.
    case inUse = "in_use"
    /// Nobody listens: there is no service, or it has gone.
    case unreachable
    /// A service is there and says nothing: it is stopped, or hangs.
    case notAnswering = "not_answering"
    /// It is not known whether the service took what was handed to it.
    case unclear
    /// The service finishes its runs and takes nothing new.
    case ending
    case badAnswer = "bad_answer"
  }

  package var code: Code
  /// One sentence for a user.
  package var message: String
  package var problems: [Problem]

  package init(_ code: Code, _ message: String, problems: [Problem] = []) {
    self.code = code
    self.message = message
    self.problems = problems
  }
}
