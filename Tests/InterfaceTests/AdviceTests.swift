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

  /// A model that has ended is said wherever the focus is, and the first press waits.
  @Test func whatHasEndedIsSaidBeforeItIsSent() {
    let notice = LifeNotice(
      of: .seedream45, "Seedream 4.5 has ended at ark on 24 November 2026",
      successor: .seedream5Pro, isOver: true)
    var session = Session(providers: [
      ProviderItem(name: "ark", site: .volcengine, notices: ["seedream-4.5": notice]),
      ProviderItem(name: "work"),
    ])
    session.type("fog")
    #expect(session.screen[0].contains("ark: at most ¥0.25, Seedream 4.5 has ended here"))
    session.press("Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(session.shows("Press Ctrl-G again to send it, at most ¥0.25: Seedream 4.5 has ended"))
    #expect(session.shows("Seedream 5.0 pro"))
    session.time += 2.5
    session.press("Ctrl-G")
    #expect(session.sent.count == 1)
    // Who has agreed is not asked for each request.
    session.happens(.sendAccepted(ticket: 1, jobID: "k7f2"))
    session.time += 5
    session.type("!")
    session.press("Ctrl-G")
    #expect(session.sent.count == 1)
  }

  @Test func whatOneSourceReportsIsCalledReported() {
    let notice = LifeNotice(
      of: .seedream45, "Seedream 4.5 is reported to have ended", isOver: true, isReported: true)
    var session = Session(
      columns: 160,
      providers: [
        ProviderItem(
          name: "ark", site: .volcengine,
          limits: RequestLimits(families: [.seedream45, .seedream40]),
          notices: ["seedream-4.5": notice])
      ])
    #expect(session.screen[0].contains("Seedream 4.5 is reported to have ended here"))
    session.press("F3", "Enter")
    #expect(session.shows("reported ended"))
    #expect(session.shows("Seedream 5.5  not named here"))
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
