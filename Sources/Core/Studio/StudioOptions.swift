/// How a studio works; the defaults are what a person gets.
package struct StudioOptions: Sendable {
  /// How many jobs talk to providers at once.
  package var parallelJobs: Int
  package var retries: RetryPolicy
  /// Pictures of one model for one account.
  package var picturesPerMinute: Int
  /// What makes references smaller that are too large; nil refuses them.
  package var reducer: ReferenceReducer?
  /// Seconds before each time a provider is asked for pictures it still draws; nil for its dialect's.
  package var pollPauses: [Double]?
  /// Tells what may be spent, each time something is about to be.
  package var budget: @Sendable () async throws(StudioError) -> Budget

  package init(
    parallelJobs: Int = 4, retries: RetryPolicy = RetryPolicy(), picturesPerMinute: Int = 500,
    reducer: ReferenceReducer? = nil, pollPauses: [Double]? = nil,
    budget: @escaping @Sendable () async throws(StudioError) -> Budget = {
      () async throws(StudioError) in
      Budget()
    }
  ) {
    self.parallelJobs = parallelJobs
    self.retries = retries
    self.picturesPerMinute = picturesPerMinute
    self.reducer = reducer
    self.pollPauses = pollPauses
    self.budget = budget
  }
}
