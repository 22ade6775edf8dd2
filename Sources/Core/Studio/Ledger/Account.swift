import Gallery
import Jobs
package import Seedream

/// What one job may cost, or has cost.
package struct Account: Equatable, Sendable {
  package enum Phase: Equatable, Sendable {
    /// It waits or runs: the most it may cost is reserved.
    case reserved
    /// The request left and what became of it is not known, or nobody waited for it. What did not
    /// arrive may still be billed.
    case atRisk
    case settled
  }

  package let provider: String
  /// As the request spelled it.
  package private(set) var model: String
  package private(set) var family: ModelFamily?
  /// False for the sandbox, which the service runs itself.
  package private(set) var isPaid: Bool
  /// The day it counts on once it is over: `2026-11-21`, local to where it was seen.
  package private(set) var day: String
  package private(set) var phase = Phase.reserved
  /// What was drawn, as far as it is known.
  package private(set) var spent = Balances()

  /// The most it may cost.
  private(set) var most: Balances
  /// The part of it that is paid once, however many pictures come.
  private var once: Price?
  /// Whether a request has left whose answer is not known.
  private var isOutstanding = false
  /// Whether the provider has taken the request and can be asked what became of it.
  private(set) var isPending = false
  /// How many pictures the provider says it generated, where they could not all be read.
  private var generated: Int?
  /// The pictures that were named, by number.
  private var named: Set<Int> = []

  init(_ intent: JournalEntry.Intent, day: String) {
    provider = intent.provider
    self.day = day
    (model, family) = (intent.request.model, intent.request.family)
    isPaid = intent.isPaid
    (most, once) = (intent.highestAmounts, intent.reservedOnce)
  }

  /// What is set aside for it while it waits or runs.
  package var reserved: Balances { phase == .reserved ? most : Balances() }

  /// What may be billed without having arrived.
  package var atRisk: Balances {
    guard phase == .atRisk else { return Balances() }
    guard let generated else { return most.without(spent) }
    return most(ofPictures: max(generated, named.count)).without(spent)
  }

  /// The most that so many pictures of it cost.
  func most(ofPictures count: Int) -> Balances { most.scaled(toPictures: count, once: once) }

  /// Takes in a line of the journal; the same lines always come to the same account.
  mutating func apply(_ event: JournalEntry.Event, on day: String) {
    switch event {
    case .edited(let intent):
      (model, family) = (intent.request.model, intent.request.family)
      (isPaid, most, once) = (intent.isPaid, intent.highestAmounts, intent.reservedOnce)
    case .sent:
      (phase, isOutstanding, isPending, generated) = (.reserved, true, false, nil)
      self.day = day
    case .pending(_, let count):
      isPending = true
      generated = count ?? generated
    case .result(let number, _, _): named.insert(number)
    case .done(let picture): named.insert(picture.number)
    case .finished(let count): close(.settled, drawn: max(count, named.count), on: day)
    case .failed(let failure) where failure.number == nil:
      let isUnknown = failure.code == JournalEntry.Failure.unknownOutcome
      generated = isUnknown ? failure.generated : nil
      close(isUnknown ? .atRisk : .settled, drawn: named.count, on: day)
    case .cancelled: close(isOutstanding ? .atRisk : .settled, drawn: named.count, on: day)
    case .forgotten, .resent:
      abandon()
      // What the provider says it generated is billed, whether it could be read or not.
      if phase == .atRisk, let generated {
        close(.settled, drawn: max(generated, named.count), on: self.day)
      }
    case .arrived:
      close(
        .settled, drawn: max(generated ?? 0, named.count), on: phase == .reserved ? day : self.day)
    case .settled(let pictures, let price):
      if phase == .reserved { self.day = day }
      (phase, isOutstanding) = (.settled, false)
      spent = Balances(pictures: pictures, price)
    case .intent, .failed, .rawReply, .moved, .trashed, .restored, .erased: break
    }
  }

  /// The service ended while it ran, or nobody will ever know: what left may be billed, on the day it did.
  mutating func abandon() {
    guard phase == .reserved, isOutstanding else { return }
    close(.atRisk, drawn: named.count, on: day)
  }

  /// It will not be sent any more.
  mutating func drop() {
    if phase == .reserved { close(.settled, drawn: named.count, on: day) }
  }

  private mutating func close(_ phase: Phase, drawn: Int, on day: String) {
    self.phase = phase
    self.day = day
    isOutstanding = false
    spent = most(ofPictures: drawn)
  }
}

extension JournalEntry.Intent {
  /// Whether somebody is paid for it: everybody but the sandbox, which has no address of its own.
  var isPaid: Bool { baseURL != nil || (dialect ?? provider) != Dialect.sandbox.name }

  /// The most it may cost, and how many pictures that is.
  var highestAmounts: Balances { Balances(pictures: mostPictures ?? request.count, reserved) }
}
