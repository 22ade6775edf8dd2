import Jobs
import Screen
import Seedream
import Testing

@testable import Interface

@Suite("Sending")
struct SendTests {
  @Test func aPromptIsSentAndStays() {
    var session = Session()
    session.type("a red lantern")
    session.press("Alt-Enter")
    #expect(session.sent.map(\.prompt) == ["a red lantern"])
    #expect(session.sent.first?.size == .keyword("2K"))
    session.happens(.sendAccepted(ticket: 1, jobID: "k7f2"))
    #expect(session.shows("✓ Sent as job k7f2."))
    #expect(session.shows("a red lantern"))
  }

  @Test func severalJobsHaveTicketsOfTheirOwn() {
    var session = Session()
    session.type("fog")
    session.press("Ctrl-G", "!", "Ctrl-G")
    let tickets = session.effects.compactMap { effect in
      if case .send(let ticket, _, let provider) = effect, provider == "sandbox" {
        ticket
      } else {
        nil
      }
    }
    #expect(Set(tickets).count == 2)
  }

  @Test(arguments: ["", "   ", "\n\n"])
  func anEmptyPromptIsRefusedWithASentence(text: String) {
    var session = Session()
    session.type(text)
    session.press("Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(session.shows("✗ The prompt is empty"))
    session.type("a")
    #expect(!session.shows("The prompt is empty"))
  }

  @Test func aSizeTheModelRefusesIsMarkedInPlace() {
    var session = Session()
    session.type("fog")
    session.press("Alt-2", "↓")
    session.type("1024x1024")
    session.press("Enter")
    #expect(session.shows("Size      ! "))
    session.press("Alt-1", "Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(session.shows("1920x1920"))
    #expect(session.shows("‹") == false)
    #expect(session.state.compose.prompt.editor.text == "fog")
    #expect(session.state.compose.parameters.request.size == .pixels(width: 1024, height: 1024))
  }

  @Test func whatTheServiceRefusesIsShownInPlace() {
    var session = Session()
    session.type("fog")
    session.press("Ctrl-G")
    session.happens(
      .sendRefused(
        ticket: 1, [Problem(.count, "Only one picture is drawn at a time.")],
        message: "The job was refused: only one picture is drawn at a time."))
    #expect(session.shows("✗ The job was refused"))
    #expect(session.shows("Pictures  ! "))
    #expect(session.shows("fog"))
  }

  @Test func aReferenceStillLookedAtHoldsTheRequestBack() {
    var session = Session()
    session.type("fog")
    session.happens(
      .draftRestored(
        Draft(provider: "sandbox", request: GenerationRequest(model: "seedream-4.5", prompt: ""))))
    #expect(session.state.compose.prompt.editor.text == "fog")
    session.press("Alt-3", "a")
    session.type("/tmp/cat.jpg")
    session.press("Enter")
    let token = session.inspections.first?.token ?? 0
    session.happens(.referenceInspected(token: token, Sample.facts("cat.jpg")))
    session.press("F2", "Ctrl-G")
    #expect(session.sent.first?.references == [.file("/tmp/cat.jpg")])
  }

  @Test func onlyWhatTheModelTakesIsSent() {
    var session = Session()
    session.type("fog")
    session.state.compose.parameters.set(.count(4))
    session.state.compose.parameters.set(.seed(7))
    session.state.compose.parameters.set(.model("seedream-5.0-pro"))
    session.press("Ctrl-G")
    #expect(session.sent.first?.count == 4, "so many requests")
    #expect(session.sent.first?.seed == nil)
    session.state.compose.parameters.set(.model("seedream-4.5"))
    #expect(session.state.compose.parameters.request.count == 4)
  }

  @Test func aServiceThatAnswersAtOnceIsNotWaitedForOnTheScreen() {
    var session = Session()
    #expect(!session.shows("connecting"))
    #expect(session.state.wantsTicks, "it may take long")
    session.happens(.ticked(now: 1))
    #expect(session.shows("connecting"))
    #expect(!session.state.wantsTicks)
    session.happens(.serviceConnected)
    #expect(!session.shows("connecting"))
  }

  @Test func draftsAreSavedASecondAfterTypingAndWhenLeaving() {
    var session = Session()
    session.happens(.serviceConnected)
    #expect(!session.state.wantsTicks)
    session.type("fog")
    #expect(session.state.wantsTicks)
    session.happens(.ticked(now: 1))
    #expect(session.effects == [.saveDraft(session.state.draft)])
    #expect(session.state.draft.request.prompt == "fog")
    #expect(!session.state.wantsTicks)
    session.press("Ctrl-Q")
    #expect(session.effects == [.saveDraft(session.state.draft), .quit])
  }

  @Test func aDraftComesBackWhole() {
    var request = GenerationRequest(
      model: "seedream-4.0", prompt: "四季\nfour seasons",
      references: [.picture("k7f2-1"), .url("https://a.b/c.png")])
    request.count = 4
    var session = Session()
    var draft = Draft(provider: "ark", request: request)
    draft.chosen = "sandbox"
    session.happens(.draftRestored(draft))
    #expect(session.inspections.map(\.text) == ["k7f2-1", "https://a.b/c.png"])
    let tokens = session.inspections.map(\.token)
    session.happens(
      .referenceInspected(
        token: tokens[0], ReferenceFacts(reference: .picture("k7f2-1"), name: "k7f2-1")),
      .referenceInspected(
        token: tokens[1], ReferenceFacts(reference: .url("https://a.b/c.png"), name: "c.png")))
    #expect(session.state.draft == draft)
  }

  @Test func theEditorsTextComesBackAsOneStep() {
    var session = Session()
    session.type("fog")
    session.press("Ctrl-O")
    #expect(session.effects == [.openEditor("fog")])
    session.happens(.editorReturned("a deep fog\nat dawn\n"))
    #expect(session.state.compose.prompt.editor.text == "a deep fog\nat dawn")
    session.press("Ctrl-_")
    #expect(session.state.compose.prompt.editor.text == "fog")
    session.happens(.editorReturned(nil))
    #expect(session.state.compose.prompt.editor.text == "fog")
  }

  @Test func quittingTakesTwoPressesOfControlC() {
    var session = Session()
    session.happens(.jobReported(Sample.job("k7f2")))
    session.press("Ctrl-C")
    #expect(session.shows("Press Ctrl-C again to quit. The running job goes on."))
    session.press("Ctrl-L")
    #expect(session.shows("Press Ctrl-C again to quit. The running job goes on."))
    session.type("x")
    session.press("Ctrl-C")
    #expect(!session.effects.contains(.quit))
    session.press("Ctrl-C")
    #expect(session.effects.contains(.quit))
    #expect(!session.effects.contains(.cancelJob(id: "k7f2")))
  }

  @Test func noticesGoByThemselvesAndErrorsWithTheNextKey() {
    var session = Session()
    session.happens(.noticed(Notice(.information, "the theme was loaded")))
    #expect(session.state.wantsTicks)
    for second in 1...6 { session.happens(.ticked(now: Double(second))) }
    #expect(!session.shows("the theme was loaded"))
    #expect(!session.state.wantsTicks)
    session.happens(.noticed(Notice(.error, "the disk is full")))
    #expect(!session.state.wantsTicks)
    for second in 7...20 { session.happens(.ticked(now: Double(second))) }
    #expect(session.shows("✗ the disk is full"))
    session.press("→")
    #expect(!session.shows("the disk is full"))
  }

  @Test func textFromOutsideCannotSteerTheTerminal() {
    var session = Session()
    session.happens(.noticed(Notice(.error, "bad name \u{1B}[31m\u{202E}")))
    #expect(session.shows("bad name ␛[31m<202E>"))
  }
}
