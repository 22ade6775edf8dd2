/// The jobs that want attention, and below them the pictures, newest first.
struct History: Equatable, Sendable {
  enum RowID: Equatable, Hashable, Sendable {
    case job(String)
    case picture(String)
  }

  static let firstLimit = 200

  /// As the service reports them; ended ones too.
  private var known: [JobItem] = []
  /// Jobs the person took off the list.
  private var dismissed: Set<String> = []
  private(set) var pictures: [HistoryItem] = []
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
  /// The picture to select when it is there again.
  private var awaited: String?
  /// The input of a search, while it is open.
  var input: LineInput?
  private(set) var selected: RowID?
  var window = ListWindow()

  /// Jobs with rows of their own: first those that need a decision, then those under way, those that wait
  /// in the order of the queue, and those that ended other than well.
  private(set) var jobs: [JobItem] = []

  /// Whether the jobs stand as shown; false from the loss of the service until it lists them again.
  private(set) var isCurrent = true
  /// Jobs of which something was told since the service was lost.
  private var heard: Set<String> = []

  var queue = QueueItem()

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

  var selectedRow: Int {
    switch selected {
    case .job(let id): jobs.firstIndex { $0.id == id } ?? 0
    case .picture(let id): (pictures.firstIndex { $0.id == id }).map { $0 + jobs.count } ?? 0
    case nil: 0
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
  }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    select(row: window.target(of: step, from: selectedRow, count: rowCount))
  }

  mutating func select(row: Int) -> [AppEffect] {
    guard row >= 0, row < rowCount else { return [] }
    selected =
      row < jobs.count ? .job(jobs[row].id) : .picture(pictures[row - jobs.count].id)
    window.reveal(row)
    return loadMoreIfNear(row)
  }

  mutating func scroll(by lines: Int) -> [AppEffect] {
    window.scroll(by: lines, count: rowCount)
    return loadMoreIfNear(window.top + window.rows)
  }

  /// Asks for the first pictures of a search; an empty one means all.
  mutating func load(_ newQuery: String = "") -> [AppEffect] {
    query = newQuery
    limit = Self.firstLimit
    isLoading = true
    return [.loadHistory(query: query, limit: limit)]
  }

  mutating func loaded(_ items: [HistoryItem], total newTotal: Int) {
    pictures = items.filter { !hidden.contains($0.id) }
    total = max(newTotal, items.count) - (items.count - pictures.count)
    mayHaveMore = items.count >= limit
    isLoaded = true
    isLoading = false
    failure = nil
    if let id = awaited, let index = pictures.firstIndex(where: { $0.id == id }) {
      selected = .picture(id)
      window.reveal(jobs.count + index)
      awaited = nil
    }
    keepSelection()
  }

  /// Asks for the same pictures once more.
  mutating func reload() -> [AppEffect] {
    isLoading = true
    return [.loadHistory(query: query, limit: limit)]
  }

  /// Takes a picture off the list, which it does not come back to until `show`.
  mutating func hide(_ id: String) {
    let row = selectedRow
    hidden.insert(id)
    let count = pictures.count
    pictures.removeAll { $0.id == id }
    total -= count - pictures.count
    keepSelection(near: row)
    window.reveal(selectedRow)
  }

  /// Has a picture on the list again, and selected, if it is one of those looked for.
  mutating func show(_ id: String) -> [AppEffect] {
    hidden.remove(id)
    awaited = id
    return reload()
  }

  mutating func failed(_ message: String) {
    failure = message
    isLoading = false
  }

  /// A new picture comes first. It is selected too, unless the person looks at an older one.
  mutating func arrived(_ item: HistoryItem) {
    guard query.isEmpty, !hidden.contains(item.id), !pictures.contains(where: { $0.id == item.id })
    else { return }
    let follows =
      switch selected {
      case nil, .job: true
      case .picture(let id): id == pictures.first?.id
      }
    pictures.insert(item, at: 0)
    total += 1
    if follows {
      selected = .picture(item.id)
      window.reveal(jobs.count)
    } else {
      window.scroll(by: 1, count: rowCount)
    }
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

  /// Selects the first job that needs a decision, unless the person is looking at something else.
  mutating func selectUnknown() {
    let looksElsewhere = selectedPicture.map { $0.id != pictures.first?.id } ?? false
    guard !looksElsewhere, let first = jobs.first, first.isUnresolved else { return }
    selected = .job(first.id)
    window.reveal(0)
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
    dismissed.insert(job.id)
    arrangeJobs()
  }

  private mutating func take(_ item: JobItem) {
    if let index = known.firstIndex(where: { $0.id == item.id }) {
      known[index] = item
    } else {
      known.append(item)
    }
  }

  private mutating func arrangeJobs() {
    let row = selectedRow
    let shown = known.filter { $0.isShown && !dismissed.contains($0.id) }
      .sorted { $0.submittedAt > $1.submittedAt }
    let active = shown.filter(\.isActive)
    jobs =
      shown.filter(\.isUnresolved) + active.filter { $0.place == nil }
      + active.filter { $0.place != nil }.sorted { ($0.place ?? 0) < ($1.place ?? 0) }
      + shown.filter { !$0.isActive && !$0.isUnresolved }
    keepSelection(near: row)
  }

  /// A row that is gone leaves the selection to the one that took its place.
  private mutating func keepSelection(near row: Int = 0) {
    guard selectedJob == nil, selectedPicture == nil else { return }
    let row = min(row, rowCount - 1)
    guard row >= 0 else {
      selected = nil
      return
    }
    selected =
      row < jobs.count ? .job(jobs[row].id) : .picture(pictures[row - jobs.count].id)
  }

  private mutating func loadMoreIfNear(_ row: Int) -> [AppEffect] {
    guard !isLoading, mayHaveMore, pictures.count < total, row + 50 > rowCount else { return [] }
    limit = pictures.count * 2
    isLoading = true
    return [.loadHistory(query: query, limit: limit)]
  }
}

extension JobItem {
  /// Whether it has a row of its own: what is done is among the pictures, what was decided is settled.
  fileprivate var isShown: Bool {
    switch state {
    case .done: false
    case .unknown: isUnresolved
    default: true
    }
  }
}
