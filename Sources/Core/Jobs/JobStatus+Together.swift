import Seedream

extension JobStatus {
  /// What is to be said of jobs that were asked for together, as if they were one job with a set: their
  /// pictures stand in the order of the jobs, and one that brought none says why in its place.
  ///
  /// - Parameter jobs: At least one.
  package static func together(_ jobs: [JobStatus]) -> JobStatus {
    let jobs = jobs.sorted { ($0.group?.place ?? 0) < ($1.group?.place ?? 0) }
    guard var all = jobs.first, jobs.count > 1 else { return jobs[0] }
    let size = all.group?.size ?? jobs.count
    all.request.count = size
    all.members = jobs.flatMap { $0.members(inGroupOf: size) }.sorted { $0.index < $1.index }
    all.revision = jobs.reduce(0) { $0 + $1.revision }
    all.attempts = jobs.map(\.attempts).max() ?? 0
    all.sent = jobs.compactMap(\.sent).min()
    all.finished = jobs.allSatisfy { $0.finished != nil } ? jobs.compactMap(\.finished).max() : nil
    all.notices = jobs.reduce(into: []) { notices, job in
      for notice in job.notices where !notices.contains(notice) { notices.append(notice) }
    }
    all.reserved = jobs.map(\.reserved).sum
    // What drew nothing costs nothing.
    all.cost = jobs.filter { $0.cost != nil || !$0.state.isFinal || $0.hasDrawn }.map(\.cost).sum
    all.atRisk = jobs.filter(\.state.isUnresolved).map(\.atRisk).sum
    all.usage = jobs.compactMap(\.usage).reduce(nil) { $0?.adding($1) ?? $1 }
    all.state = state(of: jobs.map(\.state))
    all.message = message(of: jobs)
    all.error = jobs.allSatisfy { $0.pictures.isEmpty } ? jobs.compactMap(\.error).first : nil
    return all
  }

  /// Unknown as soon as one of those that are over is; else how far the slowest is.
  private static func state(of states: [JobState]) -> JobState {
    let isUnresolved = states.contains(where: \.isUnresolved)
    let open = states.filter { !$0.isFinal }
    switch open.first(where: { $0.phase != .queued }) ?? open.first {
    case .queued?: return .queued(waiting(states))
    case .running?: return .running(needsKey: states.contains(where: \.needsKey))
    case .downloading?: return .downloading(isUnresolved: isUnresolved)
    case let other?: return other
    case nil: break
    }
    if states.contains(where: { $0.phase == .unknown }) {
      return .unknown(isUnresolved ? .open : .settled)
    }
    if states.allSatisfy({ $0 == .done }) { return .done }
    if states.contains(where: { $0 == .done || $0 == .partlyDone }) { return .partlyDone }
    return states.allSatisfy { $0 == .cancelled } ? .cancelled : .failed
  }

  /// What the first of those that wait waits for.
  private static func waiting(_ states: [JobState]) -> QueuedState {
    let time = states.compactMap(\.waitsUntil).min()
    return QueuedState(
      place: states.compactMap(\.place).min(),
      waitsFor: states.contains(where: \.needsKey) ? .key : time.map { .time($0) })
  }

  /// The sentence that matters most, and whose it is where others have none or another one.
  private static func message(of jobs: [JobStatus]) -> String? {
    let unknown = jobs.filter { $0.state.phase == .unknown }
    let others = jobs.filter { $0.state != .done }
    let first = unknown.first { $0.message != nil } ?? others.first { $0.message != nil }
    guard let first, let message = first.message else { return nil }
    let same = jobs.filter { $0.message == message }
    if same.count == jobs.count { return message }
    return "Job \(same.map(\.id).joined(separator: ", ")): \(message)"
  }

  /// Its picture in the place it has among those of the group. What a provider generates beyond the one it was
  /// asked for comes behind all of them.
  private func members(inGroupOf size: Int) -> [Member] {
    let place = group?.place ?? 0
    if !members.isEmpty || !state.isFinal || state == .done {
      return members.enumerated().map { number, member in
        var moved = member
        moved.index = place + size * number
        return moved
      }
    }
    let message = message ?? "It was not drawn."
    let outcome: Outcome =
      state.phase == .unknown
      ? .lost(message: message, isFetchable: false)
      : .refused(
        code: error?.code ?? state.word, message: message, requestID: providerRequestID)
    return [Member(index: place, outcome: outcome)]
  }
}

extension [Price?] {
  /// Nil where there are none, one is not known, or they are of several currencies.
  fileprivate var sum: Price? {
    var sum: Price?
    for price in self {
      guard let price, sum == nil || sum?.currency == price.currency else { return nil }
      let (total, overflow) = (sum?.millionths ?? 0).addingReportingOverflow(price.millionths)
      sum = Price(currency: price.currency, millionths: overflow ? .max : total)
    }
    return sum
  }
}

extension Usage {
  fileprivate func adding(_ other: Usage) -> Usage {
    func sum(_ one: Int?, _ other: Int?) -> Int? {
      guard let one, let other else { return one ?? other }
      let (total, overflow) = one.addingReportingOverflow(other)
      return overflow ? .max : total
    }
    var all = self
    all.generatedImages = sum(generatedImages, other.generatedImages)
    all.outputTokens = sum(outputTokens, other.outputTokens)
    all.totalTokens = sum(totalTokens, other.totalTokens)
    all.inputImages = sum(inputImages, other.inputImages)
    all.webSearches = sum(webSearches, other.webSearches)
    return all
  }
}
