import Screen
import Seedream
import TestSupport
import Testing

@testable import Interface

/// What a key acts on is on the screen.
@Suite("What is acted on is shown")
struct RoomTests {
  @Test func aSmallerWindowShowsTheSelectedField() {
    var session = Session(rows: 40, columns: 120)
    session.press("F3", "End")
    session.happens(.resized(Size(rows: 15, columns: 60)))
    let field = session.state.compose.parameters.selected
    #expect(session.shows(field.label))
    let before = session.screen
    session.press("→")
    #expect(session.screen != before)
  }

  @Test func theWheelTakesTheSelectionAlong() {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(100), total: 100))
    session.press("F5")
    guard let place = session.place(of: "picture number 100") else {
      Issue.record("the list is not shown")
      return
    }
    session.click(row: place.row, column: place.column, .wheelDown)
    session.press("d")
    #expect(session.effects.contains(.trashPicture(id: "p97-1")))
  }

  @Test func withoutRoomNothingIsDone() {
    for size in [Size(rows: 1, columns: 1), Size(rows: 2, columns: 40), Size(rows: 0, columns: 0)] {
      var session = Session()
      session.happens(.historyLoaded(Sample.pictures(3), total: 3))
      session.type("fog")
      session.happens(.resized(size))
      session.type("x")
      session.press("Ctrl-G")
      #expect(session.sent.isEmpty)
      #expect(session.state.compose.prompt.editor.text == "fog")
      session.press("F5", "d")
      #expect(session.effects == [])
      session.press("Ctrl-Q")
      #expect(session.effects.contains(.quit))
    }
  }

  /// Random sizes, wheels, keys and news: whatever a key changes or uses had its row on the frame before.
  @Test(arguments: 0..<10)
  func whatAKeyUsesWasOnTheScreen(seed: Int) {
    var random = SplitMix(state: UInt64(seed) &+ 500)
    var session = Session()
    session.happens(.serviceConnected, .historyLoaded(Sample.pictures(60), total: 60))
    session.happens(.jobsListed(News.jobs(using: &random)))
    for _ in 0..<70 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        let sizes = [(60, 15), (40, 12), (80, 24), (120, 40), (60, 16), (30, 5), (20, 3), (59, 9)]
        let (columns, rows) = sizes.randomElement(using: &random) ?? (80, 24)
        session.happens(.resized(Size(rows: rows, columns: columns)))
      case 1, 2:
        session.click(
          row: Int.random(in: 0..<max(1, session.state.size.rows), using: &random),
          column: Int.random(in: 0..<max(1, session.state.size.columns), using: &random),
          Bool.random(using: &random) ? .wheelDown : .wheelUp)
      case 3: session.happens(News.event(using: &random))
      default: break
      }
      let before = session.state
      let frame = session.frame
      session.time += 2.5
      session.effects = []
      let keys = News.key(using: &random)
      for key in keys.keys {
        session.effects += session.state.reduce(.input(.key(key)), at: session.time)
      }
      for effect in session.effects {
        guard let id = effect.row, before.decision == nil else { continue }
        #expect(
          Self.highlighted(frame).contains(id.prefix(2)),
          "\(keys.label): \(id) on\n\(session.screen)")
      }
      let wasForm = before.compose.parameters.request
      if session.state.compose.parameters.request != wasForm, before.focus == .parameters,
        before.layers.top == nil, before.compose.parameters.line == nil
      {
        let label = before.compose.parameters.selected.label
        #expect(Self.highlighted(frame).contains(label.prefix(4)), "\(keys.label) changed \(label)")
      }
    }
  }

  /// The text of rows that have the look of the focused selection.
  private static func highlighted(_ frame: Frame) -> String {
    let canvas = frame.canvas
    var text = ""
    for row in 0..<canvas.size.rows {
      for column in 0..<canvas.size.columns
      where canvas[row, column].style.role == .selection {
        text += canvas[row, column].character.map { "\($0)" } ?? ""
      }
    }
    return text
  }

  /// A pane whose contents go on says so at its edge, whichever it is.
  @Test(arguments: [(15, 60), (24, 80), (40, 120), (10, 40)])
  func whatGoesOnSaysSo(rows: Int, columns: Int) {
    var session = Session(rows: rows, columns: columns)
    session.happens(.historyLoaded(Sample.pictures(80), total: 80))
    session.type((0..<60).map { "line \($0)\n" }.joined())
    func marks() -> String {
      let area = session.state.layout.content(of: session.state.focus)
      let column = area.column + area.columns - (session.state.layout.isSingle ? 1 : 0)
      let cells = (area.row..<area.row + area.rows).compactMap {
        session.frame.canvas[$0, column].character
      }
      return String(cells.filter { "↑↓↕".contains($0) })
    }
    session.press("F2")
    #expect(marks() == "↑")
    session.press("PgUp", "PgUp")
    #expect(marks() == "↑↓")
    session.press("F5")
    #expect(marks() == "↓")
    session.press("End")
    #expect(marks() == "↑")
    session.press("F3", "Home")
    let area = session.state.layout.content(of: .parameters)
    #expect((marks() == "↓") == (area.rows < session.state.compose.parameters.fields.count))
  }
}

extension AppEffect {
  /// The row of the list that it acts on.
  fileprivate var row: String? {
    switch self {
    case .cancelJob(let id), .retryJob(let id), .moveJob(let id, _), .trashPicture(let id): id
    default: nil
    }
  }
}
