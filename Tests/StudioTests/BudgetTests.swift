import Gallery
import Jobs
import Testing

@testable import Studio

/// What a budget has room for, and what it says when it has none.
@Suite struct BudgetTests {
  private let noon = Timestamp(Lines.noon) ?? .now()

  private func refusal(
    _ budget: Budget, _ amounts: Balances, after lines: Lines = Lines(), at now: Timestamp? = nil
  ) -> String? {
    budget.refusal(of: amounts, in: lines.ledger, now: now ?? noon)
  }

  private let fourCents = Balances(pictures: 1, .cents(4))

  @Test func withoutLimitsThereIsAlwaysRoom() {
    #expect(refusal(Budget(), Balances(pictures: 15, .cents(1_000_000))) == nil)
    #expect(refusal(Budget(), Balances(pictures: 1, nil)) == nil)
  }

  @Test func theLastCentIsSpent() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .finished(count: 1))
    try lines.take("bbbb", .intent(.of(1, cents: 4)))
    let budget = Budget([.init(.day, 120_000, "USD")])
    #expect(refusal(budget, fourCents, after: lines) == nil)
    let more = Balances(pictures: 1, Price(currency: "USD", millionths: 40_100))
    #expect(refusal(budget, more, after: lines) != nil)
  }

  @Test func theSentenceSaysEverything() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .finished(count: 1))
    try lines.take("bbbb", .intent(.of(2, cents: 8)))
    try lines.take("cccc", .intent(.of(1, cents: 4)), .sent(attempt: 1), LedgerTests.unknown)
    #expect(
      refusal(Budget([.init(.day, 180_000, "USD")]), fourCents, after: lines)
        == "The budget of $0.18 a day has no room: with $0.04 spent, $0.04 at risk and $0.08 reserved, "
        + "this may cost $0.04 more; ask for less, raise 'budget: day' in the config file, or wait for "
        + "tomorrow.")
    #expect(
      refusal(Budget([.init(.month, 4, Balances.pictures)]), fourCents, after: lines)
        == "The budget of 4 pictures a month has no room: with 1 picture spent, 1 picture at risk and "
        + "2 pictures reserved, this may cost 1 picture more; ask for less, raise 'budget: month' in "
        + "the config file, or wait for the next month.")
  }

  @Test func oneSendHasALimitOfItsOwn() {
    let budget = Budget([.init(.run, 3, Balances.pictures), .init(.run, 150_000, "USD")])
    #expect(refusal(budget, Balances(pictures: 3, .cents(15))) == nil)
    #expect(
      refusal(budget, Balances(pictures: 4, .cents(4)))?.contains("at most 3 pictures") == true)
    #expect(refusal(budget, Balances(pictures: 1, .cents(16)))?.contains("at most $0.15") == true)
  }

  @Test func aNewDayAndANewMonthHaveRoomAgain() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .finished(count: 1))
    let tomorrow = try #require(Timestamp("2026-11-22T00:00:00.000+01:00"))
    let december = try #require(Timestamp("2026-12-01T00:00:00.000+01:00"))
    let day = Budget([.init(.day, 40_000, "USD")])
    let month = Budget([.init(.month, 40_000, "USD")])
    #expect(refusal(day, fourCents, after: lines) != nil)
    #expect(refusal(day, fourCents, after: lines, at: tomorrow) == nil)
    #expect(refusal(month, fourCents, after: lines, at: tomorrow) != nil)
    #expect(refusal(month, fourCents, after: lines, at: december) == nil)
  }

  @Test func aClockSetBackMakesNoRoom() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .finished(count: 1))
    let yesterday = try #require(Timestamp("2026-11-20T12:00:00.000+01:00"))
    let october = try #require(Timestamp("2026-10-20T12:00:00.000+01:00"))
    let sentence = refusal(
      Budget([.init(.day, 40_000, "USD")]), fourCents, after: lines, at: yesterday)
    #expect(sentence?.contains("lines of 2026-11-21, later than the clock") == true)
    #expect(sentence?.contains("tomorrow") == false)
    let month = Budget([.init(.month, 40_000, "USD")])
    #expect(refusal(month, fourCents, after: lines, at: october) != nil)
  }

  @Test func theJobThatIsEditedIsNotCountedTwice() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)))
    let budget = Budget([.init(.day, 80_000, "USD")])
    let job = try #require(JobID("aaaa"))
    let double = Balances(pictures: 2, .cents(8))
    #expect(budget.refusal(of: double, in: lines.ledger, now: noon, without: job) == nil)
    #expect(budget.refusal(of: double, in: lines.ledger, now: noon) != nil)
  }

  @Test func whatHasNoKnownPriceIsHeldAgainstPicturesOnly() {
    let unpriced = Balances(pictures: 1, nil)
    var budget = Budget([.init(.day, 40_000, "USD"), .init(.day, 1, Balances.pictures)])
    #expect(refusal(budget, unpriced)?.contains("'budget: unpriced: allow'") == true)
    budget.allowsUnpriced = true
    #expect(refusal(budget, unpriced) == nil)
    #expect(refusal(budget, Balances(pictures: 2, nil)) != nil)
    #expect(refusal(Budget([.init(.day, 1, Balances.pictures)]), unpriced) == nil)
  }

  @Test func anotherCurrencyDoesNotSlipThrough() {
    let yuan = Balances(pictures: 1, Price(currency: "CNY", millionths: 250_000))
    #expect(refusal(Budget([.init(.day, 5_000_000, "USD")]), yuan)?.contains("in CNY") == true)
    let both = Budget([.init(.month, 5_000_000, "USD"), .init(.day, 250_000, "CNY")])
    #expect(refusal(both, yuan) == nil)
  }

  @Test func whatIsLeftIsTold() throws {
    var lines = Lines()
    try lines.take("aaaa", .intent(.of(1, cents: 4)), .finished(count: 1))
    try lines.take("bbbb", .intent(.of(2, cents: 8)))
    let budget = Budget([
      .init(.day, 500_000, "USD"), .init(.month, 2, Balances.pictures), .init(.run, 7, "USD"),
    ])
    let status = LedgerStatus(lines.ledger, budget, now: noon)
    #expect(status.day == "2026-11-21")
    #expect(status.lines.map(\.left) == [380_000, 0, 7])
    #expect(status.lines.map(\.spent) == [40_000, 1, 0])
    #expect(status.lines.map(\.reserved) == [80_000, 2, 0])
  }
}
