import Jobs
import Seedream

/// Where the jobs of one request stand, as its reply tells it. Several that were asked for together are one set in
/// their order; one that brought no picture is a member that says why. Without any picture the end of the whole is
/// that of the job about which most must be known before it is asked for again.
struct RecordedSet: Equatable, Sendable {
  /// `k7f2`, `k7f2,k7f3`.
  let id: String
  /// What is known of the set, by index.
  private(set) var members: [JobStatus.Member]
  /// The provider's id of the request.
  private(set) var requestID: String?
  /// The model as the provider spells it back.
  let model: String?
  let usage: Usage?
  /// Nil while it goes on.
  private(set) var ending: JobEnding?

  /// - Parameter jobs: At least one.
  init(_ jobs: [JobStatus]) {
    id = jobs.names
    requestID = jobs.first?.providerRequestID
    model = jobs.lazy.compactMap(\.modelAnswered).first
    guard jobs.count > 1 else {
      members = jobs.first?.members ?? []
      usage = jobs.first?.usage
      ending = jobs.first.flatMap { JobEnding($0) }
      return
    }
    members = jobs.enumerated().flatMap { place, job in job.members(at: place, of: jobs.count) }
      .sorted { $0.index < $1.index }
    usage = Self.usage(of: jobs)
    guard jobs.allSatisfy({ JobEnding($0) != nil }) else { return }
    if jobs.contains(where: { !$0.pictures.isEmpty }) {
      ending = .over
    } else if let place = jobs.indices.max(by: { jobs[$0].weight < jobs[$1].weight }) {
      let worst = jobs[place]
      (ending, requestID) = (JobEnding(worst), worst.providerRequestID)
      members = worst.members.isEmpty ? [] : worst.members(at: place, of: jobs.count)
    }
  }

  /// The members about which nothing more will be heard.
  var settled: [JobStatus.Member] {
    members.filter { if case .arriving = $0.outcome { false } else { true } }
  }

  /// What all of them counted; one that says nothing counts what it brought.
  private static func usage(of jobs: [JobStatus]) -> Usage? {
    guard jobs.contains(where: { $0.usage != nil }) else { return nil }
    func sum(_ part: (Usage) -> Int?, else own: (JobStatus) -> Int? = { _ in nil }) -> Int? {
      let parts = jobs.compactMap { job in job.usage.flatMap(part) ?? own(job) }
      return parts.isEmpty
        ? nil
        : parts.reduce(0) { sum, part in
          let (total, overflow) = sum.addingReportingOverflow(part)
          return overflow ? .max : total
        }
    }
    return Usage(
      generatedImages: sum(\.generatedImages) { job in
        job.members.count { if case .refused = $0.outcome { false } else { true } }
      },
      outputTokens: sum(\.outputTokens), totalTokens: sum(\.totalTokens),
      inputImages: sum(\.inputImages), webSearches: sum(\.webSearches))
  }
}

/// How a job ended, as its reply tells it. The pictures that were saved before are told all the same.
enum JobEnding: Equatable, Sendable {
  /// The members say everything.
  case over
  /// The provider answered that it draws nothing, or nothing more.
  case refused(APIError)
  /// Nothing was drawn; a sentence says why.
  case notDrawn(String)
  /// Somebody cancelled it.
  case cancelled(String, mayBeBilled: Bool)
  /// Its request left, and no answer came to its end: it may have been drawn and billed.
  case unknown(String)

  /// Nil for a job that goes on.
  init?(_ job: JobStatus) {
    let message = job.message ?? "The provider drew nothing."
    switch job.state {
    case .queued, .sending, .running, .downloading: return nil
    case .unknown: self = .unknown(message)
    case .cancelled: self = .cancelled(message, mayBeBilled: job.sent != nil)
    case .done: self = .over
    case .partlyDone, .failed:
      if let error = job.error {
        self = .refused(error)
      } else {
        self = job.members.isEmpty ? .notDrawn(message) : .over
      }
    }
  }

  /// The error a reply ends with; nil for one that has said everything.
  var error: APIError? {
    switch self {
    case .over: nil
    case .refused(let error): error
    case .notDrawn(let message): APIError(code: Refusal.notDrawn, message: message)
    case .cancelled(let message, _): APIError(code: Refusal.wasCancelled, message: message)
    case .unknown(let message): APIError(code: Refusal.outcomeUnknown, message: message)
    }
  }
}

extension [JobStatus] {
  /// For a line of the log and for people.
  var names: String { map(\.id).joined(separator: ",") }
}

extension JobStatus {
  /// Its picture in the place it has in the whole, or why there is none. What a provider generates beyond the one it
  /// was asked for comes behind all of them.
  fileprivate func members(at place: Int, of count: Int) -> [Member] {
    if !members.isEmpty {
      return members.enumerated().map { number, member in
        var moved = member
        moved.index = place + count * number
        return moved
      }
    }
    guard let error = JobEnding(self)?.error else { return [] }
    return [
      Member(
        index: place,
        outcome: .refused(code: error.code, message: error.message, requestID: error.requestID))
    ]
  }

  /// How much hangs on it where no picture is there: first what may have been bought.
  fileprivate var weight: Int {
    let isLost = members.contains { if case .lost = $0.outcome { true } else { false } }
    return switch JobEnding(self) {
    case .unknown?: 6
    case .over? where isLost: 5
    case .cancelled(_, mayBeBilled: true)?: 4
    case .refused?, .over?: 3
    case .cancelled?: 2
    case .notDrawn?, nil: 1
    }
  }
}
