import Jobs
import Paging
import Screen
import Seedream
import Testing

@testable import Interface

@Suite("Pictures and jobs")
struct PicturesPaneTests {
  private func session(_ count: Int = 3, total: Int? = nil) -> Session {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(count), total: total ?? count))
    session.press("Alt-4")
    return session
  }

  @Test func anEmptyGalleryTeaches() {
    var session = Session()
    #expect(!session.shows("No pictures yet"))
    session.happens(.historyLoaded([], total: 0))
    #expect(session.shows("No pictures yet. Write a prompt and press Ctrl-G."))
  }

  @Test func aGalleryThatCannotBeReadSaysSo() {
    var session = Session()
    session.happens(.picturesFailed(message: "The index cannot be opened."))
    #expect(session.shows("The index cannot be opened."))
  }

  @Test func theSelectedPictureIsShown() {
    var session = session()
    let key = session.state.previewKey
    #expect(key?.pictureID == "p3-1")
    session.press("↓")
    guard case .loadPreview(let wanted)? = session.effects.first else {
      Issue.record("no preview was asked for")
      return
    }
    #expect(wanted.pictureID == "p2-1")
    session.happens(.previewLoaded(wanted, Sample.cells(wanted)))
    #expect(session.shows("▒▒▓▓██"))
    session.press("↑", "↓")
    #expect(!session.effects.contains(.loadPreview(wanted)))
  }

  @Test func aPreviewMadeOfWhatTheTerminalDoesNotShowIsNotShown() throws {
    var session = session()
    let plain = try #require(session.state.previewKey)
    session.happens(.previewLoaded(plain, Sample.cells(plain)))
    #expect(session.shows("▒▒▓▓██"))
    session.happens(.drawingSet(DrawingCapabilities(drawsSextants: true)))
    guard case .loadPreview(let better)? = session.effects.first else {
      Issue.record("no other preview was asked for")
      return
    }
    #expect(better.drawing.drawsSextants && better.pictureID == plain.pictureID)
    #expect(!session.shows("▒▒▓▓██"))
    // One that was under way comes too late.
    session.happens(.previewLoaded(plain, Sample.cells(plain)))
    #expect(!session.shows("▒▒▓▓██"))
    session.happens(.previewLoaded(better, Sample.cells(better)))
    #expect(session.shows("▒▒▓▓██"))
  }

  /// A picture that has just come has no hash until the index tells it.
  @Test func aPictureWhoseHashBecomesKnownIsNotDecodedAgain() {
    var key = PreviewKey(pictureID: "p1-1", file: "a.jpg", columns: 8, rows: 4)
    var preview = Preview()
    #expect(preview.want(key) == [.loadPreview(key)])
    key.imageHash = "ab"
    #expect(preview.want(key).isEmpty)
    preview.received(key, .failed(message: "no"))
    key.imageHash = nil
    #expect(preview[key] != nil && preview.want(key).isEmpty)
    key.file = "b.jpg"
    #expect(!preview.want(key).isEmpty)
  }

  /// Jobs of a model that draws one picture a request, and the pictures that come of them.
  @Test func whatWasAskedForTogetherIsMarkedInItsOrder() {
    var session = Session(rows: 40, columns: 120)
    for place in [2, 0, 1] {
      var job = Sample.job("k7f\(place)", place == 0 ? .done : .running())
      job.group = JobGroup(id: "k7f0", place: place, size: 3)
      session.happens(.jobReported(job))
    }
    session.happens(.historyLoaded([Sample.picture("k7f0-1", "a lake")], total: 1))
    let rows = session.screen.filter { $0.contains("k7f") }.map { row in
      row.firstMatch(of: /k7f\d(-1)? \d\/3/).map { String($0.output.0) }
    }
    #expect(rows.compactMap(\.self) == ["k7f1 2/3", "k7f2 3/3", "k7f0-1 1/3"])
    session.press("Alt-4", "Home")
    #expect(session.shows("2 of 3 that were asked for together as k7f0."))
  }

  @Test func aPictureThatCannotBeShownSaysWhy() {
    var session = session()
    guard let key = session.state.previewKey else { return }
    session.happens(.previewFailed(key, message: "The file is not an image."))
    #expect(session.shows("The file is not an image."))
  }

  @Test(arguments: ["/home/ann", "/home/ann/"])
  func theHomeDirectoryIsShownAsATilde(home: String) {
    #expect(HomeDirectory(home).shown("/home/ann/Pictures/a.jpg") == "~/Pictures/a.jpg")
    #expect(HomeDirectory(home).shown("/home/ann") == "~")
    #expect(HomeDirectory(home).shown("/home/anna/a.jpg") == "/home/anna/a.jpg")
  }

  @Test(arguments: [nil, "", "/", "ann"])
  func withoutAHomeDirectoryPathsStayAsTheyAre(home: String?) {
    #expect(HomeDirectory(home).shown("/home/ann/a.jpg") == "/home/ann/a.jpg")
  }

  @Test func thePathOfAPictureBeginsAtHome() {
    var session = Session(rows: 40, columns: 160)
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    #expect(session.shows("~/Pictures/Darkroom/2026-11-21/143205-p3-1-a-red-lantern.jpg"))
    #expect(!session.screen.joined().contains("/home/ann"))
  }

  @Test func aNewSizeAsksForANewPreview() {
    var session = session()
    session.happens(.resized(Size(rows: 24, columns: 80)))
    guard case .loadPreview(let key)? = session.effects.first else {
      Issue.record("no preview was asked for")
      return
    }
    #expect(key.columns <= 40)
  }

  @Test func aNewPictureIsFollowedUnlessAnOlderOneIsLookedAt() {
    var session = session()
    session.press("F2")
    session.happens(.pictureArrived(Sample.picture("new1-1")))
    #expect(session.chosen == "new1-1")
    session.press("F5", "↓", "F2")
    session.happens(.pictureArrived(Sample.picture("new2-1")))
    #expect(session.chosen == "p3-1")
    session.happens(.pictureArrived(Sample.picture("new2-1")))
    #expect(session.total == 5)
  }

  @Test func theSelectionStaysOnItsPictureWhenTheListIsReadAgain() {
    var session = session()
    session.press("↓")
    session.happens(.historyLoaded([Sample.picture("q-1")] + Sample.pictures(3), total: 4))
    #expect(session.chosen == "p2-1")
    session.happens(.historyLoaded([], total: 0))
    #expect(session.chosen == nil)
  }

  @Test func moreIsReadNearTheEnd() {
    var session = session(200, total: 1_000)
    #expect(session.requests == [])
    for _ in 0..<30 where session.requests.isEmpty { session.press("PgDn") }
    #expect(session.requests.map(\.start) == [.before(PicturePosition(key: 1))])
    #expect(session.number ?? 200 < 200)
    session.press("↑", "↓")
    #expect(session.requests == [])
  }

  @Test func runningJobsComeFirstAndTimePasses() {
    var session = session()
    session.happens(
      .jobReported(Sample.job("k7f2", at: 100, expected: 4, arrived: 1)), .ticked(now: 112))
    #expect(session.state.wantsTicks)
    #expect(session.shows("● k7f2 0:12 of ~0:15 1/4 four seasons of a lake"))
    session.happens(.ticked(now: 113))
    #expect(session.shows("0:13 of ~0:15"))
    session.happens(.jobReported(Sample.job("k7f2", .done)), .ticked(now: 114))
    #expect(!session.shows("● k7f2"))
    #expect(session.shows("✓ Job k7f2 is done."))
  }

  @Test func aFailedJobStaysUntilItIsTakenOff() {
    var session = session()
    session.happens(
      .jobReported(Sample.job("k7f2", .failed, message: "The provider refused the prompt.")))
    #expect(session.shows("Job k7f2 failed. The provider refused the prompt."))
    session.press("Home")
    #expect(session.shows("✗ k7f2 failed"))
    session.press("x")
    #expect(!session.shows("✗ k7f2"))
    #expect(session.chosen == "p3-1")
  }

  @Test func onlyARunningJobCanBeCancelled() {
    var session = session()
    session.press("c")
    #expect(session.effects == [])
    #expect(session.shows("Select a job that waits or runs to cancel it."))
    session.happens(.jobsListed([Sample.job("k7f2")]))
    session.press("Home", "c")
    session.time += 2.5
    session.press("c")
    #expect(session.effects.contains(.cancelJob(id: "k7f2")))
    session.press("x")
    #expect(session.shows("k7f2"))
  }

  @Test func aListThatEventsHaveOvertakenTakesNothingBack() {
    var session = session()
    var job = Sample.job("k7f2")
    job.state = .running()
    session.happens(.jobReported(job))
    job.state = .queued()
    session.happens(.jobsListed([job]))
    #expect(!session.shows("waiting"))
    job.state = .failed
    session.happens(.jobsListed([job]))
    #expect(session.shows("failed"))
  }

  @Test func jobsOfALostServiceAreNotKnownAndDoNotTick() {
    var session = session()
    session.happens(
      .jobsListed([
        Sample.job("k7f2", at: 100, expected: 4, arrived: 1),
        Sample.job("k7f3", .queued(), at: 101),
        Sample.job("j2p8", .failed, at: 50),
      ]), .serviceConnected, .ticked(now: 112))
    #expect(session.frame.title == "Darkroom: 2 jobs")
    session.happens(.serviceLost(message: "The service has ended."))
    #expect(!session.state.wantsTicks)
    #expect(session.frame.title == "Darkroom")
    #expect(session.shows("● k7f2 not known, was running"))
    #expect(session.shows("○ k7f3 not known, was waiting"))
    #expect(session.shows("✗ j2p8 failed"))
    guard let place = session.place(of: "not known, was running") else { return }
    #expect(session.frame.canvas[place.row, place.column].style == Style(.dim))
    session.press("Home")
    session.press("↓")
    #expect(session.shows("Not known: it was being drawn when the service was lost."))
    session.happens(
      .jobReported(Sample.job("k7f4", .downloading(), at: 111)),
      .jobsListed([Sample.job("k7f2", at: 100), Sample.job("k7f4", at: 111)]), .serviceConnected)
    #expect(session.shows("↓ k7f4 saving"))
    #expect(session.state.wantsTicks)
    #expect(session.shows("● k7f2 0:12"))
    #expect(!session.shows("k7f3"))
  }

  @Test func aPictureBecomesAReference() {
    var session = session()
    session.press("↓", "r")
    #expect(session.state.compose.references.references == [.picture("p2-1")])
    #expect(session.shows("p2-1 is reference 1."))
    #expect(session.shows("1 p2-1"))
  }

  /// Each reference is paid for: one that is there already is added on demand only.
  @Test(arguments: ["Enter", "Space", "r"])
  func aPictureThatIsAReferenceIsAddedOnASecondPressOnly(key: String) {
    var session = session()
    session.press(key)
    session.time += 2.5
    session.press(key)
    #expect(session.state.compose.references.items.count == 1)
    #expect(session.shows("p3-1 is reference 1 already"))
    session.time += 2.5
    session.press(key)
    #expect(session.state.compose.references.items.count == 2)
    session.time += 0.04
    session.hold(key, seconds: 5, delay: 0.04)
    #expect(session.state.compose.references.items.count == 2)
  }

  /// A job that ends while the key is on its way was not meant by it.
  @Test func whatEndedJustNowStaysOnTheList() {
    var session = Session()
    session.happens(.jobsListed([Sample.job("k1", .failed, at: 10), Sample.job("k7f2")]))
    session.press("F5")
    session.happens(.jobReported(Sample.job("k7f2", .failed)))
    session.press("X")
    #expect(session.jobRows == ["k7f2"])
    #expect(
      session.shows("1 ended job taken off the list. 1 job ended just now: X again takes those"))
    session.press("X")
    #expect(session.jobRows.isEmpty)
  }

  /// What has ended takes no room from what has just arrived.
  @Test func endedJobsLeaveNewPicturesInSight() {
    var session = Session(rows: 24, columns: 80)
    session.happens(
      .historyLoaded(Sample.pictures(3), total: 3),
      .jobsListed((0..<9).map { Sample.job("e\($0)", .failed, at: Double($0)) }))
    #expect(session.rows == ["e8", "e7", "e6", "p3-1", "p2-1"])
    var atTop = session
    atTop.press("F5", "Home")
    #expect(atTop.jobRows == ["e8", "e7", "e6"])
    session.press("F5", "X")
    #expect(session.jobRows.isEmpty)
    #expect(session.shows("9 ended jobs taken off the list."))
    #expect(session.chosen == "p3-1")
    var drawn = Sample.job("d1", .failed, at: 1)
    drawn.members = [Sample.lost(isFetchable: true)]
    session.happens(.jobReported(drawn), .jobReported(Sample.job("u1", .unknown(.open))))
    session.press("X")
    #expect(session.jobRows == ["u1", "d1"])
  }

  /// A picture that cannot be fetched is tried for again and again.
  @Test func aJobThatFailsAgainInTheSameWayIsToldOfOnce() {
    var session = session()
    session.press("F2")
    let failed = Sample.job("k7f2", .failed, message: "It is gone.")
    session.happens(.jobReported(failed))
    #expect(session.shows("Job k7f2 failed. It is gone."))
    session.press("x")
    session.happens(.jobReported(Sample.job("k7f2", .downloading())), .jobReported(failed))
    #expect(!session.shows("Job k7f2 failed."))
  }

  /// News wait until the answer to a key could be read.
  @Test func newsDoNotCoverARefusal() {
    var session = session()
    session.press("c")
    #expect(session.shows("Select a job that waits or runs to cancel it."))
    session.happens(.jobReported(Sample.job("k7f2")), .jobReported(Sample.job("k7f2", .done)))
    #expect(session.shows("Select a job that waits or runs to cancel it."))
    for second in 1...7 { session.happens(.ticked(now: Double(second))) }
    #expect(session.shows("✓ Job k7f2 is done."))
  }

  @Test func itsPromptIsTakenOverAndCanBeTakenBack() {
    var session = Session()
    session.type("what I wrote")
    session.happens(.historyLoaded(Sample.pictures(2), total: 2))
    session.press("Alt-4", "p")
    #expect(session.state.focus == .prompt)
    #expect(session.state.compose.prompt.editor.text == "picture number 2")
    #expect(session.shows("Ctrl-_ takes it back."))
    session.press("Ctrl-_")
    #expect(session.state.compose.prompt.editor.text == "what I wrote")
  }

  @Test func clickAndWheelWorkOnThePaneUnderThePointer() {
    var session = session(100)
    session.press("Alt-1")
    guard let place = session.place(of: "picture number 98") else {
      Issue.record("the list is not shown")
      return
    }
    session.click(row: place.row, column: place.column)
    #expect(session.state.focus == .history)
    #expect(session.chosen == "p98-1")
    session.press("Alt-1")
    session.click(row: place.row, column: place.column, .wheelDown)
    #expect(session.state.focus == .prompt)
    #expect(!session.shows("picture number 100"))
    // The selection goes along only as far as it must.
    #expect(session.chosen == "p97-1")
  }

  @Test func aHugeGalleryMovesByPages() {
    var session = session(150, total: 1_000_000)
    let rows = session.lines.count
    session.press("PgDn")
    #expect(session.number == rows)
    session.press("PgDn", "PgUp", "PgUp", "PgUp")
    #expect(session.number == 1)
  }
}
