import Jobs
import Screen
import Testing

@testable import Interface

@Suite("Sending a job once more")
struct RetryTests {
  private func retries(_ session: Session) -> Int {
    session.effects.count { $0 == .retryJob(id: "k7f2") }
  }

  @Test func whatWasSurelyRefusedIsSentAtOnceAndOnceWithItsPrice() {
    var session = Session.onJob(.failed)
    var other = session
    other.press("R")
    #expect(other.shows("Sending job k7f2 once more, at most $0.04…"))
    session.hold("R", seconds: 5)
    #expect(retries(session) == 1)
    #expect(session.shows("Job k7f2 was sent once more already. Press R again"))
    session.time += 2.5
    session.press("R")
    #expect(retries(session) == 1)
  }

  @Test func anUnknownOutcomeIsAskedAboutFirst() {
    var session = Session.onJob(.unknown(.open))
    session.press("R")
    #expect(retries(session) == 0)
    #expect(session.shows("! Job k7f2 may have been drawn and paid for. Press R again"))
    session.time += 2.5
    session.press("R")
    #expect(retries(session) == 1)
    #expect(session.shows("Sending job k7f2 once more, at most"))
  }

  @Test func aKeyHeldDownNeverAnswers() {
    var session = Session.onJob(.unknown(.open))
    session.press("R")
    session.time += 0.04
    session.hold("R", seconds: 20, delay: 0.04)
    #expect(retries(session) == 0)
  }

  /// The question is about one job: another key, or another job, takes it back.
  @Test func theAnswerIsForTheJobThatWasAskedAbout() {
    var session = Session.onJob(.unknown(.open))
    session.happens(.jobReported(Sample.job("j2p8", .unknown(.open), at: 50)))
    session.press("R", "↓")
    session.time += 2.5
    session.press("R")
    #expect(session.effects == [])
    #expect(session.shows("! Job j2p8 may have been drawn and paid for."))
    session.press("x")
    #expect(!session.shows("Press R again"))
  }

  @Test func runningJobsAndPicturesAreNotSentOnceMore() {
    var session = Session.onJob(.running())
    session.press("R")
    #expect(session.effects == [])
    #expect(session.shows("Select a job that failed or was cancelled to send it once more."))
    session.press("↓", "R")
    #expect(retries(session) == 0)
  }

  /// The letter beside it, `r`, takes a picture as a reference.
  @Test func theSmallLetterStillTakesAReference() {
    var session = Session.onJob(.failed)
    session.press("↓", "r")
    #expect(session.state.compose.references.items.count == 1)
    #expect(retries(session) == 0)
  }

  // MARK: What was paid for

  /// Whatever may have been paid for is asked about, with the price of paying anew.
  @Test(arguments: [JobState.unknown(.open), .cancelled, .partlyDone])
  func whatMayHaveBeenPaidForIsAskedAboutWithThePrice(state: JobState) {
    var session = Session.onJob(state)
    session.press("R")
    #expect(retries(session) == 0)
    #expect(
      session.state.message.notice?.text.hasSuffix("Press R again to pay anew, at most $0.04.")
        == true)
    session.time += 2.5
    session.press("R")
    #expect(retries(session) == 1)
  }

  @Test func whatIsFreeIsNotPaidAnew() {
    var session = Session.onJob(.unknown(.open))
    var job = Sample.job("k7f2", .unknown(.open))
    job.provider = "sandbox"
    session.happens(.jobReported(job))
    for _ in 0..<2 {
      session.press("R")
      #expect(!session.screen.joined().contains("anew"))
      session.happens(.jobReported(job))
    }
    #expect(session.shows("Press R again to send it again, free."))
  }

  @Test func aJobThatFailedBehindADrawnPictureIsAskedAbout() {
    var session = Session.onJob(.failed)
    var job = Sample.job("k7f2", .failed)
    job.members = [Sample.lost(isFetchable: false)]
    session.happens(.jobReported(job))
    session.press("R")
    #expect(retries(session) == 0)
    #expect(session.shows("Job k7f2 was drawn and paid for. Press R again to pay anew"))
  }

  @Test func aJobCancelledBeforeItLeftIsSentAtOnce() {
    var session = Session.onJob(.failed)
    var job = Sample.job("k7f2", .cancelled)
    job.sent = nil
    session.happens(.jobReported(job))
    session.press("R")
    #expect(retries(session) == 1)
  }

  /// A picture that is drawn and not here costs nothing to fetch; only a second press pays.
  @Test func whatIsDrawnAndNotHereIsFetchedFirst() {
    var session = Session.onJob(.failed)
    var job = Sample.job("k7f2", .failed, message: "Its picture was drawn but not saved.")
    job.members = [Sample.lost(isFetchable: true)]
    session.happens(.jobReported(job))
    #expect(session.shows("✗ k7f2 drawn, not here"))
    session.press("R")
    #expect(session.effects == [.fetchPictures(jobID: "k7f2")])
    #expect(session.shows("are fetched now, for free. Press R again to pay anew, at most $0.04."))
    session.time += 0.04
    session.hold("R", seconds: 5, delay: 0.04)
    #expect(session.effects.isEmpty)
    // It fails once more, as it did before: the question stays.
    var fetching = job
    fetching.state = .downloading()
    session.happens(.jobReported(fetching), .jobReported(job))
    session.time += 2.5
    session.press("R")
    #expect(retries(session) == 1)
  }

  /// The question is out of sight: the fetching was tried already, and paying is asked about anew.
  @Test func whatCouldNotBeFetchedIsAskedAboutAnew() {
    var session = Session.onJob(.failed)
    var job = Sample.job("k7f2", .failed)
    job.members = [Sample.lost(isFetchable: true)]
    session.happens(.jobReported(job))
    session.press("R", "↓", "↑")
    session.time += 2.5
    session.press("R")
    #expect(session.effects.isEmpty)
    #expect(session.shows("are paid for. Press R again to pay anew"))
    session.time += 2.5
    session.press("R")
    #expect(retries(session) == 1)
  }

  @Test func theSandboxIsFree() {
    var session = Session.onJob(.failed)
    var job = Sample.job("k7f2", .cancelled)
    job.provider = "sandbox"
    session.happens(.jobReported(job))
    session.press("R")
    #expect(retries(session) == 1)
    #expect(session.shows("Sending job k7f2 once more, free…"))
  }

  // MARK: Cancelling

  private func cancels(_ session: Session) -> Int {
    session.effects.count { $0 == .cancelJob(id: "k7f2") }
  }

  @Test(arguments: [JobState.sending, .running(), .downloading()])
  func cancellingWhatHasLeftIsAskedFirst(state: JobState) {
    var session = Session.onJob(state)
    session.press("c")
    session.time += 0.04
    session.hold("c", seconds: 5, delay: 0.04)
    #expect(cancels(session) == 0)
    #expect(
      session.shows(
        "! Job k7f2 has left and is paid all the same: c again throws its pictures away."))
    session.time += 2.5
    session.press("c")
    #expect(cancels(session) == 1)
  }

  @Test func whatWaitsOrIsFreeIsCancelledAtOnce() {
    var session = Session.onJob(.queued())
    session.press("c")
    #expect(cancels(session) == 1)
    var free = Session.onJob(.failed)
    var job = Sample.job("k7f2")
    job.provider = "sandbox"
    free.happens(.jobReported(job))
    free.press("c")
    #expect(cancels(free) == 1)
  }

  /// A job that leaves while it is looked at is not thrown away by the key that meant a waiting one.
  @Test func aJobThatLeavesMeanwhileIsAskedAbout() {
    var session = Session.onJob(.queued())
    session.happens(.jobReported(Sample.job("k7f2")))
    session.press("c")
    #expect(cancels(session) == 0)
  }
}
