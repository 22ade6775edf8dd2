package import Gallery

/// What every job of a gallery may cost or has cost, folded from the lines of its journal.
///
/// A reservation counts on every day until its job is over; from then on the job counts on the day it
/// ended. Days and months are those of the clock where the lines were written, except that a day never
/// comes back: what is written after a later day counts on that day, so that a clock that is set back
/// makes no room.
package struct Ledger: Equatable, Sendable {
  package private(set) var accounts: [JobID: Account] = [:]
  /// The latest day any line was written on; empty before the first.
  package private(set) var latestDay = ""

  package init() {}

  /// Takes in the next line of the journal.
  package mutating func apply(_ entry: JournalEntry) {
    latestDay = max(latestDay, entry.time.day)
    if case .intent(let intent) = entry.event {
      accounts[entry.job] = Account(intent, day: latestDay)
      if let other = intent.resends {
        accounts[other]?.apply(.resent(as: entry.job), on: latestDay)
      }
    } else {
      accounts[entry.job]?.apply(entry.event, on: latestDay)
    }
  }

  /// Takes in that the service which wrote these lines is gone: a request without an answer is at risk.
  /// What was not sent waits for the next service, and so does what a provider still draws.
  package mutating func serviceEnded() {
    for id in accounts.keys where accounts[id]?.isPending == false { accounts[id]?.abandon() }
  }

  /// The same where the next service has begun and knows which jobs go on; the others never will.
  package mutating func serviceEnded(goingOn: (JobID) -> Bool) {
    for id in accounts.keys where !goingOn(id) {
      accounts[id]?.abandon()
      accounts[id]?.drop()
    }
  }

  /// Puts an account back to what it was; nil for a job that is in no journal.
  mutating func put(_ account: Account?, of job: JobID) { accounts[job] = account }

  /// The day that counts as today.
  package func today(_ now: Timestamp) -> String { max(latestDay, now.day) }

  /// Sums of one day, `2026-11-21`, or one month, `2026-11`; what is reserved is in each. Pictures of the
  /// sandbox cost nothing and are in none.
  ///
  /// - Parameter job: Left out of the sums.
  package func tally(of period: String, without job: JobID? = nil) -> Tally {
    var tally = Tally()
    for (id, account) in accounts where account.isPaid && id != job {
      if account.phase == .reserved {
        tally.reserved += account.reserved
      } else if account.day.hasPrefix(period) {
        tally.spent += account.spent
        tally.atRisk += account.atRisk
      }
    }
    return tally
  }
}

/// What a time has cost and may still cost.
package struct Tally: Codable, Equatable, Sendable {
  /// Drawn, so billed.
  package var spent = Balances()
  /// Perhaps billed: nobody knows what became of it.
  package var atRisk = Balances()
  /// Set aside for jobs that wait or run.
  package var reserved = Balances()

  package init() {}

  /// Everything that may turn out to be spent.
  package var total: Balances { spent + atRisk + reserved }

  /// Adds what one job has cost and may cost.
  package mutating func add(_ account: Account) {
    spent += account.spent
    atRisk += account.atRisk
    reserved += account.reserved
  }
}
