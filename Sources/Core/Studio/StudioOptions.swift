/// How a studio works; the defaults are what a user gets.
package struct StudioOptions: Sendable {
  /// How many jobs of one provider talk to it at once, where nothing else is said of it.
  package var parallelJobs: Int
  /// How many of a provider's, by its name.
  package var parallel: [String: Int]
  package var retries: RetryPolicy
  /// Pictures of one model for one account; nil keeps to what the catalogue says of the model.
  package var picturesPerMinute: Int?
  /// What makes references smaller that are too large; nil refuses them.
  package var reducer: ReferenceReducer?
  /// Seconds before each time a provider is asked for pictures it still generates; nil for its dialect's.
  package var pollPauses: [Double]?
  /// Where what arrives is spooled while the gallery cannot be written; nil leaves memory only.
  package var stateDirectory: String?
  /// Seconds between two tries of a gallery that cannot be written.
  package var probePause: Double
  /// Seconds for which whoever cancels a job waits for a disk that hangs.
  package var cancelPatience: Double

  /// Finds the key of a provider for jobs of an earlier service. A key must never be found for another
  /// address than the profile's own.
  package var keys: @Sendable (ProviderConnection) async -> KeyLookup
  /// Tells what may be spent, each time something is about to be.
  package var budget: @Sendable () async throws(StudioError) -> Budget

  package init(
    parallelJobs: Int = 4, parallel: [String: Int] = [:],
    retries: RetryPolicy = RetryPolicy(), picturesPerMinute: Int? = nil,
    reducer: ReferenceReducer? = nil, pollPauses: [Double]? = nil,
    stateDirectory: String? = nil, probePause: Double = 5, cancelPatience: Double = 10,
    keys: @escaping @Sendable (ProviderConnection) async -> KeyLookup = { .unconfigured($0) },
    budget: @escaping @Sendable () async throws(StudioError) -> Budget = {
      () async throws(StudioError) in
      Budget()
    }
  ) {
    self.parallelJobs = parallelJobs
    self.parallel = parallel
    self.retries = retries
    self.picturesPerMinute = picturesPerMinute
    self.reducer = reducer
    self.pollPauses = pollPauses
    self.stateDirectory = stateDirectory
    self.probePause = probePause
    self.cancelPatience = cancelPatience
    self.keys = keys
    self.budget = budget
  }
}
