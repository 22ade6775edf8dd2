import Gateway
import Seedream

extension RecordedJob {
  /// Jobs that were asked for together as one job with a set, in their order; one that brought no picture
  /// is a member that says why. Without any picture the end of the whole is that of the job about which most
  /// must be known before it is asked for again.
  ///
  /// - Parameter jobs: At least one.
  static func together(_ jobs: [RecordedJob]) -> RecordedJob {
    guard var all = jobs.first, jobs.count > 1 else { return jobs[0] }
    all.id = jobs.map(\.id).joined(separator: separator)
    all.model = jobs.lazy.compactMap(\.model).first
    all.members = jobs.enumerated()
      .flatMap { place, job in job.members(at: place, of: jobs.count) }
      .sorted { $0.index < $1.index }
    all.usage = usage(of: jobs)
    all.ending = nil
    guard jobs.allSatisfy({ $0.ending != nil }) else { return all }
    if jobs.contains(where: \.hasPicture) {
      all.ending = .over
    } else if let place = jobs.indices.max(by: { jobs[$0].weight < jobs[$1].weight }) {
      let worst = jobs[place]
      (all.ending, all.requestID) = (worst.ending, worst.requestID)
      all.members = worst.members.isEmpty ? [] : worst.members(at: place, of: jobs.count)
    }
    return all
  }

  /// The names of the jobs in the name of such a whole.
  static func names(in id: String) -> [String] { id.split(separator: separator).map(String.init) }

  private static let separator = ","

  /// Its picture in the place it has in the whole, or why there is none. What a provider draws beyond the
  /// one it was asked for comes behind all of them.
  private func members(at place: Int, of count: Int) -> [Member] {
    func refused(_ code: String, _ message: String) -> [Member] {
      [Member(index: place, outcome: .refused(APIError(code: code, message: message)))]
    }
    if !members.isEmpty {
      return members.enumerated().map { number, member in
        Member(index: place + count * number, outcome: member.outcome)
      }
    }
    switch ending {
    case nil, .over?: return []
    case .refused(let error)?: return [Member(index: place, outcome: .refused(error))]
    case .notDrawn(let message)?: return refused("NotDrawn", message)
    case .cancelled(let message, _)?: return refused("JobCancelled", message)
    case .unknown(let message)?: return refused("OutcomeUnknown", message)
    }
  }

  private var hasPicture: Bool {
    members.contains { if case .saved = $0.outcome { true } else { false } }
  }

  /// How much hangs on it where no picture is there: first what may have been bought.
  private var weight: Int {
    switch ending {
    case .unknown?: 6
    case .over? where members.contains { if case .lost = $0.outcome { true } else { false } }: 5
    case .cancelled(_, mayBeBilled: true)?: 4
    case .refused?, .over?: 3
    case .cancelled?: 2
    case .notDrawn?, nil: 1
    }
  }

  /// What all of them counted; one that says nothing counts what it brought.
  private static func usage(of jobs: [RecordedJob]) -> Usage? {
    guard jobs.contains(where: { $0.usage != nil }) else { return nil }
    func sum(_ part: (Usage) -> Int?, else own: (RecordedJob) -> Int? = { _ in nil }) -> Int? {
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
