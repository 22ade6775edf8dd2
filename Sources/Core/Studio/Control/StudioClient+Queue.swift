package import Jobs

extension StudioClient {
  package func queue() async throws(StudioError) -> QueueStatus {
    try await ask("GET", "/v1/queue", as: QueueStatus.self)
  }

  /// Starts nothing more; what is under way goes on. Holds until `resume`, across restarts too.
  package func pause() async throws(StudioError) -> QueueStatus {
    try await ask("POST", "/v1/queue/pause", as: QueueStatus.self)
  }

  package func resume() async throws(StudioError) -> QueueStatus {
    try await ask("POST", "/v1/queue/resume", as: QueueStatus.self)
  }

  /// Cancels every job that is not over, and returns them; those whose request has left say that they
  /// may still be billed.
  package func cancelAll() async throws(StudioError) -> [JobStatus] {
    try await ask("POST", "/v1/queue/cancel", as: [JobStatus].self)
  }

  /// What was spent, and what is left of the budget.
  package func ledger() async throws(StudioError) -> LedgerStatus {
    try await ask(
      "POST", "/v1/ledger", body: try budget() ?? Budget(), as: LedgerStatus.self)
  }

  // MARK: Keys

  /// Providers for whose key jobs wait.
  package func missingKeys() async throws(StudioError) -> [ProviderConnection] {
    try await ask("GET", "/v1/keys", as: [ProviderConnection].self)
  }

  /// Hands over a key for every job that waits for it; returns those jobs.
  /// - Parameters:
  ///   - key: Nil where the provider needs none after all.
  ///   - provider: The key goes to jobs of this name at this address only.
  @discardableResult
  package func giveKey(
    _ key: String?, for provider: ProviderConnection
  ) async throws(StudioError) -> [JobStatus] {
    try await ask(
      "POST", "/v1/keys", body: KeyBody(provider: provider, key: key), as: [JobStatus].self)
  }

  // MARK: The trash

  /// Moves a picture with its records into the trash.
  package func trash(_ id: String) async throws(StudioError) -> TrashItem {
    try await ask("POST", "/v1/pictures/\(checked(id))/trash", as: TrashItem.self)
  }

  /// Moves a picture out of the trash to where it was, with the layers that went there with it.
  package func restore(_ id: String) async throws(StudioError) -> [SavedPicture] {
    try await ask("POST", "/v1/pictures/\(checked(id))/restore", as: [SavedPicture].self)
  }

  /// What is in the trash, what came last first.
  package func trash() async throws(StudioError) -> [TrashItem] {
    try await ask("GET", "/v1/trash", as: [TrashItem].self)
  }

  /// Removes pictures in the trash for good, by their whole ids; what is left of the trash.
  package func erase(_ ids: [String]) async throws(StudioError) -> [TrashItem] {
    try await ask("POST", "/v1/trash/erase", body: EraseBody(pictures: ids), as: [TrashItem].self)
  }
}
