/// The jobs as the service reports them, and those of them that have rows.
struct JobList: Equatable, Sendable {
  /// The most ended jobs that have rows.
  private static let endedRows = 3

  /// Ended ones too.
  private var known: [String: JobItem] = [:]
  /// The ids of those, the first that was heard of first.
  private var order: [String] = []
  /// The places of jobs among those they were asked for with, `2/4`.
  private var groupMarks: [String: String] = [:]
  /// Jobs the person took off the list.
  private(set) var dismissed: Set<String> = []
  /// Jobs that ended since the last key.
  var endedNews: Set<String> = []
  /// Jobs with rows of their own: first those that need a decision, then those under way, those that wait
  /// in the order of the queue, and those that ended other than well.
  private(set) var rows: [JobItem] = [] {
    didSet { places = Dictionary(uniqueKeysWithValues: rows.indices.map { (rows[$0].id, $0) }) }
  }
  private var places: [String: Int] = [:]
  /// Whether the jobs stand as shown; false from the loss of the service until it lists them again.
  private(set) var isCurrent = true
  /// Jobs of which something was told since the service was lost.
  private var heard: Set<String> = []

  /// The ids of those that are under way.
  var active: Set<String> { Set(isCurrent ? rows.filter(\.isActive).map(\.id) : []) }
  var activeCount: Int { isCurrent ? rows.count(where: \.isActive) : 0 }
  /// Whether what is shown of the jobs changes as time passes.
  var isTimed: Bool { isCurrent && rows.contains(where: \.isTimed) }
  /// Those that have not reached the provider yet.
  var waiting: Set<String> {
    Set(known.values.filter { $0.state == .queued || $0.state == .sending }.map(\.id))
  }

  subscript(id: String) -> JobItem? { known[id] }

  func row(of id: String) -> Int? { places[id] }

  /// The place of a picture among those that were asked for with it, `2/4`; nil for one that stands alone,
  /// and for those of jobs that nobody has told of.
  func groupMark(ofPicture id: String) -> String? {
    id.lastIndex(of: "-").flatMap { groupMarks[String(id[..<$0])] }
  }

  /// The job to put a waiting one before, so that it goes up or down by one place.
  ///
  /// - Returns: nil where it cannot; nil inside where it becomes the last.
  func place(of job: JobItem, movedBy offset: Int) -> String?? {
    let waiting = rows.filter { $0.place != nil }
    guard let index = waiting.firstIndex(where: { $0.id == job.id }) else { return nil }
    guard waiting.indices.contains(index + offset) else { return nil }
    let next = offset < 0 ? index + offset : index + offset + 1
    return .some(waiting.indices.contains(next) ? waiting[next].id : nil)
  }

  /// Takes in a list of all jobs. Of those that are under way the events know more than a list that
  /// they may have overtaken; what stood before the service was lost knows less.
  mutating func listed(_ items: [JobItem]) {
    if !isCurrent {
      let stale = Set(order.filter { known[$0]?.isActive == true && !heard.contains($0) })
      order.removeAll(where: stale.contains)
      for id in stale { known[id] = nil }
    }
    for item in items where !item.isActive || known[item.id] == nil { take(item) }
    isCurrent = true
  }

  /// From now on nobody tells how the jobs stand.
  mutating func serviceLost() {
    isCurrent = false
    heard = []
  }

  mutating func reported(_ item: JobItem) {
    if !isCurrent { heard.insert(item.id) }
    take(item)
  }

  private mutating func take(_ item: JobItem) {
    if let group = item.group { groupMarks[item.id] = group.mark }
    let before = known.updateValue(item, forKey: item.id)
    if item.isOver, before?.isOver != true { endedNews.insert(item.id) }
    if before == nil { order.append(item.id) }
  }

  mutating func dismiss(_ id: String) { dismissed.insert(id) }

  /// Takes all ended jobs off the list: not what needs a decision, nor what is drawn and not here.
  ///
  /// - Returns: how many, and how many stay because they ended since the last key.
  mutating func dismissEnded() -> (gone: Int, stay: Int) {
    let all = shown.filter(\.isOver)
    let ended = all.filter { !endedNews.contains($0.id) }
    dismissed.formUnion(ended.map(\.id))
    return (ended.count, all.count - ended.count)
  }

  private var shown: [JobItem] {
    order.compactMap { known[$0] }.filter { $0.isShown && !dismissed.contains($0.id) }
  }

  /// Brings the rows in line with the jobs.
  ///
  /// - Parameter selected: One that is looked at keeps its row.
  mutating func arrange(selected: String?) {
    let shown = shown.sorted {
      $0.submittedAt == $1.submittedAt
        ? $0.group?.place ?? 0 < $1.group?.place ?? 0 : $0.submittedAt > $1.submittedAt
    }
    let active = shown.filter(\.isActive)
    // The newest of those that are over: new pictures stay in sight.
    let ended = shown.filter(\.isOver).enumerated().filter {
      $0.offset < Self.endedRows || selected == $0.element.id
    }
    .map(\.element)
    rows =
      shown.filter(\.isUnresolved) + active.filter { $0.place == nil }
      + active.filter { $0.place != nil }.sorted { ($0.place ?? 0) < ($1.place ?? 0) }
      + shown.filter { $0.missesPictures && !$0.isActive && !$0.isUnresolved } + ended
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
