import Screen
import Seedream
import Testing

@testable import Interface

@Suite("References")
struct ReferenceTests {
  private func session(with names: String...) -> Session {
    var session = Session()
    session.press("Alt-3")
    for name in names { add(name, to: &session) }
    return session
  }

  private func add(_ name: String, to session: inout Session) {
    session.press("a")
    session.type("/tmp/\(name)")
    session.press("Enter")
    guard let token = session.inspections.first?.token else { return }
    session.happens(.referenceInspected(token: token, Sample.facts(name)))
  }

  @Test func anEmptyListTeaches() {
    #expect(session().shows("None. Press a to add"))
  }

  @Test func aPathIsLookedAtAndListedByNumber() {
    var session = session()
    session.press("a")
    #expect(session.shows("Path, URL or id, then Enter"))
    session.type(" ~/cat.jpg ")
    session.press("Enter")
    #expect(session.inspections.map(\.text) == ["~/cat.jpg"])
    #expect(session.shows("looking at it…"))
    #expect(session.state.compose.references.line == nil)
    session.happens(
      .referenceInspected(token: session.inspections[0].token, Sample.facts("cat.jpg")))
    #expect(session.shows("1 cat.jpg"))
    #expect(session.shows("640x480"))
    #expect(session.state.compose.references.line == nil)
  }

  @Test func aRefusedPathStaysOnTheListWithItsReasonAndIsCorrected() {
    var session = session()
    session.press("a")
    session.type("/tmp/none.jpg")
    session.press("Enter")
    let token = session.inspections[0].token
    session.happens(.referenceRefused(token: token, message: "No such file."))
    #expect(session.shows("1 ! /tmp/none.jpg"))
    #expect(session.shows("Reference 1 cannot be used: No such file."))
    session.press("e", "Backspace")
    #expect(session.shows("Correct: /tmp/none.jp"))
    session.type("eg")
    session.press("Enter")
    #expect(session.inspections.map(\.text) == ["/tmp/none.jpeg"])
    #expect(session.state.compose.references.items.count == 1)
  }

  /// Whatever is typed after Enter means the same before the answer and after it.
  @Test(arguments: [true, false])
  func theAnswerChangesNoKey(isBefore: Bool) {
    var session = session(with: "one.jpg")
    session.press("a")
    session.type("/tmp/two.jpg")
    session.press("Enter")
    let token = session.inspections[0].token
    if isBefore { session.happens(.referenceInspected(token: token, Sample.facts("two.jpg"))) }
    session.press("K", "x")
    if !isBefore { session.happens(.referenceInspected(token: token, Sample.facts("two.jpg"))) }
    #expect(session.state.compose.references.references == [.file("/tmp/one.jpg")])
  }

  @Test func orderIsTheOrderOfTheRequest() {
    var session = session(with: "one.jpg", "two.jpg", "three.jpg")
    session.press("K", "K")
    #expect(
      session.state.compose.references.references == [
        .file("/tmp/three.jpg"), .file("/tmp/one.jpg"), .file("/tmp/two.jpg"),
      ])
    session.press("Alt-↓")
    #expect(session.state.compose.references.references[1] == .file("/tmp/three.jpg"))
    #expect(session.shows("2 three.jpg"))
    session.press("x")
    #expect(
      session.state.compose.references.references == [.file("/tmp/one.jpg"), .file("/tmp/two.jpg")])
    session.press("Del", "Del", "Del")
    #expect(session.state.compose.references.items.isEmpty)
  }

  @Test func aPasteOverTheListOpensTheInput() {
    var session = session()
    session.happens(.input(.paste("/tmp/dropped file.png\n")))
    session.press("Enter")
    #expect(session.inspections.map(\.text) == ["/tmp/dropped file.png"])
  }

  @Test func tooManyReferencesAreMarked() {
    var session = session(with: "a.jpg", "b.jpg")
    session.state.compose.parameters.set(.model("seededit-3.0"))
    session.type("fog")
    session.press("Alt-1")
    session.type("fog")
    session.press("Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(!session.state.compose.references.problems.isEmpty)
    #expect(session.state.compose.references.items.count == 2)
  }
}
