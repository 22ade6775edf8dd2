/// How a studio works; the defaults are what a person gets.
package struct StudioOptions: Equatable, Sendable {
  /// How many jobs talk to providers at once.
  package var parallelJobs: Int
  package var retries: RetryPolicy
  /// Pictures of one model for one account.
  package var picturesPerMinute: Int
  /// What makes references smaller that are too large; nil refuses them.
  package var reducer: ReferenceReducer?
  /// Seconds before each time a provider is asked for pictures it still draws; nil for its dialect's.
  package var pollPauses: [Double]?
  /// Where what arrives takes refuge while the gallery cannot be written; nil leaves memory only.
  package var stateDirectory: String?
  /// Seconds between two tries of a gallery that cannot be written.
  package var probePause: Double

  package init(
    parallelJobs: Int = 4, retries: RetryPolicy = RetryPolicy(), picturesPerMinute: Int = 500,
    reducer: ReferenceReducer? = nil, pollPauses: [Double]? = nil,
    stateDirectory: String? = nil, probePause: Double = 5
  ) {
    self.parallelJobs = parallelJobs
    self.retries = retries
    self.picturesPerMinute = picturesPerMinute
    self.reducer = reducer
    self.pollPauses = pollPauses
    self.stateDirectory = stateDirectory
    self.probePause = probePause
  }
}
