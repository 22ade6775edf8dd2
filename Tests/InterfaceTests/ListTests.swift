import Jobs
import Paging
import Screen
import Testing

@testable import Interface

/// A list of any length, of which no row exists before it is asked for.
private struct LongGallery {
  let count: Int
  var mark: Int64 = 0

  func id(_ row: Int) -> String { "r\(count - row)-1" }

  func page(_ request: PageRequest) -> PicturePage<PictureItem> {
    let limit = request.limit
    func key(_ row: Int) -> Int64 { Int64(count - row) }
    let first: Int
    switch request.start {
    case .first: first = 0
    case .last: first = count - limit
    case .before(let position): first = count - Int(position.key) + 1
    case .after(let position): first = count - Int(position.key) - limit
    case .around(let position): first = count - Int(position.key) - limit / 2
    case .row, .day, .picture: first = 0
    }
    var range = min(max(0, first), count)..<max(0, min(first + limit, count))
    var wanted: Int?
    if let row = row(of: request.start) {
      let start = min(max(0, row - limit / 2), max(0, count - limit))
      range = start..<min(start + limit, count)
      wanted = row - start
    }
    return PicturePage(
      rows: range.map {
        Sample.picture(id($0), "picture number \(count - $0)", place: count - $0)
      }, firstRow: range.lowerBound, wanted: wanted, total: count,
      reachesStart: range.lowerBound == 0, reachesEnd: range.upperBound == count, mark: mark)
  }

  /// Of a day the newest picture: a thousand were made on each day, none on the first of a month.
  private func row(of start: PageRequest.Start) -> Int? {
    switch start {
    case .row(let row): return min(row, count - 1)
    case .day(let day):
      let days = (2026 - day.year) * 365 + (11 - day.month) * 30 + 21 - max(2, day.day)
      return min(days * 1000, count - 1)
    default: return nil
    }
  }
}

extension Session {
  /// Answers what is asked until nothing is.
  fileprivate mutating func read(_ gallery: LongGallery) {
    while let asked {
      happens(.pageLoaded(ticket: asked.ticket, gallery.page(asked.request)))
    }
  }
}

@Suite("A list of any length") struct ListTests {
  private let gallery = LongGallery(count: 1_000_000)

  private func browsing() -> Session {
    var session = Session()
    session.happens(.serviceConnected)
    session.read(gallery)
    session.press("F5")
    return session
  }

  @Test func theEndsOfAMillionAreOneQuestionAway() {
    var session = browsing()
    #expect(session.chosen == gallery.id(0) && session.shows("1/1000000"))
    session.press("End")
    #expect(session.requests.map(\.start) == [.last])
    session.read(gallery)
    #expect(session.chosen == gallery.id(999_999) && session.shows("1000000/1000000"))
    #expect(session.shows("picture number 1") && !session.shows("picture number 1000000"))
    session.press("Home")
    #expect(session.requests.map(\.start) == [.first])
    session.read(gallery)
    #expect(session.chosen == gallery.id(0) && session.shows("picture number 1000000"))
    #expect(session.rows.first == gallery.id(0))
  }

  /// What it holds does not grow, and no row is skipped, either way.
  @Test func itIsWalkedThroughInAWindow() {
    var session = browsing()
    let page = session.lines.count - 1
    for number in 1...40 {
      session.press("PgDn")
      session.read(gallery)
      #expect(session.chosen == gallery.id(number * page))
      #expect(session.heldPictures <= 5 * 64)
    }
    #expect(session.shows("\(40 * page + 1)/1000000"))
    for number in (0..<40).reversed() {
      session.press("PgUp")
      session.read(gallery)
      #expect(session.chosen == gallery.id(number * page))
    }
  }

  @Test func jobsAreAboveTheNewestPictures() {
    var session = browsing()
    session.happens(.jobsListed([Sample.job("k7f2"), Sample.job("k1", .failed, at: 10)]))
    #expect(session.chosen == gallery.id(0))
    session.press("End")
    session.read(gallery)
    #expect(!session.shows("k7f2"))
    session.press("PgUp", "PgUp")
    #expect(!session.shows("k7f2"))
    session.press("Home")
    session.read(gallery)
    #expect(session.chosen == "k7f2" && session.shows("k7f2"))
    session.press("↓", "↓")
    #expect(session.chosen == gallery.id(0))
  }

  @Test(arguments: ["d", "Del", "Enter", "Space", "r", "p", "t", "c", "R"])
  func whileTheOldestAreReadKeysActOnNothingAndSaySo(key: String) {
    var session = browsing()
    session.press("End", key)
    #expect(session.effects.filter { if case .loadPage = $0 { false } else { true } } == [])
    #expect(session.state.compose.references.items.isEmpty && session.state.focus == .history)
    #expect(session.shows("The oldest pictures are being read"))
    session.read(gallery)
    #expect(session.chosen == gallery.id(999_999))
  }

  @Test func stepsBehindALeapAreTakenWhereItLeads() {
    var session = browsing()
    session.press("End", "↑", "↑", "↓")
    session.read(gallery)
    #expect(session.chosen == gallery.id(999_998))
    session.press("Home", "End", "↑")
    session.read(gallery)
    #expect(session.chosen == gallery.id(999_998))
  }

  @Test func aClickGoesNowhereElse() {
    var session = browsing()
    guard let place = session.place(of: "picture number 999998") else {
      Issue.record("the list is not shown")
      return
    }
    session.press("End")
    let asked = session.asked
    session.click(row: place.row, column: place.column)
    #expect(session.chosen == gallery.id(2))
    // The answer comes all the same.
    if let asked {
      session.happens(.pageLoaded(ticket: asked.ticket, gallery.page(asked.request)))
    }
    #expect(session.chosen == gallery.id(2))
  }

  @Test func aListThatCannotBeReadIsNotAskedForOverAndOver() {
    var session = browsing()
    session.press("End")
    session.happens(.picturesFailed(message: "The index cannot be opened."))
    #expect(session.requests == [])
    #expect(session.chosen == gallery.id(0))
  }

  @Test func aPictureThatComesIsOneRowAndNoQuestion() {
    var session = browsing()
    session.press("↓")
    session.happens(.pictureArrived(Sample.picture("new-1", place: 1_000_001)))
    #expect(session.requests == [] && session.shows("3/1000001"))
    #expect(session.chosen == gallery.id(1))
    session.press("End")
    session.read(gallery)
    session.happens(.pictureArrived(Sample.picture("new-2", place: 1_000_002)))
    #expect(session.requests == [] && session.chosen == gallery.id(999_999))
    #expect(session.rows.last == gallery.id(999_999) && !session.shows("new-2"))
  }

  /// Read before it came, and answered after.
  @Test func aPictureThatComesWhileAPageIsReadIsNotLost() {
    var session = browsing()
    session.press("End")
    session.read(gallery)
    session.press("Home")
    session.happens(.pictureArrived(Sample.picture("new-1", place: 1_000_001)))
    session.read(gallery)
    #expect(session.rows.prefix(2) == ["new-1", gallery.id(0)])
  }

  /// What is above and below comes with the next pages.
  @Test func aRowIsOneQuestionAway() {
    var session = browsing()
    session.press(":")
    #expect(session.shows("Row or day:"))
    session.type("500000")
    session.press("Enter")
    #expect(session.requests.map(\.start) == [.row(499_999)])
    #expect(session.shows("picture number 1000000"))
    session.press("d")
    #expect(session.shows("Row 500000 is being read") && session.effects == [])
    session.read(gallery)
    #expect(session.chosen == gallery.id(499_999) && session.shows("500000/1000000"))
    #expect(session.shows(gallery.id(499_998)) && session.shows(gallery.id(500_000)))
    session.press("↓", ":")
    session.type("99999999")
    session.press("Enter")
    session.read(gallery)
    #expect(session.chosen == gallery.id(999_999) && session.shows("1000000/1000000"))
  }

  @Test(arguments: ["2026-11-20", "11-20", " 11-20 "])
  func aDayIsOneQuestionAway(typed: String) throws {
    var session = browsing()
    session.press(":")
    session.type(typed)
    session.press("Enter")
    let day = try #require(CalendarDay(year: 2026, month: 11, day: 20))
    #expect(session.requests.map(\.start) == [.day(day)])
    session.read(gallery)
    #expect(session.chosen == gallery.id(1000) && session.shows("1001/1000000"))
  }

  @Test func aDayWithoutAPictureSaysSo() {
    var session = browsing()
    session.press(":")
    session.type("11-01")
    session.press("Enter")
    session.read(gallery)
    #expect(session.shows("No picture is of 2026-11-01: this is the nearest."))
  }

  @Test(arguments: ["0", "yesterday", "2026-02-30", "13-40", "1-2-3-4", "-5", "١٢"])
  func whatIsNoPlaceStaysOpen(typed: String) {
    var session = browsing()
    session.press(":")
    session.type(typed)
    session.press("Enter")
    #expect(session.requests == [] && session.shows("Row or day: \(typed)"))
    #expect(session.shows("Type the number of a row, 1234, or a day: 2026-11-03"))
    session.press("Esc")
    #expect(!session.shows("Row or day:") && session.chosen == gallery.id(0))
  }

  @Test func placesAreTypedAsTheListShowsThem() {
    let today = LocalTime(year: 2026, month: 3, day: 5)
    func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay? {
      CalendarDay(year: year, month: month, day: day)
    }
    let places: [String: ListGoal?] = [
      "12": .row(12), "03-05": day(2026, 3, 5).map { .day($0) },
      "03-06": day(2025, 3, 6).map { .day($0) }, "2024-02": day(2024, 2, 29).map { .month($0) },
      "2023-02": day(2023, 2, 28).map { .month($0) }, "1900-02-29": nil,
      "2000-02-29": day(2000, 2, 29).map { .day($0) }, "": nil, "-": nil, "12-": nil,
      "99999999999999999999": nil,
    ]
    for (typed, goal) in places {
      #expect(ListGoal(typed: typed, on: today) == goal, "\(typed)")
    }
  }

  @Test func whatIsLookedAtStaysWhenTheListIsReadAgain() {
    var session = browsing()
    for _ in 0..<20 {
      session.press("PgDn")
      session.read(gallery)
    }
    let (id, top) = (session.chosen, session.screen)
    session.happens(.galleryChanged)
    #expect(session.requests.count == 1)
    session.read(gallery)
    #expect(session.chosen == id && session.screen == top)
  }

  @Test func timesAreToldByTheDayOnWhichTheyAreRead() {
    var session = browsing()
    #expect(session.shows("14:32 r1000000-1") && !session.shows("11-21 r1000000-1"))
    session.happens(.clockSet(Sample.wall(LocalTime(year: 2026, month: 11, day: 22))))
    #expect(session.shows("11-21 r1000000-1"))
    session.happens(.clockSet(Sample.wall(LocalTime(year: 2027, month: 1, day: 1))))
    #expect(session.shows("2026-11 r1000000-1"))
  }
}
