import Gallery
import Jobs
import Seedream
import Testing

@testable import Studio

/// What the lines of a journal come to.
@Suite struct LedgerTests {
  @Test func whatWaitsOrRunsIsReserved() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(2, cents: 8)))
    try lines.take("bbbb", .intent(.of(1, cents: 4)))
    try lines.take("bbbb", .sent(attempt: 1))
    let tally = lines.tally
    #expect(tally.reserved == Balances(pictures: 3, .cents(12)))
    #expect(tally.spent.isEmpty && tally.atRisk.isEmpty)
  }

  @Test func theEndSettlesIt() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(4, cents: 16)), .sent(attempt: 1))
    try lines.take("aaaa", .result(number: 1, .address("https://a/1")), .finished(count: 3))
    #expect(lines.tally.spent == Balances(pictures: 3, .cents(12)))
    #expect(lines.tally.reserved.isEmpty)
    // The line with the exact price has the last word, however often it is written.
    try lines.take("aaaa", .settled(pictures: 3, .cents(9)), .settled(pictures: 3, .cents(9)))
    #expect(lines.tally.spent == Balances(pictures: 3, .cents(9)))
    #expect(lines.tally.total == lines.tally.spent)
  }

  @Test(
    "Refusals, failures and what was never sent are free",
    arguments: [
      [.sent(attempt: 1), .failed(.init(code: "ServerOverloaded", message: "Too busy."))],
      [.failed(.init(code: "NotSent", message: "No way there."))],
      [.cancelled],
      [.sent(attempt: 1), .failed(.init(code: "Refused", message: "No.")), .cancelled],
      [
        .sent(attempt: 1), .failed(.init(code: "Member", message: "No.", number: 1)),
        .finished(count: 0),
      ],
      [.sent(attempt: 1), .settled(pictures: 0, nil)],
    ] as [[JournalEntry.Event]])
  func freeOfCharge(_ events: [JournalEntry.Event]) throws {
    var lines = Lines()
    try lines.take("aaaa", [.intent(.of(1, cents: 4))] + events)
    #expect(lines.tally.total.isEmpty)
  }

  @Test func anAttemptAfterARefusalReservesAgain() throws {
    var lines = Lines()
    let busy = JournalEntry.Failure(code: "ServerOverloaded", message: "Too busy.")
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .sent(attempt: 1), .failed(busy))
    try lines.take("aaaa", .sent(attempt: 2))
    #expect(lines.tally.reserved == Balances(pictures: 1, .cents(4)))
  }

  static let unknown = JournalEntry.Event.failed(
    .init(code: JournalEntry.Failure.unknownOutcome, message: "cut"))

  @Test func whatMayHaveBeenDrawnIsAtRiskUntilItArrives() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(3, cents: 12)), .sent(attempt: 1))
    try lines.take("aaaa", .result(number: 2, .address("https://a/2")), Self.unknown)
    #expect(lines.tally.spent == Balances(pictures: 1, .cents(4)))
    #expect(lines.tally.atRisk[Balances.pictures] == 2)
    #expect(lines.tally.atRisk["USD"] == Price.cents(8).millionths)
    // Putting it aside and buying it again do not make it cheaper.
    let before = lines.tally
    try lines.take("aaaa", .forgotten, .resent(as: #require(JobID("bbbb"))))
    #expect(lines.tally == before)
    try lines.take("aaaa", .done(#require(PictureID("aaaa-1"))), .arrived)
    #expect(lines.tally.atRisk.isEmpty)
    #expect(lines.tally.spent == Balances(pictures: 2, .cents(8)))
  }

  @Test func cancelledAfterItLeftIsAtRisk() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .sent(attempt: 1), .cancelled)
    #expect(lines.tally.atRisk == Balances(pictures: 1, .cents(4)))
  }

  @Test func aServiceThatDiedLeavesRisk() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)))
    try lines.take("bbbb", .intent(.of(1, cents: 5)), .sent(attempt: 1))
    try lines.take("cccc", .intent(.of(1, cents: 6)), .sent(attempt: 1), .pending(id: "p"))
    lines.ledger.serviceEnded()
    #expect(lines.tally.reserved["USD"] == Price.cents(10).millionths)
    #expect(lines.tally.atRisk["USD"] == Price.cents(5).millionths)
    // The next one has found the job that is still drawn, and lets the first go.
    lines.ledger.serviceEnded { $0.text == "cccc" }
    #expect(lines.tally.reserved["USD"] == Price.cents(6).millionths)
  }

  @Test func anEditReservesWhatItAsksForNow() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .edited(.of(5, cents: 20)))
    #expect(lines.tally.reserved == Balances(pictures: 5, .cents(20)))
  }

  @Test func theSandboxIsInNoSum() throws {
    var lines = Lines()
    try lines.take(
      "aaaa", .intent(.init(request: small(count: 9), provider: "sandbox", dialect: "sandbox")),
      .finished(count: 9))
    #expect(lines.tally.total.isEmpty)
    // Another server that speaks like it is somebody else's.
    var intent = JournalEntry.Intent.of(1, cents: 4)
    intent.dialect = "sandbox"
    try lines.take("bbbb", .intent(intent))
    #expect(lines.tally.reserved == Balances(pictures: 1, .cents(4)))
  }

  @Test func currenciesStandSideBySide() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)))
    var yuan = JournalEntry.Intent.of(1, cents: 25)
    yuan.reserved = Price(currency: "CNY", millionths: 250_000)
    try lines.take("bbbb", .intent(yuan))
    yuan.reserved = nil
    try lines.take("cccc", .intent(yuan))
    #expect(lines.tally.reserved.shownMoney == "¥0.25 + $0.04 + 1 of unknown price")
    #expect(lines.tally.reserved[Balances.pictures] == 3)
    #expect(lines.tally.reserved.price == nil)
  }

  // MARK: Days

  @Test func aJobCountsOnTheDayItEndedAndWhileItRunsOnEachDay() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), on: "2026-11-30T23:59:50.000+01:00")
    #expect(lines.ledger.tally(of: "2026-12-01").reserved == Balances(pictures: 1, .cents(4)))
    try lines.take("aaaa", .finished(count: 1), on: "2026-12-01T00:00:10.000+01:00")
    #expect(lines.ledger.tally(of: "2026-11").total.isEmpty)
    #expect(lines.ledger.tally(of: "2026-12-01").spent == Balances(pictures: 1, .cents(4)))
    #expect(lines.ledger.tally(of: "2026-12").spent == Balances(pictures: 1, .cents(4)))
    // A better price known a day later changes no day.
    try lines.take("aaaa", .settled(pictures: 1, .cents(3)), on: "2026-12-02T00:00:10.000+01:00")
    #expect(lines.ledger.tally(of: "2026-12-01").spent == Balances(pictures: 1, .cents(3)))
  }

  @Test func daysAreThoseOfTheClockThatSawThem() throws {
    var lines = Lines()
    // The same moment is another day in Shanghai.
    try lines.take("aaaa", .intent(.of(1, cents: 4)), on: "2026-11-22T06:00:00.000+08:00")
    try lines.take("aaaa", .finished(count: 1), on: "2026-11-22T06:00:00.000+08:00")
    #expect(!lines.ledger.tally(of: "2026-11-22").spent.isEmpty)
    #expect(lines.ledger.tally(of: "2026-11-21").spent.isEmpty)
  }

  @Test func aClockSetBackBringsNoDayBack() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), on: "2026-11-22T12:00:00.000Z")
    try lines.take("aaaa", .finished(count: 1), on: "2026-11-22T12:00:01.000Z")
    let back = try #require(Timestamp("2026-11-20T12:00:00.000Z"))
    #expect(lines.ledger.today(back) == "2026-11-22")
    try lines.take("bbbb", .intent(.of(1, cents: 4)), on: "2026-11-20T12:00:00.000Z")
    try lines.take("bbbb", .finished(count: 1), on: "2026-11-20T12:00:01.000Z")
    // Set right again, the day has both.
    #expect(lines.ledger.tally(of: "2026-11-22").spent == Balances(pictures: 2, .cents(8)))
    #expect(lines.ledger.tally(of: "2026-11-20").spent.isEmpty)
  }

  @Test func hostileAmountsDoNotOverflow() throws {
    var lines = Lines()
    var intent = JournalEntry.Intent.of(15, cents: 1)
    for name in ["aaaa", "bbbb"] {
      intent.reserved = Price(currency: "USD", millionths: .max)
      try lines.take(name, .intent(intent))
    }
    try lines.take("bbbb", .finished(count: .max))
    intent.reserved = Price(currency: "USD", millionths: -5)
    try lines.take("cccc", .intent(intent))
    #expect(lines.tally.total["USD"] == .max)
    try lines.take("aaaa", .settled(pictures: -3, Price(currency: "USD", millionths: -1)))
    #expect(lines.tally.spent["USD"] >= 0)
  }
}

/// A ledger and the lines it has taken.
struct Lines {
  var ledger = Ledger()
  static let noon = "2026-11-21T12:00:00.000+01:00"

  var tally: Tally { ledger.tally(of: "2026-11-21") }

  mutating func take(
    _ name: String, _ events: JournalEntry.Event..., on time: String = Self.noon
  ) throws {
    try take(name, events, on: time)
  }

  mutating func take(
    _ name: String, _ events: [JournalEntry.Event], on time: String = Self.noon
  ) throws {
    for event in events {
      ledger.apply(
        JournalEntry(
          job: try #require(JobID(name)), time: try #require(Timestamp(time)), event: event))
    }
  }
}

extension JournalEntry.Intent {
  /// A request for pictures that cost this much together.
  static func of(_ count: Int, cents: Int64) -> JournalEntry.Intent {
    JournalEntry.Intent(
      request: small(count: count), provider: "test", dialect: "ark", baseURL: "https://a.example",
      reserved: .cents(cents))
  }
}

extension Price {
  static func cents(_ cents: Int64) -> Price {
    Price(currency: "USD", millionths: cents * 10_000)
  }
}
