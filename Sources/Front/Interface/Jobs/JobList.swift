package import Jobs

/// The jobs as the service reports them, and those of them that have rows.
struct JobList: Equatable, Sendable {
  /// The most ended jobs that have rows.
  private static let endedRows = 3

  /// Ended ones too.
  private var known: [String: JobStatus] = [:]
  /// The ids of those, the first that was heard of first.
  private var order: [String] = []
  /// The places of jobs among those they were asked for with, `2/4`.
  private var groupMarks: [String: String] = [:]
  /// Jobs the user took off the list.
  private(set) var dismissed: Set<String> = []
  /// Jobs that ended since the last key.
  var endedNews: Set<String> = []
  /// Jobs with rows of their own: first those that need a decision, then those under way, those that wait
  /// in the order of the queue, and those that ended other than well.
  private(set) var rows: [JobStatus] = [] {
    didSet { places = Dictionary(uniqueKeysWithValues: rows.indices.map { (rows[$0].id, $0) }) }
  }
  private var places: [String: Int] = [:]
  /// Whether the jobs stand as shown; false from the loss of the service until it lists them again.
  private(set) var isCurrent = true
  /// Jobs of which something was told since the service was lost.
  private var heard: Set<String> = []

  /// The ids of those that are under way.
  var active: Set<String> { Set(isCurrent ? rows.filter { !$0.state.isFinal }.map(\.id) : []) }
  var activeCount: Int { isCurrent ? rows.count { !$0.state.isFinal } : 0 }
  /// Whether what is shown of the jobs changes as time passes.
  var isTimed: Bool { isCurrent && rows.contains(where: \.isTimed) }
  /// Those that have not reached the provider yet.
  var waiting: Set<String> {
    Set(known.values.filter { $0.state.phase == .queued || $0.state == .sending }.map(\.id))
  }

  subscript(id: String) -> JobStatus? { known[id] }

  func row(of id: String) -> Int? { places[id] }

  /// The place of a picture among those that were asked for with it, `2/4`; nil for one that stands alone,
  /// and for those of jobs that nobody has told of.
  func groupMark(ofPicture id: String) -> String? {
    groupMarks.isEmpty ? nil : id.lastIndex(of: "-").flatMap { groupMarks[String(id[..<$0])] }
  }

  /// The job to put a waiting one before, so that it goes up or down by one place.
  ///
  /// - Returns: nil where it cannot; nil inside where it becomes the last.
  func place(of job: JobStatus, movedBy offset: Int) -> String?? {
    let waiting = rows.filter { $0.state.place != nil }
    guard let index = waiting.firstIndex(where: { $0.id == job.id }) else { return nil }
    guard waiting.indices.contains(index + offset) else { return nil }
    let next = offset < 0 ? index + offset : index + offset + 1
    return .some(waiting.indices.contains(next) ? waiting[next].id : nil)
  }

  /// Takes in a list of all jobs. Of those that are under way the events know more than a list that
  /// they may have overtaken; what stood before the service was lost knows less.
  mutating func listed(_ items: [JobStatus]) {
    if !isCurrent {
      let stale = Set(order.filter { known[$0]?.state.isFinal == false && !heard.contains($0) })
      order.removeAll(where: stale.contains)
      for id in stale { known[id] = nil }
    }
    for item in items where item.state.isFinal || known[item.id] == nil { take(item) }
    isCurrent = true
  }

  /// From now on nobody tells how the jobs stand.
  mutating func serviceLost() {
    isCurrent = false
    heard = []
  }

  mutating func reported(_ item: JobStatus) {
    if !isCurrent { heard.insert(item.id) }
    take(item)
  }

  private mutating func take(_ item: JobStatus) {
    if let group = item.group { groupMarks[item.id] = group.mark }
    let before = known.updateValue(item, forKey: item.id)
    if item.canBeDismissed, before?.canBeDismissed != true { endedNews.insert(item.id) }
    if before == nil { order.append(item.id) }
  }

  mutating func dismiss(_ id: String) { dismissed.insert(id) }

  /// Takes all ended jobs off the list: not what needs a decision, nor what is drawn and not here.
  ///
  /// - Returns: how many, and how many stay because they ended since the last key.
  mutating func dismissEnded() -> (gone: Int, stay: Int) {
    let all = shown.filter(\.canBeDismissed)
    let ended = all.filter { !endedNews.contains($0.id) }
    dismissed.formUnion(ended.map(\.id))
    return (ended.count, all.count - ended.count)
  }

  private var shown: [JobStatus] {
    order.compactMap { known[$0] }.filter { $0.isShown && !dismissed.contains($0.id) }
  }

  /// Brings the rows in line with the jobs.
  ///
  /// - Parameter selected: One that is looked at keeps its row.
  mutating func arrange(selected: String?) {
    let shown = shown.sorted {
      $0.submitted == $1.submitted
        ? $0.group?.place ?? 0 < $1.group?.place ?? 0 : $0.submitted > $1.submitted
    }
    // What is undecided and fetches what it misses has its row above them.
    let active = shown.filter { !$0.state.isFinal && !$0.state.isUnresolved }
    // The newest of those that are over: new pictures stay in sight.
    let ended = shown.filter(\.isOver).enumerated().filter {
      $0.offset < Self.endedRows || selected == $0.element.id
    }
    .map(\.element)
    rows =
      shown.filter(\.state.isUnresolved) + active.filter { $0.state.place == nil }
      + active.filter { $0.state.place != nil }
      .sorted { ($0.state.place ?? 0) < ($1.state.place ?? 0) }
      + shown.filter { $0.missesPictures && $0.state.isFinal && !$0.state.isUnresolved } + ended
  }
}

extension JobStatus {
  /// Whether nothing is left to do about it.
  fileprivate var isOver: Bool { state.isFinal && !state.isUnresolved && !missesPictures }

  /// Whether it has a row of its own: what is done is among the pictures, what was decided is settled.
  fileprivate var isShown: Bool {
    switch state {
    case .done: false
    case .unknown(let resolution): resolution == .open
    case .queued, .sending, .running, .downloading, .partlyDone, .failed, .cancelled: true
    }
  }

  /// Whether it has a row that may be taken off the list.
  fileprivate var canBeDismissed: Bool { isOver && isShown }

  /// Whether what is shown of it changes as time passes.
  fileprivate var isTimed: Bool {
    switch state {
    case .queued(let queued): if case .time = queued.waitsFor { true } else { false }
    case .sending, .running, .downloading: true
    case .done, .partlyDone, .failed, .cancelled, .unknown: false
    }
  }

  /// Under way or undecided, with pictures that are paid for and not here, or ended so lately that somebody who opens
  /// the program may still want to know.
  ///
  /// - Parameter now: Seconds since 1970.
  package func isRecent(at now: Double) -> Bool {
    // One that fetches what it missed has ended once before.
    guard state.isFinal, !state.isUnresolved, !missesPictures, let finished else { return true }
    return state == .failed && now - finished < 3600
  }
}
