/// The jobs that want attention, and below them the pictures, newest first.
struct History: Equatable, Sendable {
  enum RowID: Equatable, Hashable, Sendable {
    case job(String)
    case picture(String)
  }

  static let firstLimit = 200
  /// The most ended jobs above the pictures.
  private static let endedRows = 3

  /// As the service reports them; ended ones too.
  private var known: [JobItem] = []
  /// The places of jobs among those they were asked for with, `2/4`.
  private var groupMarks: [String: String] = [:]
  /// Jobs the person took off the list.
  private(set) var dismissed: Set<String> = []
  /// The rows of pictures: those of `folded`, and below those that are open their layers.
  private(set) var pictures: [HistoryItem] = []
  /// The pictures as they were read, a set of layers in one.
  var folded: [HistoryItem] = [] {
    didSet { arrangePictures() }
  }
  /// The ids of those whose layers have rows.
  var open: Set<String> = [] {
    didSet { arrangePictures() }
  }
  /// How many pictures match, loaded or not.
  private(set) var total = 0
  private(set) var isLoaded = false
  /// Why the gallery could not be read.
  var failure: String?
  private var limit = Self.firstLimit
  private var isLoading = false
  /// Whether the last answer was as long as was asked for, so that more can be asked for.
  private var mayHaveMore = false
  private(set) var query = ""
  /// Pictures that are in the trash, or on their way there: a list that was read before has them still.
  private var hidden: Set<String> = []
  /// The input of a search, while it is open.
  var input: LineInput?
  private(set) var selected: RowID?
  /// Where the selected row was before it left the list; nil while it is there.
  private var goneRow: Int?
  /// Whether the person chooses among the rows, so that no news may choose another one.
  var isHeld = false
  /// Whether nothing was pressed since other pictures were asked for, so that the first may be selected.
  private var takesFirst = true
  var window = ListWindow()
  /// Jobs that ended since the last key.
  var endedNews: Set<String> = []

  /// Jobs with rows of their own: first those that need a decision, then those under way, those that wait
  /// in the order of the queue, and those that ended other than well.
  private(set) var jobs: [JobItem] = []

  /// Whether the jobs stand as shown; false from the loss of the service until it lists them again.
  private(set) var isCurrent = true
  /// Jobs of which something was told since the service was lost.
  private var heard: Set<String> = []

  var queue = QueueItem()

  /// The ids of those jobs.
  var activeJobs: Set<String> {
    Set(isCurrent ? jobs.filter(\.isActive).map(\.id) : [])
  }
  /// How many jobs are known to be under way.
  var activeCount: Int { isCurrent ? jobs.count(where: \.isActive) : 0 }
  /// Whether what is shown of the jobs changes as time passes.
  var isTimed: Bool { isCurrent && jobs.contains(where: \.isTimed) }
  /// Jobs whose outcome is unknown and undecided.
  var unknownJobs: [JobItem] { jobs.filter(\.isUnresolved) }
  /// Those that have not reached the provider yet.
  var waitingJobs: Set<String> {
    Set(known.filter { $0.state == .queued || $0.state == .sending }.map(\.id))
  }
  var rowCount: Int { jobs.count + pictures.count }

  /// The row selected, or where it was when it left the list.
  var selectedRow: Int { presentRow ?? min(goneRow ?? 0, max(0, rowCount - 1)) }

  /// The row selected; nil where it is not in the list.
  var presentRow: Int? {
    switch selected {
    case .job(let id): jobs.firstIndex { $0.id == id }
    case .picture(let id): (pictures.firstIndex { $0.id == id }).map { $0 + jobs.count }
    case nil: nil
    }
  }

  /// A sentence about the selected row, where it left the list while it was looked at. Nothing acts on
  /// another row until the person has chosen one.
  func goneNote(_ keymap: Keymap) -> String? {
    guard presentRow == nil else { return nil }
    let keys = "\(keymap.label(.up)) or \(keymap.label(.down))"
    switch selected {
    case .job(let id): return "Job \(id) has no row any more: choose another one with \(keys)."
    case .picture(let id): return "\(id) is not in the list: choose another one with \(keys)."
    case nil: return rowCount == 0 ? nil : "Nothing is selected: choose a row with \(keys)."
    }
  }

  var selectedJob: JobItem? {
    guard case .job(let id) = selected else { return nil }
    return jobs.first { $0.id == id }
  }

  var selectedPicture: HistoryItem? {
    guard case .picture(let id) = selected else { return nil }
    return pictures.first { $0.id == id }
  }

  mutating func fit(rows: Int) {
    window.fit(rows: rows - (input == nil ? 0 : 1), count: rowCount)
    if let presentRow { window.reveal(presentRow) }
  }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    // Down from where a row was is the one that took its place.
    let isGone = presentRow == nil && step == .down
    return select(
      row: window.target(of: step, from: selectedRow - (isGone ? 1 : 0), count: rowCount))
  }

  /// A key was pressed while the list has the focus.
  mutating func keyPressed() { takesFirst = false }

  /// Lets news choose the selection again, as when the focus leaves the list.
  mutating func letGo() {
    isHeld = false
    keepSelection(near: selectedRow)
  }

  mutating func select(row: Int) -> [AppEffect] {
    guard row >= 0, row < rowCount else { return [] }
    selected = id(ofRow: row)
    goneRow = nil
    window.reveal(row)
    return loadMoreIfNear(row)
  }

  /// The selection goes along, so that what a key acts on stays on the screen.
  mutating func scroll(by lines: Int) -> [AppEffect] {
    window.scroll(by: lines, count: rowCount)
    if let presentRow { selected = id(ofRow: window.nearest(to: presentRow, count: rowCount)) }
    return loadMoreIfNear(window.top + window.rows)
  }

  /// Asks for the first pictures of a search; an empty one means all.
  mutating func load(_ newQuery: String = "") -> [AppEffect] {
    query = newQuery
    limit = Self.firstLimit
    isLoading = true
    takesFirst = true
    return [.loadHistory(query: query, limit: limit)]
  }

  mutating func loaded(_ items: [HistoryItem], total newTotal: Int) {
    keepingLine { history in
      history.folded = items.filter { !history.hidden.contains($0.id) }.map { item in
        var item = item
        item.layers.removeAll { history.hidden.contains($0.id) }
        return item
      }
    }
    total = max(newTotal, items.count) - (items.count - folded.count)
    mayHaveMore = items.count >= limit
    isLoaded = true
    isLoading = false
    failure = nil
    if takesFirst, presentRow == nil {
      _ = select(row: query.isEmpty || pictures.isEmpty ? 0 : jobs.count)
    }
    takesFirst = false
  }

  /// Asks for the same pictures once more, with all that have come meanwhile.
  mutating func reload() -> [AppEffect] {
    isLoading = true
    limit = max(limit, folded.count)
    return [.loadHistory(query: query, limit: limit)]
  }

  /// Takes a picture off the list, which it does not come back to until `show`.
  mutating func hide(_ id: String) {
    let row = selectedRow
    hidden.insert(id)
    let count = folded.count
    folded = folded.filter { $0.id != id }.map { item in
      var item = item
      item.layers.removeAll { $0.id == id }
      return item
    }
    total -= count - folded.count
    select(near: row)
    window.reveal(selectedRow)
  }

  /// Has a picture on the list again, if it is one of those looked for.
  mutating func show(_ id: String) -> [AppEffect] {
    hidden.remove(id)
    return reload()
  }

  /// Selects a picture that is to be in the list soon.
  mutating func lookFor(_ id: String) {
    goneRow = selectedRow
    selected = .picture(id)
  }

  mutating func failed(_ message: String) {
    failure = message
    isLoading = false
  }

  /// A new picture comes first. It is selected too, unless the person looks at an older one, or chooses
  /// among the rows.
  mutating func arrived(_ item: HistoryItem) {
    guard query.isEmpty, !hidden.contains(item.id), !pictures.contains(where: { $0.id == item.id })
    else { return }
    let follows =
      switch selected {
      case nil, .job: true
      case .picture(let id): id == pictures.first?.id
      }
    var isNew = true
    keepingLine { isNew = $0.take(item) }
    guard isNew else { return }
    total += 1
    if follows && !isHeld { _ = select(row: jobs.count) }
  }

  /// Takes in a list of all jobs. Of those that are under way the events know more than a list that
  /// they may have overtaken; what stood before the service was lost knows less.
  mutating func listed(_ items: [JobItem]) {
    if !isCurrent { known.removeAll { $0.isActive && !heard.contains($0.id) } }
    for item in items where !item.isActive || !known.contains(where: { $0.id == item.id }) {
      take(item)
    }
    isCurrent = true
    arrangeJobs()
  }

  /// From now on nobody tells how the jobs stand.
  mutating func serviceLost() {
    isCurrent = false
    heard = []
  }

  mutating func reported(_ item: JobItem) {
    if !isCurrent { heard.insert(item.id) }
    take(item)
    arrangeJobs()
  }

  func job(_ id: String) -> JobItem? { known.first { $0.id == id } }

  /// The place of a picture among those that were asked for with it, `2/4`; nil for one that stands alone,
  /// and for those of jobs that nobody has told of.
  func groupMark(ofPicture id: String) -> String? {
    id.lastIndex(of: "-").flatMap { groupMarks[String(id[..<$0])] }
  }

  /// Selects the first job that needs a decision, unless the person is looking at something else.
  mutating func selectUnknown() {
    let looksElsewhere = selectedPicture.map { $0.id != pictures.first?.id } ?? false
    guard !isHeld, !looksElsewhere, jobs.first?.isUnresolved == true else { return }
    _ = select(row: 0)
  }

  /// The job to put a waiting one before, so that it goes up or down by one place.
  ///
  /// - Returns: nil where it cannot; nil inside where it becomes the last.
  func place(of job: JobItem, movedBy offset: Int) -> String?? {
    let waiting = jobs.filter { $0.place != nil }
    guard let index = waiting.firstIndex(where: { $0.id == job.id }) else { return nil }
    guard waiting.indices.contains(index + offset) else { return nil }
    let next = offset < 0 ? index + offset : index + offset + 1
    return .some(waiting.indices.contains(next) ? waiting[next].id : nil)
  }

  /// Takes an ended job off the list; one under way stays, and one that needs a decision.
  mutating func dismissSelected() {
    guard let job = selectedJob, !job.isActive, !job.isUnresolved else { return }
    let row = selectedRow
    dismissed.insert(job.id)
    arrangeJobs()
    select(near: row)
  }

  /// Takes all ended jobs off the list: not what needs a decision, nor what is drawn and not here.
  ///
  /// - Returns: how many, and how many stay because they ended since the last key.
  mutating func dismissEnded() -> (gone: Int, stay: Int) {
    let row = selectedRow
    let all = known.filter { $0.isShown && $0.isOver && !dismissed.contains($0.id) }
    let ended = all.filter { !endedNews.contains($0.id) }
    dismissed.formUnion(ended.map(\.id))
    arrangeJobs()
    select(near: row)
    return (ended.count, all.count - ended.count)
  }

  private mutating func take(_ item: JobItem) {
    if let group = item.group { groupMarks[item.id] = group.mark }
    if item.isOver, job(item.id)?.isOver != true { endedNews.insert(item.id) }
    if let index = known.firstIndex(where: { $0.id == item.id }) {
      known[index] = item
    } else {
      known.append(item)
    }
  }

  private mutating func arrangeJobs() {
    let shown = known.filter { $0.isShown && !dismissed.contains($0.id) }
      .sorted {
        $0.submittedAt == $1.submittedAt
          ? $0.group?.place ?? 0 < $1.group?.place ?? 0 : $0.submittedAt > $1.submittedAt
      }
    let active = shown.filter(\.isActive)
    keepingLine { history in
      history.jobs =
        shown.filter(\.isUnresolved) + active.filter { $0.place == nil }
        + active.filter { $0.place != nil }.sorted { ($0.place ?? 0) < ($1.place ?? 0) }
        + shown.filter { $0.missesPictures && !$0.isActive && !$0.isUnresolved }
        + history.ended(of: shown)
    }
  }

  /// The newest of those that are over, and the one looked at: new pictures stay in sight.
  private func ended(of shown: [JobItem]) -> [JobItem] {
    let ended = shown.filter(\.isOver)
    return ended.enumerated().filter {
      $0.offset < Self.endedRows || selected == .job($0.element.id)
    }
    .map(\.element)
  }

  /// Changes the rows and leaves the selected one on its line of the screen.
  mutating func keepingLine(_ change: (inout History) -> Void) {
    let row = selectedRow
    let wasPresent = presentRow != nil
    change(&self)
    keepSelection(near: row)
    if wasPresent, let presentRow {
      window.scroll(by: presentRow - row, count: rowCount)
      window.reveal(presentRow)
    }
  }

  /// A row that is gone leaves the selection to the one that took its place, unless the person is choosing:
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

  private mutating func select(near row: Int) {
    guard presentRow == nil else { return }
    let row = min(row, rowCount - 1)
    selected = row < 0 ? nil : id(ofRow: row)
    goneRow = nil
  }

  private mutating func arrangePictures() {
    pictures = open.isEmpty ? folded : Self.rows(of: folded, open: open)
  }

  private func id(ofRow row: Int) -> RowID {
    row < jobs.count ? .job(jobs[row].id) : .picture(pictures[row - jobs.count].id)
  }

  private mutating func loadMoreIfNear(_ row: Int) -> [AppEffect] {
    guard !isLoading, mayHaveMore, folded.count < total, row + 50 > rowCount else { return [] }
    limit = folded.count * 2
    isLoading = true
    return [.loadHistory(query: query, limit: limit)]
  }
}

extension JobItem {
  /// Whether nothing is left to do about it.
  fileprivate var isOver: Bool { !isActive && !isUnresolved && !missesPictures }

  /// Whether it has a row of its own: what is done is among the pictures, what was decided is settled.
  fileprivate var isShown: Bool {
    switch state {
    case .done: false
    case .unknown: isUnresolved
    default: true
    }
  }
}
