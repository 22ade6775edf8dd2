import Jobs
import Paging
import Screen
import Seedream
import Testing

@testable import Interface

/// One rule for whatever is open when the request is sent: it is taken, or the send waits.
@Suite("Open inputs at the send")
struct OpenInputTests {
  private func session(
    _ providers: [ProviderItem] = [ProviderItem(name: "sandbox", isSandbox: true)]
  )
    -> Session
  {
    var session = Session(providers: providers)
    session.type("fog")
    return session
  }

  @Test(arguments: ["Ctrl-G", "Alt-Enter"])
  func aHighlightedValueIsTaken(key: String) {
    var session = session()
    session.press("F3", "↓", "Enter", "↓", key)
    #expect(session.sent.map(\.size) == [.keyword("4K")])
    #expect(session.state.layers.top == nil)
  }

  @Test func aTypedValueIsTakenOrTheSendWaits() {
    var session = session()
    session.press("F3", "↓")
    session.type("4096x4096")
    session.press("Ctrl-G")
    #expect(session.sent.map(\.size) == [.pixels(width: 4096, height: 4096)])
    session.type("2big")
    session.press("Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(session.shows("✗ Not a size."))
  }

  @Test func aHalfTypedReferenceIsLookedAtAndTheSendWaits() {
    var session = session()
    session.press("F4", "a")
    session.type("/tmp/cat.jpg")
    session.press("Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(session.inspections.map(\.text) == ["/tmp/cat.jpg"])
    #expect(session.shows("Reference 1 is still being looked at: press Ctrl-G again in a moment."))
    session.happens(
      .referenceInspected(token: session.inspections[0].token, Sample.facts("cat.jpg")))
    session.press("Ctrl-G")
    #expect(session.sent.map(\.references) == [[.file("/tmp/cat.jpg")]])
  }

  @Test func anEmptyInputIsClosed() {
    var session = session()
    session.press("F4", "a", "Ctrl-G")
    #expect(session.sent.count == 1)
    #expect(session.state.compose.references.line == nil)
  }

  @Test func aSearchIsTakenToo() {
    var session = session()
    session.press("F5", "/")
    session.type("lake")
    session.press("Ctrl-G")
    #expect(session.sent.count == 1)
    #expect(session.requests.map(\.filter.words) == ["lake"])
  }

  /// Nobody pays a price that was not shown before the key.
  @Test func aPriceThatChangesWithItIsShownFirst() {
    var session = session([ProviderItem(name: "ark", site: .volcengine)])
    session.press("F3", "End")
    while session.state.compose.parameters.selected != .count { session.press("↑") }
    session.type("4")
    session.press("Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(session.shows("changes the price. ark: at most"))
    session.press("Ctrl-G")
    #expect(session.sent.map(\.count) == [4])
  }

  @Test func whatIsInFrontOfThePanesSaysThatNothingIsSent() {
    var session = session()
    session.press("F1", "Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(
      session.state.message.notice?.text == "Nothing is sent from here: Esc closes this first.")
    session.press("Esc")
    session.happens(.jobsListed([Sample.job("j2p8", .unknown(.open))]))
    session.press("F5", "Home", "Enter", "Alt-Enter")
    #expect(session.sent.isEmpty)
    #expect(session.shows("Nothing is sent from here"))
  }

  @Test func altAsLettersReachesThePanesWhereNothingIsTyped() {
    var session = session()
    session.press("F5")
    session.type("±")
    #expect(session.state.focus == .prompt)
    session.type("±")
    #expect(session.state.compose.prompt.editor.text == "fog±")
  }
}
