import Paging
import Screen
import Seedream
import Testing

@testable import Interface

@Suite("Searching")
struct SearchTests {
  @Test func searchingAsksForMatches() {
    var session = browsing()
    session.press("/")
    session.type("red fog")
    session.press("Enter")
    #expect(session.requests.map(\.filter.words) == ["red fog"])
    session.happens(.historyLoaded([], total: 0))
    #expect(session.shows("No picture matches."))
    session.press("Esc")
    #expect(session.requests.map(\.filter.words) == [""])
    session.press("Esc")
    #expect(session.state.focus == .prompt)
  }

  private func browsing() -> Session {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    session.press("Alt-4")
    return session
  }

  /// Found pictures, of which the first page of 200 is loaded.
  private func searched(total: Int) -> Session {
    var session = Session()
    session.happens(.historyLoaded([Sample.picture("q-1")], total: 1))
    session.press("Alt-4", "/")
    session.type("fog")
    session.press("Enter")
    session.happens(.historyLoaded(Sample.pictures(200), total: total))
    return session
  }

  @Test func theEndOfASearchIsReadWhenItIsGoneTo() {
    var session = searched(total: 1_000)
    #expect(session.shows("1000 match fog"))
    #expect(session.requests == [])
    session.press("End")
    #expect(session.requests.map(\.start) == [.last])
    #expect(session.requests.map(\.filter.words) == ["fog"])
    session.answer(Sample.pictures(64), from: 936, of: 1_000)
    #expect(session.chosen == "p1-1")
    #expect(session.shows("1000/1000 match fog"))
    // What is above them is read before it comes in sight.
    #expect(session.requests.map(\.start) == [.after(PicturePosition(key: 64))])
  }

  @Test func theWheelReadsMoreOfASearchToo() {
    var session = searched(total: 1_000)
    guard let place = session.place(of: "picture number") else {
      Issue.record("the list is not shown")
      return
    }
    var asked: [PageRequest] = []
    for _ in 0..<80 {
      session.click(row: place.row, column: place.column, .wheelDown)
      asked += session.requests
    }
    #expect(asked.map(\.start) == [.before(PicturePosition(key: 1))])
    #expect(asked.map(\.filter.words) == ["fog"])
  }

  @Test(arguments: [200, 0])
  func aSearchThatIsAllThereAsksForNoMore(total: Int) {
    var session = searched(total: total)
    #expect(session.shows("200 match fog"))
    session.press("End")
    #expect(session.requests == [])
    #expect(session.shows("200/200 match fog") && session.chosen == "p1-1")
  }

  /// An answer shorter than was asked for ends the list, whatever it says of the total.
  @Test func aListThatIsShorterThanItSaysIsNotAskedForAgain() {
    var session = searched(total: 1_000)
    for _ in 0..<30 where session.requests.isEmpty { session.press("PgDn") }
    session.answer([Sample.picture("older-1", place: 0)], from: 200, of: 1_000)
    session.press("End")
    #expect(session.chosen == "older-1")
    session.press("↑", "↓")
    #expect(session.requests == [])
  }
}
