import Posix
import Seedream

extension Studio {
  /// Pixels of a picture that is split into layers, at least: Image generation API (doc 1541523).
  static let leastPixelsOfLayers = 262_144

  /// Refuses what must not be sent, before anything is written down or paid.
  ///
  /// - Returns: What the user should know of a request that can be sent: a sentence for each member that
  ///   is left out or may not help.
  func check(_ submission: JobSubmission) throws(StudioError) -> [String] {
    let provider = submission.provider
    guard let dialect = provider.effectiveDialect else {
      throw StudioError(.notPossible, "Provider '\(provider.name)' speaks an unknown dialect.")
    }
    if submission.key != nil { try refuseEavesdroppers(provider) }
    if let trace = submission.trace {
      guard trace.isAbsolutePath, FileSystem.isWritable(FileSystem.parent(of: trace)) else {
        throw StudioError(
          .notPossible, "The trace cannot be written to '\(printable(trace))': choose another path."
        )
      }
    }
    let problems = catalogue.problems(
      of: submission.request, on: dialect.site, limits: dialect.limits)
    let blocking = problems.filter { $0.severity == .blocking }
    if let first = blocking.first {
      throw StudioError(.refused, first.message, problems: blocking)
    }
    return problems.map(\.message)
  }

  /// Refuses to send a key where others can read it.
  func refuseEavesdroppers(_ provider: ProviderConnection) throws(StudioError) {
    guard provider.isOpenToEavesdroppers else { return }
    throw StudioError(
      .notPossible,
      "Provider '\(provider.name)' is reached over plain HTTP, where anybody could read the key: use https."
    )
  }
}
