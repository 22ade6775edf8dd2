package import Jobs
package import Seedream

extension StudioClient {
  package func submit(_ submission: JobSubmission) async throws(StudioError) -> JobStatus {
    try await ask(
      "POST", "/v1/jobs", body: try budgeted(submission), within: Self.longLimit,
      as: JobStatus.self)
  }

  /// Hands over a request that may take several jobs: all of them are taken, or none.
  package func submitAll(_ submission: JobSubmission) async throws(StudioError) -> [JobStatus] {
    try await ask(
      "POST", "/v1/groups", body: try budgeted(submission), within: Self.longLimit,
      as: [JobStatus].self)
  }

  private func budgeted(_ submission: JobSubmission) throws(StudioError) -> JobSubmission {
    var submission = submission
    if submission.budget == nil { submission.budget = try budget() }
    return submission
  }

  package func jobs() async throws(StudioError) -> [JobStatus] {
    try await ask("GET", "/v1/jobs", as: [JobStatus].self)
  }

  package func job(_ id: String) async throws(StudioError) -> JobStatus {
    try await ask("GET", "/v1/jobs/\(checked(id))", as: JobStatus.self)
  }

  package func cancel(_ id: String) async throws(StudioError) -> JobStatus {
    try await ask(
      "POST", "/v1/jobs/\(checked(id))/cancel", within: Self.longLimit, as: JobStatus.self)
  }

  /// Sends the same request once more, as a new job that is paid anew.
  ///
  /// - Parameter provider: Whom to ask; a job of an earlier service needs it, since only the provider's
  ///   name was kept.
  package func retry(
    _ id: String, provider: ProviderConnection? = nil, key: String?
  ) async throws(StudioError) -> JobStatus {
    try await ask(
      "POST", "/v1/jobs/\(checked(id))/retry",
      body: RetryBody(provider: provider, key: key, budget: try budget()), within: Self.longLimit,
      as: JobStatus.self)
  }

  /// Fetches pictures of a job that were drawn and lost on the way; nothing is paid.
  package func fetch(_ id: String) async throws(StudioError) -> JobStatus {
    try await ask("POST", "/v1/jobs/\(checked(id))/fetch", as: JobStatus.self)
  }

  /// Puts a job that waits for its turn before another one, or at the end.
  /// - Throws: `notPossible` where one of them does not wait.
  package func move(_ id: String, before other: String?) async throws(StudioError) -> JobStatus {
    let other = try other.map { id throws(StudioError) in try checked(id) }
    return try await ask(
      "POST", "/v1/jobs/\(checked(id))/move", body: MoveBody(before: other), as: JobStatus.self)
  }

  /// Puts another request in the place of the one that waits for its turn; it is checked like a new one.
  /// - Throws: `notPossible` where the job does not wait any more.
  package func edit(
    _ id: String, request: GenerationRequest
  ) async throws(StudioError) -> JobStatus {
    try await ask(
      "POST", "/v1/jobs/\(checked(id))/edit",
      body: EditBody(request: request, budget: try budget()),
      as: JobStatus.self)
  }

  /// Puts an unknown outcome aside: it stays known as such, and nothing more is asked about it.
  package func forget(_ id: String) async throws(StudioError) -> JobStatus {
    try await ask("POST", "/v1/jobs/\(checked(id))/forget", as: JobStatus.self)
  }

  /// Pictures behind addresses are fetched meanwhile.
  private static let longestAttaching = Duration.seconds(900)

  /// Takes files into the gallery as the pictures of a job whose outcome was unknown: it did arrive.
  /// - Parameter files: Absolute paths, in the order of the set; none takes what the answer that is kept holds.
  package func attach(
    _ id: String, files: [String]
  ) async throws(StudioError) -> JobStatus {
    try await ask(
      "POST", "/v1/jobs/\(checked(id))/attach", body: AttachBody(files: files),
      within: Self.longestAttaching, as: JobStatus.self)
  }
}
