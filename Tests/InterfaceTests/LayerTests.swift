import Screen
import Testing

@testable import Interface

/// What holds for everything that can stand in front of the panes.
struct LayerTests {
  /// Sessions with a layer in front.
  private static let sessions = KeymapTests.sessions.filter { $0.state.layers.top != nil }
  /// Those of them whose layer is in front of all panes.
  private static let closed = sessions.filter { $0.state.layers.top?.pane == nil }

  @Test func everyKindIsTried() {
    for kind in Layer.kinds {
      let isTried = Self.sessions.contains { session in
        session.state.layers.top.map { type(of: $0) == kind } ?? false
      }
      #expect(isTried, "no situation of KeymapTests has \(kind) in front")
    }
  }

  @Test(arguments: sessions.indices)
  func escapeLeadsBackToThePanes(index: Int) {
    var session = Self.sessions[index]
    for _ in 0..<3 where session.state.layers.top != nil { session.press("Esc") }
    #expect(session.state.layers.top == nil)
  }

  /// Letters, pastes and the pointer stay in front: the panes behind are as they were.
  @Test(arguments: closed.indices)
  func thePanesBehindGetNothing(index: Int) {
    var untouched = Self.closed[index]
    let behind = untouched.state
    var session = untouched
    for letter in "zZ9 漢" { session.type(String(letter)) }
    session.happens(.input(.paste("/tmp/a.jpg")))
    for row in stride(from: 0, to: 40, by: 3) {
      session.click(row: row, column: 8, .wheelDown)
      session.click(row: row, column: 100)
      session.click(row: row, column: 101, .drag)
    }
    #expect(session.state.compose.prompt == behind.compose.prompt)
    #expect(session.state.compose.parameters == behind.compose.parameters)
    #expect(session.state.compose.references == behind.compose.references)
    #expect(session.state.focus == behind.focus)
    #expect(session.effects.isEmpty)
    for _ in 0..<3 where session.state.layers.top != nil { session.press("Esc") }
    for _ in 0..<3 where untouched.state.layers.top != nil { untouched.press("Esc") }
    #expect(session.lines == untouched.lines && session.chosen == untouched.chosen)
  }

  /// Nothing is sent from behind it, and it says why.
  @Test(arguments: closed.indices)
  func nothingIsSentFromBehindIt(index: Int) {
    var session = Self.closed[index]
    session.press("Ctrl-G")
    #expect(session.sent.isEmpty)
    #expect(session.state.message.notice?.text.hasPrefix("Nothing is sent from here") == true)
  }

  /// What stands in one pane leaves the keys that hold everywhere, and the pointer around it, to the others.
  @Test func whatStandsInAPaneGoesWithTheFocus() throws {
    let open = try #require(Self.sessions.first { $0.state.layers.top?.pane != nil })
    let pane = open.state.layers.top?.pane
    for leave in [
      { (session: inout Session) in session.press("Tab") },
      { $0.press("F5") },
      { $0.click(row: 2, column: 100) },
    ] {
      var session = open
      leave(&session)
      #expect(session.state.layers.top == nil)
      #expect(session.state.focus != pane)
      #expect(session.state.compose.parameters == open.state.compose.parameters)
    }
    var session = open
    session.press("F1", "Esc")
    #expect(session.state.layers == open.state.layers)
    session.type("zZ9 漢")
    session.happens(.input(.paste("/tmp/a.jpg")))
    #expect(session.state.compose.prompt == open.state.compose.prompt)
    #expect(session.shows("The paste was left out"))
  }

  @Test(arguments: sessions.indices)
  func anySizeIsDrawn(index: Int) {
    for size in [(0, 0), (1, 1), (2, 5), (5, 20), (12, 40), (24, 80), (60, 200)] {
      var session = Self.sessions[index]
      session.happens(.resized(Size(rows: size.0, columns: size.1)))
      #expect(session.frame.canvas.size == session.state.size)
      session.press("↓")
      session.press("Esc")
    }
  }

  /// Where there is no room to show what it acts on, a layer acts on nothing.
  @Test func withoutRoomNothingIsDecided() {
    for kept in Self.sessions
    where kept.state.layers.layers.contains(where: { $0.reach != .screen }) {
      var session = kept
      session.happens(.resized(Size(rows: 1, columns: 20)))
      session.press("Enter")
      #expect(session.effects.isEmpty)
    }
  }
}
