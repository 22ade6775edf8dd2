import Screen
import Testing

@testable import Interface

@Suite("Sending a job once more")
struct RetryTests {
  private func session(_ state: JobItem.State) -> Session {
    var session = Session()
    session.happens(
      .historyLoaded(Sample.pictures(2), total: 2), .jobsListed([Sample.job("k7f2", state)]))
    session.press("Alt-4", "Home")
    return session
  }

  private func retries(_ session: Session) -> Int {
    session.effects.count { $0 == .retryJob(id: "k7f2") }
  }

  @Test(arguments: [JobItem.State.failed, .cancelled, .partlyDone])
  func anEndedJobIsSentAtOnceAndOnce(state: JobItem.State) {
    var session = session(state)
    session.hold("R", seconds: 5)
    #expect(retries(session) == 1)
    #expect(session.shows("Job k7f2 was sent once more already. Press R again"))
    session.time += 1
    session.press("R")
    #expect(retries(session) == 1)
  }

  @Test func anUnknownOutcomeIsAskedAboutFirst() {
    var session = session(.unknown)
    session.press("R")
    #expect(retries(session) == 0)
    #expect(session.shows("! Job k7f2 may have been drawn and paid for. Press R again"))
    session.time += 1
    session.press("R")
    #expect(retries(session) == 1)
    #expect(session.shows("Sending job k7f2 once more…"))
  }

  @Test func aKeyHeldDownNeverAnswers() {
    var session = session(.unknown)
    session.press("R")
    session.time += 0.04
    session.hold("R", seconds: 20, delay: 0.04)
    #expect(retries(session) == 0)
  }

  /// The question is about one job: another key, or another job, takes it back.
  @Test func theAnswerIsForTheJobThatWasAskedAbout() {
    var session = session(.unknown)
    session.happens(.jobReported(Sample.job("j2p8", .unknown, at: 50)))
    session.press("R", "↓")
    session.time += 1
    session.press("R")
    #expect(session.effects == [])
    #expect(session.shows("! Job j2p8 may have been drawn and paid for."))
    session.press("x")
    #expect(!session.shows("Press R again"))
  }

  @Test func runningJobsAndPicturesAreNotSentOnceMore() {
    var session = session(.running)
    session.press("R")
    #expect(session.effects == [])
    #expect(session.shows("Select a job that failed or was cancelled to send it once more."))
    session.press("↓", "R")
    #expect(retries(session) == 0)
  }

  /// The letter beside it, `r`, takes a picture as a reference.
  @Test func theSmallLetterStillTakesAReference() {
    var session = session(.failed)
    session.press("↓", "r")
    #expect(session.state.references.items.count == 1)
    #expect(retries(session) == 0)
  }
}
