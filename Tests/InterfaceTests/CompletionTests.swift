import Jobs
import Screen
import Testing

@testable import Interface

@Suite("Tab where a path is typed")
struct CompletionTests {
  private func session(_ typed: String) -> Session {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(12), total: 12))
    session.press("F4", "a")
    session.type(typed)
    session.press("Tab")
    return session
  }

  @Test func aPathIsCompletedAndThePaneStays() {
    var session = session("/tmp/wi")
    #expect(session.effects == [.completePath("/tmp/wi")])
    #expect(session.state.focus == .references)
    session.happens(.pathCompleted(typed: "/tmp/wi", ["/tmp/wide.png"]))
    #expect(session.state.compose.references.line?.editor.text == "/tmp/wide.png")
    session.press("Enter")
    #expect(session.inspections.map(\.text) == ["/tmp/wide.png"])
  }

  @Test func whatSeveralHaveInCommonIsTaken() {
    var session = session("/tmp/w")
    session.happens(.pathCompleted(typed: "/tmp/w", ["/tmp/wide.png", "/tmp/wind/"]))
    #expect(session.state.compose.references.line?.editor.text == "/tmp/wi")
    #expect(session.shows("wide.png, wind/"))
  }

  @Test func anIdOfAPictureIsCompleted() {
    var session = session("p12")
    session.happens(.pathCompleted(typed: "p12", []))
    #expect(session.state.compose.references.line?.editor.text == "p12-1")
  }

  @Test func whatFitsNothingSaysSo() {
    var session = session("/tmp/none")
    session.happens(.pathCompleted(typed: "/tmp/none", []))
    #expect(session.shows("Nothing begins with '/tmp/none'."))
  }

  @Test func anAnswerToWhatIsTypedNoMoreDoesNothing() {
    var session = session("/tmp/wi")
    session.type("z")
    session.happens(.pathCompleted(typed: "/tmp/wi", ["/tmp/wide.png"]))
    #expect(session.state.compose.references.line?.editor.text == "/tmp/wiz")
  }

  /// The words of the finding: the pane was left, and Enter added the selected picture to the request.
  @Test(arguments: ["Tab", "Shift-Tab"])
  func noInputIsLeftByTab(key: String) {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    session.press("F4", "a", "x", key, "Enter")
    #expect(session.state.compose.references.items.map(\.text) == ["x"])
    session.press("F5", "/", "f", key)
    #expect(session.state.focus == .history)
    #expect(session.shows("Enter takes what is typed, Esc drops it."))
    session.press("Esc", "F3", "↓", "↓", "e", key)
    #expect(session.state.focus == .parameters)
  }

  @Test func theLastOfSeveralPathsIsCompletedAndQuoted() {
    var session = Session()
    session.happens(.jobsListed([Sample.job("j2p8", .unknown(.open))]))
    session.press("F5", "Home", "Enter", "a")
    session.type("/tmp/a.jpg /tmp/the")
    session.press("Tab")
    #expect(session.effects == [.completePath("/tmp/the")])
    session.happens(.pathCompleted(typed: "/tmp/the", ["/tmp/the other.png"]))
    #expect(session.state.decision?.line?.editor.text == #"/tmp/a.jpg /tmp/the\ other.png"#)
    session.press("Enter")
    #expect(
      session.effects == [.attachFiles(jobID: "j2p8", ["/tmp/a.jpg", "/tmp/the other.png"])])
  }

  @Test(arguments: [
    ("", 0, ""), ("a", 0, "a"), ("a b", 2, "b"), ("a ", 2, ""), (#"a 'b c"#, 2, "b c"),
    (#"a b\ c"#, 2, "b c"),
  ])
  func theLastWordIsFound(line: String, start: Int, word: String) {
    #expect(PathWords.last(of: line).start == start)
    #expect(PathWords.last(of: line).word == word)
  }
}
