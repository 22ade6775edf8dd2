import Jobs
import Paging
import Screen
import Testing

@testable import Interface

@Suite("Trash")
struct TrashTests {
  private func session(_ count: Int = 3) -> Session {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(count), total: count))
    session.press("Alt-4")
    return session
  }

  @Test func aPictureGoesAndTheNextOneIsSelected() {
    var session = session()
    session.press("↓", "d")
    #expect(session.effects.contains(.trashPicture(id: "p2-1")))
    #expect(!session.shows("picture number 2"))
    #expect(session.chosen == "p1-1")
    #expect(session.total == 2)
    session.happens(.pictureTrashed(id: "p2-1"))
    #expect(session.shows("✓ p2-1 is in the trash; u takes it back."))
    // Its row is gone already: nothing is read again.
    #expect(session.requests == [] && session.total == 2)
  }

  @Test func undoTakesItBackAndSelectsIt() {
    var session = session()
    session.press("↓", "d")
    session.happens(.pictureTrashed(id: "p2-1"))
    session.press("u")
    #expect(session.effects.contains(.restorePicture(id: "p2-1")))
    // Until it is there, nothing else is acted on in its place.
    session.press("d")
    #expect(session.effects == [])
    #expect(session.shows("p2-1 is not in the list"))
    session.happens(.pictureRestored(id: "p2-1"))
    #expect(session.shows("✓ p2-1 is back."))
    // Its row is where it was; what others did meanwhile is asked for.
    #expect(session.requests.map(\.start) == [.first])
    #expect(session.chosen == "p2-1")
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    #expect(session.shows("picture number 2"))
    #expect(session.chosen == "p2-1")
    session.press("u")
    #expect(session.shows("! No picture was put into the trash here; 'darkroom trash' lists it."))
  }

  @Test func theLastOneComesBackFirst() {
    var session = session()
    session.press("d", "Del")
    session.happens(.pictureTrashed(id: "p3-1"), .pictureTrashed(id: "p2-1"))
    session.press("u", "u")
    let restores: [AppEffect] = [.restorePicture(id: "p2-1"), .restorePicture(id: "p3-1")]
    #expect(session.effects.filter(restores.contains) == restores)
  }

  /// A list that was read before the picture went does not bring it back.
  @Test func anOlderListDoesNotShowIt() {
    var session = session()
    session.press("d")
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    #expect(!session.shows("picture number 3"))
    #expect(session.total == 2)
    session.happens(.pictureArrived(Sample.picture("p3-1", "picture number 3")))
    #expect(!session.shows("picture number 3"))
  }

  @Test func aRefusalBringsItBack() {
    var session = session()
    session.press("d")
    session.happens(.trashRefused(id: "p3-1", message: "The gallery cannot be written."))
    #expect(session.shows("✗ The gallery cannot be written."))
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    #expect(session.shows("picture number 3"))
    #expect(session.chosen == "p2-1")
    session.press("u")
    #expect(session.effects == [])
  }

  @Test func whatIsOnItsWayIsNotTakenBackYet() {
    var session = session()
    session.press("d", "u")
    #expect(!session.effects.contains(.restorePicture(id: "p3-1")))
    #expect(session.shows("p3-1 is on its way into the trash; press u again."))
  }

  @Test func aJobIsNoPicture() {
    var session = session()
    session.happens(.jobsListed([Sample.job("k7f2", .failed)]))
    session.press("Home", "d")
    #expect(session.effects == [])
    #expect(session.shows("! Select a picture to put it into the trash."))
    #expect(session.shows("✗ k7f2 failed"))
  }

  @Test func theLastPictureLeavesAnEmptyList() {
    var session = session(1)
    session.press("d")
    #expect(session.chosen == nil)
    session.press("d", "↓", "Del")
    #expect(session.rows.isEmpty && session.total == 0)
  }

  @Test func whatChangesElsewhereIsReadAgain() {
    var session = session()
    session.happens(.galleryChanged)
    #expect(session.requests.map(\.start) == [.first])
    session.press("/")
    session.type("fog")
    session.press("Enter")
    session.happens(.galleryChanged)
    #expect(session.requests.map(\.filter.words) == ["fog"])
  }
}
