package import Jobs
package import Seedream
import Settings
package import Studio

extension ServiceConnection {
  /// Hands a request over; one whose answer did not come before is handed over under the same name.
  ///
  /// - Parameter joins: See `handing`.
  /// - Returns: Several jobs where the model generates one picture a request.
  /// - Throws: `unclear` where it may have been taken; any other error, and it was not.
  package func submit(
    _ submission: JobSubmission, joins: Bool = true
  ) async throws(StudioError) -> [JobStatus] {
    let order = joins ? sameOrder(submission) : submission
    do {
      let (client, jobs) = try await handing(joins: joins) { client throws(StudioError) in
        (client, try await client.submitAll(order))
      }
      unclear.removeAll { $0.fingerprint == order.fingerprint }
      return jobs.map { take($0, from: client) }
    } catch {
      if joins, error.code == .unclear,
        !unclear.contains(where: { $0.fingerprint == order.fingerprint })
      {
        unclear.append(order)
      }
      throw error
    }
  }

  /// An order of which it is not known whether the service took it stays the same order until one says that it has:
  /// whatever else comes in between tells nothing of the first time.
  private func sameOrder(_ submission: JobSubmission) -> JobSubmission {
    let earlier = unclear.first {
      $0.request == submission.request && $0.provider == submission.provider
    }
    guard let earlier else { return submission }
    var same = submission
    same.fingerprint = earlier.fingerprint
    return same
  }

  /// Sends the request of an earlier job once more, as a new job that is paid anew: to the provider of the
  /// command line, else to the one it went to.
  ///
  /// - Parameters:
  ///   - asBefore: Whether it goes to the provider it went to, whatever the command line says.
  ///   - paysAnew: Also for pictures that were drawn and can still be fetched.
  ///   - tell: Told what has changed about the request's model since, before it is sent.
  package func retry(
    _ id: String, asBefore: Bool = false, paysAnew: Bool = true,
    _ tell: @Sendable (String) -> Void
  ) async throws -> JobStatus {
    let earlier = try await connect().job(id)
    guard !earlier.missesPictures || paysAnew else {
      throw StudioError(
        .notPossible,
        "Pictures of job \(earlier.id) were drawn and paid, and are not here yet: 'darkroom fetch \(earlier.id)' "
          + "fetches them for free, and 'darkroom retry --anew \(earlier.id)' pays again.")
    }
    let isAsked = workspace.choice.reason == .asked && !asBefore
    let again = try await workspace.submission(
      earlier.request, provider: isAsked ? workspace.providerName : earlier.provider)
    for notice in again.notices ?? [] { tell(notice) }
    let (client, status) = try await handing(joins: false) { client throws(StudioError) in
      (client, try await client.retry(id, provider: again.provider, key: again.key))
    }
    return take(status, from: client)
  }

  /// Hands something to a service that takes jobs; one that began to end just then is followed by the
  /// next.
  ///
  /// - Parameter joins: Whether the service knows what it has taken already. Then it is handed over again where
  ///   an answer did not come: nobody can know whether it was taken.
  /// - Throws: `unclear` where that stays so.
  private func handing<Value: Sendable>(
    joins: Bool, _ body: @Sendable (StudioClient) async throws(StudioError) -> Value
  ) async throws(StudioError) -> Value {
    var doubt: StudioError?
    var refusal = StudioError(.ending, "The service is ending.")
    for _ in 0..<3 {
      do throws(StudioError) {
        let client = try await connect()
        do {
          return try await body(client)
        } catch {
          switch error.code {
          case .ending: refusal = error
          case .unreachable, .badAnswer, .notAnswering:
            doubt = error
            if !joins || error.code == .notAnswering { break }
            continue
          default: throw error
          }
        }
      } catch {
        guard doubt != nil, [.unreachable, .notAnswering, .badAnswer].contains(error.code) else {
          throw error
        }
      }
      if doubt != nil { break }
    }
    guard let doubt else { throw refusal }
    throw StudioError(
      .unclear,
      "\(doubt.message) The request may have been taken, and may be drawn and billed: 'darkroom jobs' tells."
    )
  }

  /// Puts another request in the place of the one that waits, with the same provider.
  package func edit(_ job: JobStatus, _ request: GenerationRequest) async throws -> JobStatus {
    let request = try request.withCheckedPrompt()
    let named = try workspace.settings.profile(named: job.provider).namingFamily(of: request)
    return try await ask(sends: true) { client throws(StudioError) in
      try await client.edit(job.id, request: named)
    }
  }

  /// Fetches the pictures of a job that are drawn and not here, and waits for the end of that; one that is at it
  /// already is only waited for. The next service goes on with it by itself.
  ///
  /// - Returns: The job, and the pictures that came.
  package func fetch(_ id: String) async throws -> (job: JobStatus, new: [SavedPicture]) {
    let client = try await service(sends: true)
    let before = try await client.job(id)
    var job = before.state.phase == .downloading ? before : try await client.fetch(id)
    if !job.state.isFinal {
      for await jobs in follow([job.id], restarts: 2) {
        job = jobs[0]
        if job.state.isFinal { break }
      }
    }
    let known = Set(before.pictures.map(\.id))
    return (job, job.pictures.filter { !known.contains($0.id) })
  }
}
