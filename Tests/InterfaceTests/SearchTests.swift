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
    #expect(session.effects.contains(.loadHistory(query: "red fog", limit: 200)))
    session.happens(.historyLoaded([], total: 0))
    #expect(session.shows("No picture matches."))
    session.press("Esc")
    #expect(session.effects.contains(.loadHistory(query: "", limit: 200)))
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
    var session = browsing()
    session.press("/")
    session.type("fog")
    session.press("Enter")
    session.happens(.historyLoaded(Sample.pictures(200), total: total))
    return session
  }

  @Test func theEndOfASearchIsReadWhenItIsScrolledTo() {
    var session = searched(total: 1_000)
    #expect(session.shows("1000 match fog"))
    #expect(!session.effects.contains(.loadHistory(query: "fog", limit: 400)))
    session.press("End")
    #expect(session.effects.contains(.loadHistory(query: "fog", limit: 400)))
    session.happens(.historyLoaded(Sample.pictures(400), total: 1_000))
    session.press("End")
    #expect(session.state.history.selectedRow == 399)
    #expect(session.effects.contains(.loadHistory(query: "fog", limit: 800)))
  }

  @Test func theWheelReadsMoreOfASearchToo() {
    var session = searched(total: 1_000)
    guard let place = session.place(of: "picture number") else {
      Issue.record("the list is not shown")
      return
    }
    var asked: [AppEffect] = []
    for _ in 0..<80 {
      session.click(row: place.row, column: place.column, .wheelDown)
      asked += session.effects.filter { if case .loadHistory = $0 { true } else { false } }
    }
    #expect(asked == [.loadHistory(query: "fog", limit: 400)])
  }

  @Test(arguments: [200, 0])
  func aSearchThatIsAllThereAsksForNoMore(total: Int) {
    var session = searched(total: total)
    #expect(session.shows("200 match fog"))
    session.press("End")
    #expect(!session.effects.contains(.loadHistory(query: "fog", limit: 400)))
  }

  /// An answer shorter than was asked for ends the list, whatever it says of the total.
  @Test func aListThatIsShorterThanItSaysIsNotAskedForAgain() {
    var session = searched(total: 1_000)
    session.press("End")
    session.happens(.historyLoaded(Sample.pictures(250), total: 1_000))
    session.press("End", "↑", "↓")
    #expect(
      !session.effects.contains {
        if case .loadHistory = $0 { true } else { false }
      })
  }
}
