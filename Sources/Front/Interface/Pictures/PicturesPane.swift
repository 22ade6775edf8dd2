import Jobs
import Paging
import Seedream

/// The jobs that want attention, and below them the pictures, newest first: the pane of both. It is with the pictures,
/// since theirs is the list that has no end, in which the user goes about and searches.
///
/// What is chosen is an id. Rows are counted from the first that is in memory: the jobs are above it where the
/// newest pictures are.
struct PicturesPane: Equatable, Sendable {
  enum RowID: Equatable, Hashable, Sendable {
    case job(String)
    case picture(String)
  }

  enum InputAim: Equatable, Sendable {
    case search, place
  }

  var jobList = JobList()
  var list = PictureList()
  var queueSwitch = QueueSwitch()
  /// What was told of the jobs.
  var news = JobNews()
  /// What can be taken back.
  var trash = TrashUndo()
  /// The input of a search or of a place to go to, while it is open.
  var line: LineInput?
  /// What the input is for.
  private(set) var inputAim = InputAim.search
  var window = ListWindow()
  private(set) var selected: RowID?
  /// Where the selected row was before it left the list; nil while it is there.
  private var goneRow: Int?
  /// Whether the user chooses among the rows, so that no news may choose another one.
  var isHeld = false
  /// Whether nothing was pressed since other pictures were asked for, so that the first may be selected.
  var takesFirst = true
  /// Steps from a row that is not there yet.
  var later: [ListStep] = []

  var jobs: [JobStatus] { jobList.rows }
  var queue: QueueStatus { queueSwitch.status }
  var pictures: [PictureItem] { list.rows }
  /// How many pictures match, in memory or not.
  var total: Int { list.total }
  var query: String { list.filter.words }
  /// How many rows are above the pictures.
  var leading: Int { list.pages.reachesStart ? jobs.count : 0 }
  var rowCount: Int { leading + pictures.count }

  /// The row selected, or where it was when it left the list.
  var selectedRow: Int { presentRow ?? min(goneRow ?? 0, max(0, rowCount - 1)) }

  /// The row selected; nil where it is not in the list.
  var presentRow: Int? {
    switch selected {
    case .job(let id): leading == 0 ? nil : jobList.row(of: id)
    case .picture(let id): list.row(of: id).map { $0 + leading }
    case nil: nil
    }
  }

  /// A sentence about the selected row, where it left the list while it was looked at. Nothing acts on
  /// another row until the user has chosen one.
  func goneNote(_ keymap: Keymap) -> String? {
    guard presentRow == nil else { return nil }
    let keys = "\(keymap.label(.up)) or \(keymap.label(.down))"
    switch selected {
    case .job(let id): return "Job \(id) has no row any more: choose another one with \(keys)."
    case .picture(let id): return "\(id) is not in the list: choose another one with \(keys)."
    case nil: return rowCount == 0 ? nil : "Nothing is selected: choose a row with \(keys)."
    }
  }

  /// Why keys act on no row at present; nil where one is selected.
  func actNote(_ keymap: Keymap) -> String? {
    guard let goal = list.goal else { return goneNote(keymap) }
    return "\(goal.name) being read: nothing is selected until then."
  }

  /// The job keys act on.
  var selectedJob: JobStatus? { list.goal == nil ? shownJob : nil }

  /// The prompt of what keys act on.
  var selectedPrompt: String? { selectedPicture?.prompt ?? selectedJob?.request.prompt }

  /// The picture keys act on: none while the user waits for another one.
  var selectedPicture: PictureItem? { list.goal == nil ? shownPicture : nil }

  var shownJob: JobStatus? {
    guard case .job(let id) = selected else { return nil }
    return jobList.row(of: id).map { jobs[$0] }
  }

  var shownPicture: PictureItem? {
    guard case .picture(let id) = selected else { return nil }
    return list.item(id)
  }

  /// What was told before a key is no news to the next one.
  mutating func keyTaken() {
    queueSwitch.keyTaken()
    trash.keyTaken()
    jobList.endedNews = []
  }

  mutating func fit(rows: Int) {
    window.fit(rows: rows - (line == nil ? 0 : 1), count: rowCount)
    if let presentRow { window.reveal(presentRow) }
  }

  /// Moves the selection. To the newest and the oldest picture it goes at once where they are in memory; where not,
  /// they are asked for, and the steps that follow are taken from there.
  mutating func step(_ step: ListStep) -> [AppEffect] {
    if step == .first, !list.pages.reachesStart { return go(to: .first) }
    if step == .last, !list.pages.reachesEnd { return go(to: .last) }
    guard list.goal == nil || step == .first || step == .last else {
      if later.count < 64 { later.append(step) }
      return []
    }
    // Down from where a row was is the one that took its place.
    let isGone = presentRow == nil && step == .down
    let row = window.target(of: step, from: selectedRow - (isGone ? 1 : 0), count: rowCount)
    if step == .up || step == .down { window.turn(to: row, count: rowCount) }
    choose(row: row)
    return []
  }

  /// Asks for the pictures around a place, wherever it is.
  mutating func go(to goal: ListGoal) -> [AppEffect] {
    later = []
    return [list.go(goal)]
  }

  mutating func open(_ aim: InputAim) {
    inputAim = aim
    line =
      switch aim {
      case .search: LineInput(label: "Search:", text: query)
      case .place: LineInput(label: "Row or day:")
      }
  }

  /// A key was pressed while the list has the focus.
  mutating func keyPressed() {
    takesFirst = false
    list.keyPressed()
  }

  /// Lets news choose the selection again, as when the focus leaves the list.
  mutating func release() {
    isHeld = false
    keepSelection(near: selectedRow)
  }

  /// The user chooses a row, and does not want to go elsewhere any more.
  mutating func choose(row: Int) {
    list.dropGoal()
    later = []
    select(row: row)
  }

  mutating func select(row: Int) {
    guard row >= 0, row < rowCount else { return }
    selected = id(ofRow: row)
    goneRow = nil
    window.reveal(row)
  }

  /// Selects a picture that is to be in the list soon.
  mutating func lookFor(_ id: String) {
    goneRow = selectedRow
    selected = .picture(id)
  }

  /// Changes the rows and leaves the selected one on its line of the screen; where nobody chooses among them, what is
  /// new above all of them comes in sight.
  mutating func keepingLine(_ change: (inout PicturesPane) -> Void) {
    let row = selectedRow
    let wasPresent = presentRow != nil
    let staysAtTop = !isHeld && window.top == 0
    change(&self)
    keepSelection(near: row)
    if wasPresent, let presentRow {
      if !staysAtTop { window.scroll(by: presentRow - row, count: rowCount) }
      window.reveal(presentRow)
    }
  }

  /// The same for more rows above and below: what is in sight stays, whatever is selected.
  mutating func keepingSight(_ change: (inout PicturesPane) -> Void) {
    let top = window.top < rowCount ? id(ofRow: window.top) : nil
    let row = window.top
    change(&self)
    guard let top, let moved = self.row(of: top).map({ $0 - row }) else { return }
    window.scroll(by: moved, count: rowCount)
    goneRow = goneRow.map { max(0, $0 + moved) }
  }

  /// A row that is gone leaves the selection to the one that took its place, unless the user is choosing:
  /// then nothing is selected until they have.
  private mutating func keepSelection(near row: Int) {
    if presentRow != nil {
      goneRow = nil
    } else if isHeld {
      goneRow = goneRow ?? row
    } else {
      select(near: row)
    }
  }

  mutating func select(near row: Int) {
    guard presentRow == nil else { return }
    let row = min(row, rowCount - 1)
    selected = row < 0 ? nil : id(ofRow: row)
    goneRow = nil
  }

  private func id(ofRow row: Int) -> RowID {
    row < leading ? .job(jobs[row].id) : .picture(pictures[row - leading].id)
  }

  private func row(of id: RowID) -> Int? {
    switch id {
    case .job(let id): leading == 0 ? nil : jobList.row(of: id)
    case .picture(let id): list.row(of: id).map { $0 + leading }
    }
  }
}
