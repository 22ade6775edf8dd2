import Paging
import Screen
import Testing

@testable import Interface

/// What changes in the gallery is told row by row.
@Suite("Changes of a list") struct ListChangeTests {
  private func session() -> Session {
    var session = Session()
    session.answer(Sample.pictures(200), from: 0, of: 1_000, mark: 7)
    session.press("F5", "↓")
    return session
  }

  private func asked(_ session: Session) -> [AppEffect] {
    session.effects.filter {
      switch $0 {
      case .loadPage, .loadChanges: true
      default: false
      }
    }
  }

  private func answer(
    _ session: inout Session, _ changed: [PictureItem], _ removed: [String], total: Int,
    mark: Int64 = 9
  ) {
    guard let asked = session.asked else {
      Issue.record("nothing is asked")
      return
    }
    session.happens(
      .changesLoaded(
        ticket: asked.ticket,
        PageChanges(changed: changed, removed: removed, total: total, newer: 0, mark: mark)))
  }

  @Test func whatOthersDidIsAskedForAndNothingElse() {
    var session = session()
    let line = session.chosenLine
    session.happens(.galleryChanged)
    let first = PicturePosition(key: 200)
    guard case .loadChanges(_, since: 7, above: first)? = asked(session).first,
      asked(session).count == 1
    else {
      Issue.record("\(asked(session))")
      return
    }
    let other = Sample.picture("p197-1", "another prompt", place: 197)
    answer(&session, [Sample.picture("new-1", place: 210), other], ["p198-1"], total: 1_000)
    #expect(asked(session) == [] && session.chosen == "p199-1")
    // On its line of the screen.
    #expect(session.shows("3/1000") && session.chosenLine == line)
    #expect(session.rows.prefix(2) == ["p200-1", "p199-1"])
    #expect(!session.shows("p198-1") && session.shows("p197-1 another prompt"))
    session.press("Home")
    #expect(session.shows("new-1") && asked(session) == [])
    session.happens(.galleryChanged)
    guard case .loadChanges(_, since: 9, above: PicturePosition(key: 210))? = asked(session).first
    else {
      Issue.record("\(asked(session))")
      return
    }
  }

  @Test func whatNobodyCanTellIsReadOnceMore() {
    var session = session()
    session.happens(.galleryChanged)
    if let asked = session.asked {
      session.happens(.changesLoaded(ticket: asked.ticket, nil))
    }
    #expect(session.requests.map(\.start) == [.first])
    session.answer(Sample.pictures(200), from: 0, of: 1_000, mark: 12)
    #expect(session.chosen == "p199-1")
  }

  @Test func anAnswerToAnEarlierQuestionIsNone() {
    var session = session()
    session.happens(.galleryChanged)
    let ticket = session.asked?.ticket ?? 0
    session.happens(.galleryChanged)
    session.happens(
      .changesLoaded(
        ticket: ticket, PageChanges(changed: [], removed: ["p199-1"], total: 5, mark: 9)))
    #expect(session.chosen == "p199-1")
  }

  @Test func aPictureThatGoesAndComesBackIsOneRow() {
    var session = session()
    session.press("d")
    #expect(session.chosen == "p198-1" && session.shows("2/999"))
    session.happens(.pictureTrashed(id: "p199-1"))
    #expect(asked(session) == [])
    session.happens(.galleryChanged)
    answer(&session, [], ["p199-1"], total: 999)
    #expect(session.shows("2/999") && asked(session) == [])
    session.press("u")
    session.happens(.pictureRestored(id: "p199-1"))
    #expect(session.chosen == "p199-1" && session.shows("2/1000"))
    #expect(session.requests == [])
    answer(&session, [Sample.picture("p199-1", place: 199)], [], total: 1_000, mark: 10)
    #expect(session.chosen == "p199-1" && session.shows("2/1000"))
  }

  /// The index has it until the service has done it.
  @Test func aPictureOnItsWayIntoTheTrashStaysOffTheList() {
    var session = session()
    session.press("d")
    session.happens(.galleryChanged)
    answer(&session, [Sample.picture("p199-1", place: 199)], [], total: 1_000)
    #expect(!session.shows("p199-1 picture") && session.shows("2/999"))
    session.happens(.trashRefused(id: "p199-1", message: "The disk is full."))
    #expect(session.shows("p199-1 picture") && session.shows("3/1000") && session.requests == [])
  }

  @Test func aPictureThatOthersTakeOutOfTheTrashIsThereAgain() {
    var session = session()
    session.press("d")
    session.happens(.pictureTrashed(id: "p199-1"), .galleryChanged)
    answer(&session, [], ["p199-1"], total: 999)
    session.happens(.galleryChanged)
    answer(&session, [Sample.picture("p199-1", place: 199)], [], total: 1_000, mark: 11)
    #expect(session.shows("p199-1 a red lantern") && session.shows("3/1000"))
  }

  @Test func aSearchIsReadOnceMore() {
    var session = session()
    session.press("/")
    session.type("fog")
    session.press("Enter")
    session.answer(Sample.pictures(5), from: 0, of: 5, mark: 7)
    session.happens(.galleryChanged)
    #expect(session.requests.map(\.filter.words) == ["fog"])
  }
}
