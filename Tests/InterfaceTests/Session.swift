import Jobs
import Paging
import Screen
import Seedream
import TestSupport
import Testing

@testable import Interface

/// A front end at work, driven by keys as they are named in the help.
struct Session {
  var state: AppState
  /// What was asked for by the last action.
  var effects: [AppEffect] = []
  /// Seconds: when the next key is pressed.
  var time = 0.0

  init(
    rows: Int = 40, columns: Int = 120,
    providers: [ProviderItem] = [
      ProviderItem(name: "sandbox", isSandbox: true), ProviderItem(name: "ark", hasKey: false),
    ]
  ) {
    state = AppState(
      providers: providers, provider: providers.first?.name ?? "",
      gallery: "/home/ann/Pictures/Darkroom", home: "/home/ann")
    _ = state.reduce(.clockSet(Sample.wall()))
    _ = state.start()
    _ = state.reduce(.resized(Size(rows: rows, columns: columns)))
  }

  /// Presses keys given by name, `Tab`, `Ctrl-G`, `a`; the effects of all of them are kept.
  mutating func press(_ names: String...) {
    effects = []
    for name in names { effects += reduce(.input(.key(Key(named: name)))) }
  }

  /// Holds a key down as a keyboard does: a first time, and after a while 25 times a second.
  mutating func hold(_ name: String, seconds: Double, delay: Double = 0.66) {
    let start = time
    effects = reduce(.input(.key(Key(named: name))))
    time += delay
    while time < start + seconds {
      effects += reduce(.input(.key(Key(named: name))))
      time += 0.04
    }
  }

  /// Two pictures, and above them a job, `k7f2`, which is selected.
  static func onJob(_ state: JobState) -> Session {
    var session = Session()
    session.happens(
      .historyLoaded(Sample.pictures(2), total: 2), .jobsListed([Sample.job("k7f2", state)]))
    session.press("Alt-4", "Home")
    return session
  }

  mutating func type(_ text: String) {
    effects = []
    for character in text {
      let key = character == "\n" ? Key(.enter) : Key(.character(character))
      effects += reduce(.input(.key(key)))
    }
  }

  mutating func happens(_ actions: AppAction...) {
    effects = []
    for action in actions { effects += reduce(answering(action)) }
  }

  /// What is on the screen is drawn on where it has not changed, and is what would be drawn from the beginning.
  private mutating func reduce(_ action: AppAction) -> [AppEffect] {
    let drawn = DrawnFrame(frame, of: state)
    let effects = state.reduce(action, at: time)
    let (next, whole) = (state.view(size: state.size, after: drawn), frame)
    if next != whole {
      Issue.record(
        "\(action) leaves on the screen what is over:\n\(next.canvas.golden)\nfor:\n\(whole.canvas.golden)"
      )
    }
    return effects
  }

  /// Makes a page that nobody has asked for the answer to the question that is open, or to one that something
  /// elsewhere gave rise to.
  private mutating func answering(_ action: AppAction) -> AppAction {
    guard case .pageLoaded(Sample.anyTicket, var page) = action else { return action }
    if asked == nil { _ = state.reduce(.galleryChanged, at: time) }
    guard let asked else { return action }
    // An answer shorter than was asked for ends the list, whatever it says of the total.
    page.reachesEnd = page.reachesEnd || page.rows.count < asked.request.limit
    return .pageLoaded(ticket: asked.ticket, page)
  }

  /// Answers the open question with a part of a list.
  mutating func answer(
    _ items: [PictureItem], from first: Int, of total: Int, mark: Int64 = 0
  ) {
    happens(
      .pageLoaded(
        ticket: Sample.anyTicket,
        PicturePage(
          rows: items, firstRow: first, total: total, reachesStart: first == 0,
          reachesEnd: first + items.count >= total, mark: mark)))
  }

  /// The pages that were asked for.
  var requests: [PageRequest] {
    effects.compactMap { if case .loadPage(_, let request) = $0 { request } else { nil } }
  }

  mutating func click(row: Int, column: Int, _ kind: MouseEvent.Kind = .press) {
    happens(.input(.mouse(MouseEvent(kind: kind, position: Position(row: row, column: column)))))
  }

  var frame: Frame { state.view(size: state.size) }
  var screen: [String] { (0..<state.size.rows).map { frame.canvas.text(ofRow: $0) } }

  func shows(_ text: String) -> Bool { screen.contains { $0.contains(text) } }

  /// Where a text begins on the screen.
  func place(of text: String) -> Position? {
    for row in 0..<state.size.rows {
      var line = ""
      var columns: [Int] = []
      for column in 0..<state.size.columns {
        guard let character = frame.canvas[row, column].character else { continue }
        line.append(character)
        columns.append(column)
      }
      if let range = line.firstRange(of: text) {
        return Position(
          row: row, column: columns[line.distance(from: line.startIndex, to: range.lowerBound)])
      }
    }
    return nil
  }

  var sent: [GenerationRequest] {
    effects.compactMap { if case .send(_, let request, _) = $0 { request } else { nil } }
  }

  var inspections: [(token: Int, text: String)] {
    effects.compactMap {
      if case .inspectReference(let token, let text) = $0 { (token, text) } else { nil }
    }
  }
}

extension AppState {
  /// The question what becomes of an unknown outcome, while it is open.
  var decision: DecisionDialog? { layers.first(DecisionDialog.self) }
}

/// Compares the whole screen with the file `Golden/NAME.txt`.
func golden(_ session: Session, _ name: String) {
  let frame = session.frame
  let cursor = frame.cursor.map { "cursor \($0.row),\($0.column)" } ?? "no cursor"
  Golden.compare("\(frame.canvas.golden)---\n\(cursor)\n\(frame.title)\n", named: name)
}

extension Key {
  /// A key as hints and help name it.
  init(named name: String) {
    var modifiers = Modifiers()
    var rest = name[...]
    for (prefix, modifier) in [
      ("Ctrl-", Modifiers.control), ("Alt-", .alt), ("Shift-", .shift),
    ] where rest.hasPrefix(prefix) {
      modifiers.insert(modifier)
      rest = rest.dropFirst(prefix.count)
    }
    let codes: [String: Code] = [
      "Enter": .enter, "Tab": .tab, "Backspace": .backspace, "Esc": .escape, "↑": .up, "↓": .down,
      "←": .left, "→": .right, "Home": .home, "End": .end, "PgUp": .pageUp, "PgDn": .pageDown,
      "F2": .function(2), "F3": .function(3), "F4": .function(4), "F5": .function(5),
      "Del": .delete, "Ins": .insert, "Space": .character(" "), "F1": .function(1),
      "F10": .function(10),
    ]
    let text = modifiers.isEmpty ? String(rest) : rest.lowercased()
    self.init(codes[String(rest)] ?? .character(text.first ?? " "), modifiers)
  }
}

extension AppAction {
  /// The first page of a list, as the answer to whatever is asked.
  static func historyLoaded(_ items: [PictureItem], total: Int) -> AppAction {
    .pageLoaded(
      ticket: Sample.anyTicket,
      PicturePage(
        rows: items, firstRow: items.isEmpty ? nil : 0, total: max(total, items.count),
        reachesEnd: items.count >= total))
  }
}

enum Sample {
  static let anyTicket = -1
  static let today = LocalTime(year: 2026, month: 11, day: 21)
  /// Seconds since 1970 when the clock of ticks was at zero: at 100 it is 2026-11-21 14:32:05.
  static let epoch = 1_795_271_525.0 - 100
  /// Where a job may stand.
  static let states: [JobState] = [
    .queued(), .sending, .running(), .downloading(), .done, .partlyDone, .failed, .cancelled,
    .unknown(.open), .downloading(isUnresolved: true),
  ]

  static func wall(_ today: LocalTime = today) -> WallClock {
    WallClock(today: today, epoch: epoch)
  }

  /// - Parameter place: in time; what has none is newer than all that have.
  static func picture(
    _ id: String, _ prompt: String = "a red lantern in fog", hour: Int = 14, minute: Int = 32,
    day: Int = 21, place: Int = 1_000_000
  ) -> PictureItem {
    PictureItem(
      id: id, file: "2026-11-21/143205-\(id)-a-red-lantern.jpg",
      prompt: prompt, modelName: "Seedream 4.5", providerName: "sandbox", width: 2048, height: 2048,
      byteCount: 1_234_567,
      created: LocalTime(year: 2026, month: 11, day: day, hour: hour, minute: minute),
      position: PicturePosition(key: Int64(place)))
  }

  static func pictures(_ count: Int) -> [PictureItem] {
    (0..<count).map { number in
      picture("p\(count - number)-1", "picture number \(count - number)", place: count - number)
    }
  }

  /// - Parameter seconds: When it was submitted and sent, on the clock of ticks.
  static func job(
    _ id: String, _ state: JobState = .running(), at seconds: Double = 100,
    expected: Int = 1, arrived: Int = 0, message: String? = nil
  ) -> JobStatus {
    let price = Price(currency: "CNY", millionths: 250_000)
    var job = JobStatus(
      id: id, state: state,
      request: GenerationRequest(
        model: "seedream-4.5", prompt: "four seasons of a lake", size: .keyword("2K"),
        count: expected),
      provider: "ark", modelName: "Seedream 4.5", submitted: epoch + seconds,
      sent: epoch + seconds, usualSeconds: 15, message: message,
      clientRequestID: "4f1c2a7e-93d5-4b60-8e21-7c0d9a5be113", reserved: price)
    job.atRisk = price
    job.members = saved(arrived, of: id)
    return job
  }

  /// A job that waits for its turn.
  static func waiting(_ id: String, _ place: Int, _ prompt: String) -> JobStatus {
    var job = job(id, .queued(QueuedState(place: place)), at: 200 + Double(place))
    job.request.prompt = prompt
    return job
  }

  /// Pictures of a job that are here.
  static func saved(_ count: Int, of job: String) -> [JobStatus.Member] {
    (0..<count).map { index in
      let picture = SavedPicture(
        id: "\(job)-\(index + 1)", file: "\(job)-\(index + 1).jpg",
        width: 2048, height: 2048, byteCount: 1_234_567, created: epoch + 110)
      return JobStatus.Member(index: index, outcome: .saved(picture))
    }
  }

  /// A picture that was drawn and is not here.
  static func lost(isFetchable: Bool) -> JobStatus.Member {
    JobStatus.Member(
      index: 0, outcome: .lost(message: "It could not be fetched.", isFetchable: isFetchable))
  }

  /// A picture of shades, as a symbol renderer would return one.
  static func cells(_ key: PreviewKey) -> CellPicture {
    let shades = Array(" ░▒▓█")
    return CellPicture(
      size: Size(rows: key.rows, columns: key.columns),
      cells: (0..<key.rows * key.columns).map { index in
        let (row, column) = (index / key.columns, index % key.columns)
        return Cell(
          shades[(row + column / 2) % shades.count], Style(.picture, foreground: .palette(3)))
      })
  }

  static func facts(_ name: String, width: Int = 640, height: Int = 480) -> ReferenceFacts {
    ReferenceFacts(
      reference: .file("/tmp/\(name)"), name: name, format: .jpeg, width: width, height: height,
      byteCount: 54_321)
  }
}
