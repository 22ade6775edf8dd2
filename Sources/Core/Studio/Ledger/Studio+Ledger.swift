import Gallery
import Jobs
import Posix
import Seedream

// What jobs may cost is reserved before they are written down, and settled when they are over.
extension Studio {
  /// Where the money stands.
  ///
  /// - Parameter budget: Of whoever asks; of two limits of a kind the lower one is told.
  package func ledgerStatus(_ budget: Budget = Budget()) async throws(StudioError) -> LedgerStatus {
    LedgerStatus(ledger, try await options.budget().joined(with: budget), now: Timestamp.now())
  }

  /// Sets aside the most a job may cost, before its request is written down.
  ///
  /// - Parameters:
  ///   - job: A new one, or one that waits and whose request becomes this one.
  ///   - budget: Of whoever sends it; the service's own holds as well.
  /// - Returns: Its account as it was, for `giveBack` where the request cannot be written down.
  /// - Throws: `overBudget` with the sentence why not.
  func reserve(
    _ intent: JournalEntry.Intent, of job: JobID, within budget: Budget?
  ) async throws(StudioError) -> Account? {
    let budgets = try await budgets(isPaid: intent.isPaid, beside: budget)
    // Nothing is awaited from here on: jobs that come at once stand in line for what is left.
    let now = Timestamp.now()
    try check(intent.highestAmounts, by: budgets, at: now, without: job)
    let account = ledger.accounts[job]
    let event: JournalEntry.Event = account == nil ? .intent(intent) : .edited(intent)
    ledger.apply(JournalEntry(job: job, time: now, event: event))
    return account
  }

  /// Sets aside what several new jobs may cost together, as one send: where one limit stands against all of
  /// them, none is.
  ///
  /// - Throws: As for one.
  func reserve(
    _ members: [(id: JobID, intent: JournalEntry.Intent)], within budget: Budget?
  ) async throws(StudioError) {
    let isPaid = members.contains { $0.intent.isPaid }
    let budgets = try await budgets(isPaid: isPaid, beside: budget)
    // Nothing is awaited from here on.
    let now = Timestamp.now()
    let total = members.reduce(into: Balances()) { $0 += $1.intent.highestAmounts }
    try check(total, by: budgets, at: now)
    for (id, intent) in members {
      ledger.apply(JournalEntry(job: id, time: now, event: .intent(intent)))
    }
  }

  /// All budgets that a send is held against: the service's own, and that of whoever sends it.
  private func budgets(
    isPaid: Bool, beside other: Budget?
  ) async throws(StudioError) -> [Budget] {
    isPaid ? [try await options.budget(), other].compactMap(\.self) : []
  }

  /// - Parameter job: One whose own account does not count.
  private func check(
    _ amounts: Balances, by budgets: [Budget], at now: Timestamp, without job: JobID? = nil
  ) throws(StudioError) {
    for budget in budgets {
      if let sentence = budget.refusal(of: amounts, in: ledger, now: now, without: job) {
        throw StudioError(.overBudget, sentence)
      }
    }
  }

  /// Undoes a reservation whose request was not written down.
  func giveBack(_ job: JobID, to account: Account?) { ledger.put(account, of: job) }

  /// Writes down what a job has cost, when that is known; called before its end is told.
  func settle(_ id: String, _ outcome: JobOutcome) async {
    let before = table[id].flatMap { ledger.accounts[$0.id] }
    keepAccount(of: id, outcome)
    // A fetch in vain changes nothing.
    guard let job = table[id], let account = ledger.accounts[job.id], account.isPaid,
      account.phase == .settled, before?.phase != .settled || before?.spent != account.spent
    else { return }
    try? await dependencies.galleryActor.write(settlement(of: job), of: job.id)
  }

  /// A user has said that the pictures of an unknown outcome did arrive: those that are here are paid
  /// for, and nothing more is at risk.
  func settleArrived(_ id: String) async {
    guard let job = table[id] else { return }
    let settlement = settlement(of: job)
    ledger.apply(JournalEntry(job: job.id, time: Timestamp.now(), event: settlement))
    change(id) {
      $0.status.cost = ledger.accounts[job.id]?.spent.price
      $0.status.atRisk = ledger.accounts[job.id]?.priceAtRisk
    }
    try? await dependencies.galleryActor.write(settlement, of: job.id)
  }

  /// Brings the ledger up to the end of a job, whose other lines the journal has.
  func keepAccount(of id: String, _ outcome: JobOutcome) {
    // Fetching later what was drawn does not make known what was unknown; the provider's own word does.
    guard let job = table[id], let account = ledger.accounts[job.id],
      account.phase != .atRisk || outcome.tellsTheEnd
    else { return }
    let now = Timestamp.now()
    func apply(_ event: JournalEntry.Event) {
      ledger.apply(JournalEntry(job: job.id, time: now, event: event))
    }
    if outcome.isAtRisk {
      for number in job.drawn { apply(.result(number: number, .file(""))) }
      apply(
        .failed(
          .init(
            code: JournalEntry.Failure.unknownOutcome, message: "", generated: outcome.generated)))
    } else {
      apply(settlement(of: job))
    }
    guard account.isPaid, let account = ledger.accounts[job.id] else { return }
    _ = table.change(id) {
      $0.status.cost = account.spent.price
      $0.status.atRisk = account.priceAtRisk
    }
  }

  /// What the provider says it generated, at least what it named, by the sizes the pictures really have;
  /// those that were refused are free, and one that never came here counts as large as it may be. Of the
  /// references as many are billed as it says, else those that were sent.
  private func settlement(of job: Job) -> JournalEntry.Event {
    let usage = job.status.usage
    // A line of a journal may say anything; no job has more pictures than there are numbers.
    let drawn = min(max(job.drawn.count, usage?.generatedImages ?? 0), PictureID.numbers.upperBound)
    let known = ledger.accounts[job.id]?.most(ofPictures: drawn).price
    guard drawn > 0, let known, let provider = job.provider else {
      return .settled(pictures: drawn, known)
    }
    let pricing = provider.effectiveDialect?.pricing
    let model = catalogue.model(of: job.request)
    guard let list = pricing?.prices(of: model), list.currency.rawValue == known.currency else {
      return .settled(pictures: drawn, known)
    }
    let largest = job.request.size.mostPixels(of: model)
    // One whose size the file does not tell counts as large as it may be.
    let sizes = job.status.pictures.map { $0.width > 0 ? $0.width * $0.height : largest }
    let missing = min(max(0, drawn - sizes.count), 1000)
    let cost = list.cost(
      drawn: sizes + Array(repeating: largest, count: missing),
      further: drawn - sizes.count - missing, as: job.request.priceKind,
      references: usage?.inputImages.flatMap { $0 < 0 ? nil : $0 }
        ?? job.request.references.count)
    return .settled(pictures: drawn, cost.map { Price($0) } ?? known)
  }
}

extension Account {
  /// What may be billed without having arrived; nil where no price is known.
  fileprivate var priceAtRisk: Price? {
    guard let most = most.price else { return nil }
    return atRisk.price ?? Price(currency: most.currency, millionths: 0)
  }
}

extension Job {
  /// The numbers of the pictures that were drawn, as far as the provider has told.
  fileprivate var drawn: [Int] {
    status.members.compactMap { member in
      if case .refused = member.outcome { nil } else { member.index + 1 }
    }
  }
}

extension Ledger {
  /// What the lines of an earlier service come to, where these jobs go on that are not over.
  ///
  /// - Parameter jobs: Get what they may cost and have cost.
  init(after entries: [JournalEntry], pricing jobs: inout [Job]) {
    self.init()
    for entry in entries { apply(entry) }
    let goingOn = Set(jobs.lazy.filter { !$0.status.state.isFinal }.map(\.id))
    serviceEnded(goingOn: goingOn.contains)
    for index in jobs.indices {
      guard let account = accounts[jobs[index].id], account.isPaid else { continue }
      jobs[index].status.reserved = account.most.price
      guard account.phase != .reserved else { continue }
      jobs[index].status.cost = account.spent.price
      jobs[index].status.atRisk = account.priceAtRisk
    }
  }
}
