import Gallery
import Posix
import Seedream

// What jobs may cost is reserved before they are written down, and settled when they are over.
extension Studio {
  /// Where the money stands.
  package func ledgerStatus() async throws(StudioError) -> LedgerStatus {
    LedgerStatus(ledger, try await options.budget(), now: Timestamp.now())
  }

  /// Sets aside the most a job may cost, before its request is written down.
  ///
  /// - Parameter job: A new one, or one that waits and whose request becomes this one.
  /// - Returns: Its account as it was, for `giveBack` where the request cannot be written down.
  /// - Throws: `overBudget` with the sentence why not.
  func reserve(
    _ intent: JournalEntry.Intent, of job: JobID
  ) async throws(StudioError) -> Account? {
    let budget = intent.isPaid ? try await options.budget() : Budget()
    // Nothing is awaited from here on: jobs that come at once stand in line for what is left.
    let now = Timestamp.now()
    let amounts = Amounts(pictures: intent.request.count, intent.reserved)
    if let sentence = budget.refusal(of: amounts, in: ledger, now: now, without: job) {
      throw StudioError(.overBudget, sentence)
    }
    let account = ledger.accounts[job]
    let event: JournalEntry.Event = account == nil ? .intent(intent) : .edited(intent)
    ledger.take(JournalEntry(job: job, time: now, event: event))
    return account
  }

  /// Undoes a reservation whose request was not written down.
  func giveBack(_ job: JobID, to account: Account?) { ledger.put(account, of: job) }

  /// Writes down what a job has cost, when that is known; called before its end is told.
  func settle(_ id: String, _ verdict: Verdict) async {
    let before = table[id].flatMap { ledger.accounts[$0.id] }
    keepAccount(of: id, verdict)
    // A fetch in vain changes nothing.
    guard let job = table[id], let account = ledger.accounts[job.id], account.isPaid,
      account.phase == .settled, before?.phase != .settled || before?.spent != account.spent
    else { return }
    try? await bench.archive.write(settlement(of: job), of: job.id)
  }

  /// A person has said that the pictures of an unknown outcome did arrive: those that are here are paid
  /// for, and nothing more is at risk.
  func settleArrived(_ id: String) async {
    guard let job = table[id] else { return }
    let settlement = settlement(of: job)
    ledger.take(JournalEntry(job: job.id, time: Timestamp.now(), event: settlement))
    change(id) { $0.status.cost = ledger.accounts[job.id]?.spent.price }
    try? await bench.archive.write(settlement, of: job.id)
  }

  /// Brings the ledger up to the end of a job, whose other lines the journal has.
  func keepAccount(of id: String, _ verdict: Verdict) {
    // Fetching later what was drawn does not make known what was unknown.
    guard let job = table[id], let account = ledger.accounts[job.id], account.phase != .atRisk
    else { return }
    let now = Timestamp.now()
    func take(_ event: JournalEntry.Event) {
      ledger.take(JournalEntry(job: job.id, time: now, event: event))
    }
    if verdict.isAtRisk {
      for number in job.drawn { take(.result(number: number, .file(""))) }
      take(
        .failed(
          .init(
            code: JournalEntry.Failure.unknownOutcome, message: "", generated: verdict.generated)))
    } else {
      take(settlement(of: job))
    }
    guard account.isPaid else { return }
    let cost = ledger.accounts[job.id]?.spent.price
    _ = table.change(id) { $0.status.cost = cost }
  }

  /// What the pictures that were drawn cost by the sizes they really have; those that were refused are
  /// free, and one that never came here counts as large as it may be.
  private func settlement(of job: Job) -> JournalEntry.Event {
    // A line of a journal may say anything; no job has more pictures than there are numbers.
    let drawn = min(
      max(job.drawn.count, job.status.usage?.generatedImages ?? 0), PictureID.numbers.upperBound)
    let most = ledger.accounts[job.id]?.most ?? Amounts()
    let known = most.scaled(toPictures: drawn).price
    guard drawn > 0, let known, let provider = job.provider else {
      return .settled(pictures: drawn, known)
    }
    let tariff = provider.effectiveDialect?.tariff
    let model = catalogue.model(of: job.request)
    guard let list = tariff?.prices(of: model), list.currency.rawValue == known.currency else {
      return .settled(pictures: drawn, known)
    }
    let largest = job.request.size.mostPixels(of: model)
    let sizes =
      job.status.pictures.map { $0.width * $0.height }
      + Array(repeating: largest, count: max(0, drawn - job.status.pictures.count))
    let cost = list.cost(
      drawn: sizes, as: job.request.priceKind, references: job.request.references.count)
    return .settled(pictures: drawn, cost.map { Price($0) } ?? known)
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
    for entry in entries { take(entry) }
    let goingOn = Set(jobs.lazy.filter { !$0.status.state.isFinal }.map(\.id))
    serviceEnded(goingOn: goingOn.contains)
    for index in jobs.indices {
      guard let account = accounts[jobs[index].id], account.isPaid else { continue }
      jobs[index].status.reserved = account.most.price
      if account.phase != .reserved { jobs[index].status.cost = account.spent.price }
    }
  }
}
