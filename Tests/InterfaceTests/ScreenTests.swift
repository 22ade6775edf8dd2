import Jobs
import Screen
import Seedream
import TestSupport
import Testing

@testable import Interface

@Suite("Whole screens")
struct ScreenTests {
  private func atWork(rows: Int, columns: Int) -> Session {
    var session = Session(rows: rows, columns: columns)
    session.happens(
      .serviceConnected, .ticked(now: 112),
      .historyLoaded(
        [
          Sample.picture("m3x9-2", "a fox asleep in deep blue snow", minute: 30),
          Sample.picture("m3x9-1", "a fox asleep in deep blue snow", minute: 30),
          Sample.picture("h81k-1", "雾中的红灯笼，夜晚的小巷", day: 20),
        ], total: 3))
    session.type("A red lantern in fog over a quiet canal, long exposure, the water like milk")
    show(&session)
    return session
  }

  /// Answers what the screen asks for.
  private func show(_ session: inout Session) {
    guard let key = session.state.previewKey else { return }
    session.happens(.previewLoaded(key, Sample.cells(key)))
  }

  @Test func atWorkAtEverySize() {
    golden(atWork(rows: 40, columns: 120), "at-work-120x40")
    golden(atWork(rows: 24, columns: 80), "at-work-80x24")
    golden(atWork(rows: 12, columns: 40), "at-work-40x12")
    golden(atWork(rows: 1, columns: 1), "at-work-1x1")
  }

  @Test func theFirstFrame() {
    golden(Session(rows: 24, columns: 80), "first-frame-80x24")
  }

  @Test func jobsUnderWay() {
    var session = atWork(rows: 24, columns: 80)
    session.happens(
      .jobsListed([
        Sample.job("k7f2", at: 100, expected: 4, arrived: 1),
        Sample.job("k7f3", .queued(), at: 110),
        Sample.job("j2p8", .unknown(.open), at: 50),
      ]))
    session.press("Alt-4", "Home", "↓")
    golden(session, "jobs-80x24")
  }

  @Test func problemsInPlace() {
    var session = atWork(rows: 24, columns: 80)
    session.press("Alt-2", "↓")
    session.type("1024x1024")
    session.press("Enter", "Alt-3", "a")
    session.type("/tmp/notes.txt")
    session.press("Enter")
    session.happens(
      .referenceRefused(
        token: session.inspections.first?.token ?? 0, message: "notes.txt is not an image."))
    session.press("Ctrl-G")
    golden(session, "problems-80x24")
  }

  @Test func referencesBesideParameters() {
    var session = atWork(rows: 40, columns: 120)
    session.press("Alt-4", "r", "Alt-3", "a")
    session.type("https://example.com/pictures/lantern.png")
    golden(session, "references-120x40")
  }

  @Test func aListOfValues() {
    var session = atWork(rows: 24, columns: 80)
    session.press("Alt-2", "↓", "Enter", "↓", "↓", "↓")
    golden(session, "sizes-80x24")
  }

  @Test func aLongSentenceIsReadWhole() {
    var session = atWork(rows: 24, columns: 80)
    let text =
      "The gallery cannot be written: the disk is full. Free some space, or start with --gallery and another directory."
    session.happens(.noticed(Notice(.error, text)))
    #expect(session.shows("another directory."))
    #expect(session.shows("✗ The gallery cannot be written"))
  }

  /// A line that is full to the last column but for the space behind it is not cut.
  @Test func noLineOfALongSentenceIsCut() {
    var session = atWork(rows: 24, columns: 80)
    let text =
      "The budget of $0.20 a day has no room: with $0.00 spent, $0.03 at risk and $0.15 reserved, this may cost $0.03 more; ask for less, raise 'budget: day' in the config file, or wait for tomorrow."
    session.happens(.noticed(Notice(.error, text)))
    #expect(!session.screen.suffix(4).joined().contains("…"))
    #expect(session.shows("raise 'budget: day' in"))
  }

  @Test func help() {
    var session = atWork(rows: 40, columns: 120)
    session.press("Alt-4", "?")
    golden(session, "help-120x40")
  }

  @Test func aChinesePrompt() {
    var session = Session(rows: 24, columns: 80)
    session.type("雾中的红灯笼，夜晚的小巷，石板路上有雨水，倒影里是一只猫。电影感，长曝光，富士胶片，细节丰富")
    session.press("↑")
    golden(session, "chinese-80x24")
  }

  @Test func singlePanes() {
    var session = atWork(rows: 12, columns: 40)
    session.press("Tab")
    golden(session, "parameters-40x12")
    session.press("Tab", "Tab")
    show(&session)
    golden(session, "pictures-40x12")
  }

  /// Whatever the size and whatever is open, nothing traps and the cursor stays on the screen.
  @Test(arguments: [0, 1, 2, 3, 5, 8, 14, 15, 16, 24])
  func everySizeWorks(rows: Int) {
    for columns in [0, 1, 2, 3, 4, 7, 20, 59, 60, 61, 80, 200] {
      var session = atWork(rows: rows, columns: columns)
      session.happens(.jobReported(Sample.job("k7f2")))
      for keys in [
        ["Esc"], ["Enter"], ["Alt-2", "Enter"], ["Esc", "e"], ["Esc", "Alt-3", "a"],
        ["Esc", "Alt-4", "/"], ["Esc", "Home"], ["End"], ["F1"], ["End"],
      ] {
        for key in keys { session.press(key) }
        let frame = session.frame
        #expect(frame.canvas.size == Size(rows: rows, columns: columns))
        if let cursor = frame.cursor, rows > 0, columns > 0 {
          #expect(Rect(frame.canvas.size).contains(cursor), "\(rows)x\(columns) \(keys)")
        }
      }
    }
  }

  @Test func theFocusedPaneIsMarkedWithoutColour() {
    for (key, mark) in [
      ("Alt-1", "┏━▸ Prompt ━"), ("Alt-2", "┏━▸ Parameters ━"), ("Alt-3", "┏━▸ References ━"),
      ("Alt-4", "┏━▸ Pictures ━"),
    ] {
      var session = atWork(rows: 40, columns: 120)
      session.press(key)
      #expect(session.shows(mark))
      #expect(session.screen.joined().count { $0 == "▸" } == 1)
    }
  }

  /// The line to the user is thin: a letter must not redraw what it does not change.
  @Test func aLetterChangesOneCell() {
    var session = Session(rows: 24, columns: 80)
    session.happens(.serviceConnected, .historyLoaded(Sample.pictures(5), total: 5))
    for letter in "Lantern" {
      let before = session.frame.canvas
      session.type(String(letter))
      let after = session.frame.canvas
      #expect(zip(before.cells, after.cells).count { $0 != $1 } == 1)
    }
  }

  @Test func anotherSizeThanTheStatesIsDrawnAsWell() {
    let session = atWork(rows: 24, columns: 80)
    let frame = session.state.view(size: Size(rows: 30, columns: 100))
    #expect(frame.canvas.size == Size(rows: 30, columns: 100))
    #expect((0..<30).contains { frame.canvas.text(ofRow: $0).contains("A red lantern in fog") })
  }

  /// Keys, pastes and clicks at random never trap, and what is drawn always fits.
  @Test(arguments: [11, 12, 13, 14] as [UInt64])
  func randomInputIsSurvived(seed: UInt64) {
    var random = SplitMix(state: seed)
    var session = atWork(rows: 24, columns: 80)
    let keys = ActionRegistry.all.flatMap(\.keys).flatMap(\.keys)
    for step in 0..<400 {
      switch random.next() % 8 {
      case 0: session.type(String("aZ9 漢é/x?".randomElement(using: &random) ?? "a"))
      case 1: session.happens(.input(.paste("two\nlines 👩‍👧")))
      case 2:
        session.click(
          row: Int(random.next() % 26), column: Int(random.next() % 82),
          [.press, .drag, .wheelUp, .wheelDown][Int(random.next() % 4)])
      case 3:
        session.happens(
          .jobReported(
            Sample.job(
              "j\(random.next() % 4)",
              Sample.states[Int(random.next() % UInt64(Sample.states.count))])))
      case 4: session.happens(.pictureArrived(Sample.picture("s\(step)-1")))
      case 5:
        session.happens(
          .resized(Size(rows: Int(random.next() % 40), columns: Int(random.next() % 130))))
      default:
        session.happens(.input(.key(keys[Int(random.next() % UInt64(keys.count))])))
      }
      for inspection in session.inspections {
        session.happens(.referenceInspected(token: inspection.token, Sample.facts("r.jpg")))
      }
      if step % 10 == 0 { #expect(session.frame.canvas.size == session.state.size) }
    }
  }
}
