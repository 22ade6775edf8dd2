import Jobs
import Screen
import Testing

@testable import Interface

/// A key held down never answers its own question, whatever keyboard it is on.
@Suite("Keys held down")
struct HeldKeyTests {
  /// Seconds before a keyboard repeats: X11, macOS, GNOME and Windows from the quickest to the slowest.
  private static let delays = [0.2, 0.25, 0.375, 0.5, 0.66, 0.75, 1.0, 1.8, 2.0]

  private func asksOnly(_ session: Session, _ key: String, _ delay: Double) {
    for seconds in [delay + 0.01, 5] {
      var held = session
      held.hold(key, seconds: seconds, delay: delay)
      let paid = held.effects.filter {
        switch $0 {
        case .send, .retryJob, .cancelJob, .cancelJobs, .editJob, .quit: true
        default: false
        }
      }
      #expect(paid == [], "\(key), \(delay)")
      #expect(held.shows("That was too soon"), "\(key), \(delay)")
      held.time += 2.5
      held.press(key)
      #expect(!held.effects.isEmpty, "\(key), \(delay)")
    }
  }

  @Test(arguments: delays)
  func aQuestionIsNotAnswered(delay: Double) {
    asksOnly(Session.onJob(.unknown(.open)), "R", delay)
    asksOnly(Session.onJob(.running()), "c", delay)
    asksOnly(Session.onJob(.running()), "C", delay)
    var dialog = Session.onJob(.unknown(.open))
    dialog.press("Enter", "↓")
    asksOnly(dialog, "Enter", delay)
    asksOnly(dialog, "R", delay)
  }

  @Test(arguments: delays)
  func aRequestIsSentOnce(delay: Double) {
    var session = Session()
    session.type("fog")
    session.press("Ctrl-G")
    session.time += 0.05
    session.happens(
      .jobReported(Sample.job("k7f2", .running())), .sendAccepted(ticket: 1, jobID: "k7f2"))
    session.time = delay
    session.hold("Ctrl-G", seconds: 10, delay: 0.033)
    #expect(session.sent.isEmpty)
  }

  @Test(arguments: delays)
  func changesToAJobAreNotDropped(delay: Double) {
    var session = Session()
    session.happens(.serviceConnected, .jobsListed([Sample.waiting("a111", 0, "the first")]))
    session.press("F5", "e")
    session.type("!")
    for key in ["Ctrl-C", "Ctrl-Q", "F10", "Esc"] {
      var held = session
      held.hold(key, seconds: 5, delay: delay)
      #expect(!held.effects.contains(.quit), "\(key)")
      #expect(held.state.compose.editing?.jobID == "a111", "\(key)")
    }
  }

  /// A line that stands still brings at once what a key held down sent meanwhile, however late that is.
  @Test func whatComesTogetherIsNoAnswer() {
    var session = Session.onJob(.unknown(.open))
    session.press("R")
    session.time += 3
    let repeats = Array(repeating: InputEvent.key(Key(named: "R")), count: 3)
    session.state.expect(repeats)
    session.happens(.input(repeats[0]))
    #expect(session.effects == [])
    session.happens(.input(repeats[1]), .input(repeats[2]))
    #expect(session.effects == [])
    session.time += 2
    session.state.expect([repeats[0]])
    session.press("R")
    #expect(session.effects == [])
    session.time += 2.2
    session.press("R")
    #expect(session.effects.contains(.retryJob(id: "k7f2")))
  }
}
