import Jobs
import Screen
import Seedream
import Testing

@testable import Interface

@Suite("Paying once")
struct SendOnceTests {
  private let question = "! Press Ctrl-G again to send the same request once more."

  /// A request that was accepted at second 10.
  private func accepted() -> Session {
    var session = Session()
    session.type("fog")
    session.time = 10
    session.press("Alt-Enter")
    session.happens(
      .jobReported(Sample.job("k7f2", .running())), .sendAccepted(ticket: 1, jobID: "k7f2"))
    return session
  }

  @Test func theSameRequestIsNotSentWhileOneIsUnanswered() {
    var session = Session()
    session.type("fog")
    session.hold("Alt-Enter", seconds: 5)
    #expect(session.sent.count == 1)
    #expect(session.shows("Already sending; press again when it is accepted."))
  }

  @Test func anotherRequestGoesAtOnce() {
    var session = Session()
    session.type("fog")
    session.press("Alt-Enter", "!", "Alt-Enter")
    #expect(session.sent.map(\.prompt) == ["fog", "fog!"])
    session.press("Alt-2", "←", "Alt-Enter")
    #expect(session.sent.count == 1)
  }

  @Test func aRefusedRequestMayBeSentAgain() {
    var session = Session()
    session.type("fog")
    session.press("Alt-Enter")
    session.happens(.sendRefused(ticket: 1, [], message: "The service cannot start."))
    session.time = 1
    session.press("Alt-Enter")
    #expect(session.sent.count == 1)
  }

  @Test func theSameRequestWithinASecondAsksForASecondPress() {
    var session = accepted()
    session.time += 0.5
    session.press("Alt-Enter")
    #expect(session.sent.isEmpty)
    #expect(session.shows(question))
    session.time += 0.4
    session.press("Alt-Enter")
    #expect(session.sent.isEmpty)
    #expect(session.shows(question + " That was too soon: wait two seconds first."))
    session.time += 2.2
    session.press("Alt-Enter")
    #expect(session.sent.map(\.prompt) == ["fog"])
  }

  @Test func laterItGoesWithoutAQuestion() {
    var session = accepted()
    session.time += 3
    session.press("Alt-Enter")
    #expect(session.sent.count == 1)
  }

  @Test(arguments: [JobState.queued(), .sending])
  func aJobThatWaitsMakesItAsk(state: JobState) {
    var session = accepted()
    session.happens(.jobReported(Sample.job("k7f2", state)))
    session.time += 60
    session.press("Alt-Enter")
    #expect(session.sent.isEmpty)
    #expect(session.shows(question))
    session.time += 2.5
    session.press("Alt-Enter")
    #expect(session.sent.count == 1)
  }

  /// However long it is held and whenever the answer comes.
  @Test func aKeyHeldDownPaysOnce() {
    var session = Session()
    session.type("fog")
    session.press("Alt-Enter")
    #expect(session.sent.count == 1)
    session.happens(
      .jobReported(Sample.job("k7f2", .running())), .sendAccepted(ticket: 1, jobID: "k7f2"))
    session.time = 0.66
    session.hold("Alt-Enter", seconds: 10, delay: 0.04)
    #expect(session.sent.isEmpty)
    session.time += 2.5
    session.press("Alt-Enter")
    #expect(session.sent.count == 1)
  }

  @Test func anotherKeyTakesTheQuestionBack() {
    var session = accepted()
    session.time += 0.5
    session.press("Alt-Enter", "→")
    #expect(!session.shows(question))
    session.time += 0.4
    session.press("Alt-Enter")
    #expect(session.sent.isEmpty)
    #expect(session.shows(question))
  }

  @Test func aQuestionOutOfSightIsAskedAnew() {
    var session = accepted()
    session.happens(.jobReported(Sample.job("k7f2", .queued())))
    session.time += 0.5
    session.press("Alt-Enter")
    session.happens(.noticed(Notice(.information, "the theme was loaded")))
    session.time += 0.5
    session.press("Alt-Enter")
    #expect(session.sent.isEmpty)
    #expect(session.shows(question))
  }

  /// A loop that tells no times still never pays twice within a tick.
  @Test func withoutAClockTheTicksCount() {
    var session = Session()
    session.type("fog")
    let key = AppAction.input(.key(Key(named: "Alt-Enter")))
    _ = session.state.reduce(key)
    _ = session.state.reduce(.sendAccepted(ticket: 1, jobID: "k7f2"))
    for _ in 0..<20 { #expect(session.state.reduce(key).isEmpty) }
  }
}
