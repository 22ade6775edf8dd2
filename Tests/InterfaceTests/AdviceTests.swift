import Screen
import Seedream
import Testing

@testable import Interface

@Suite("Advice")
struct AdviceTests {
  /// A provider that names another model only and wants references by address.
  private func session() -> Session {
    var session = Session(providers: [
      ProviderItem(
        name: "small", limits: RequestLimits(families: [.seedream40], addressesOnly: true))
    ])
    session.type("fog")
    return session
  }

  @Test func itIsShownDimAndNotAsAnError() {
    var session = session()
    #expect(session.shows("Model     i Seedream 4.5"))
    #expect(!session.screen.joined().contains("✗"))
    guard let mark = session.place(of: "i Seedream 4.5") else { return }
    #expect(session.frame.canvas[mark.row, mark.column].style == Style(.dim))
    #expect(session.frame.canvas[mark.row, mark.column + 2].style == Style(.value))
    session.press("Alt-2")
    #expect(session.shows(" This provider names only seedream-4.0"))
    #expect(!session.screen.joined().contains("✗"))
  }

  @Test func itDoesNotKeepARequestFromBeingSent() {
    var session = session()
    session.press("Alt-3", "a")
    session.type("/tmp/cat.jpg")
    session.press("Enter")
    session.happens(
      .referenceInspected(
        token: session.inspections.first?.token ?? 0, Sample.facts("cat.jpg")))
    guard let place = session.place(of: "This provider") else {
      Issue.record("no advice on the reference")
      return
    }
    #expect(session.frame.canvas[place.row, place.column].style == Style(.selection))
    #expect(!session.shows("1 ! cat.jpg"))
    session.press("Alt-1", "Ctrl-G")
    #expect(session.sent.count == 1)
    #expect(session.frame.canvas[place.row, place.column].style == Style(.dim))
  }

  @Test func whatBlocksIsSaidBeforeAdvice() {
    var session = session()
    session.happens(
      .sendRefused(
        ticket: 9,
        [
          Problem(.model, "The model is not open to you."),
          Problem(.model, "It is being retired.", severity: .advice),
        ], message: "Refused."))
    #expect(session.shows("Model     ! Seedream 4.5"))
    session.press("→", "Alt-2")
    #expect(session.shows("✗ The model is not open to you."))
  }

  @Test func aLongPromptIsSentWithAWord() {
    var session = Session()
    session.happens(.input(.paste(String(repeating: "fog ", count: 700))))
    #expect(!session.screen.joined(separator: "\n").contains("The prompt is long"))
    session.press("Ctrl-G")
    #expect(session.sent.count == 1)
    #expect(session.shows("Sending… The prompt is long"))
  }
}
