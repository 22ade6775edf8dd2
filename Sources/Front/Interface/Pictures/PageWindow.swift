import Paging

/// A row of a long list: known by its id, placed by time.
protocol PlacedRow: Identifiable, Equatable, Sendable where ID == String {
  var position: PicturePosition { get }
  /// What it is the only row of; nil where it is nothing but itself.
  var set: String? { get }
}

extension PlacedRow {
  var set: String? { nil }
}

/// The part of a long list that is in memory: rows that follow one another, newest first, around those in sight.
///
/// Whatever the list has, it keeps no more than a few pages, and finds a row by its id without a search.
struct PageWindow<Row: PlacedRow>: Equatable, Sendable {
  private(set) var rows: [Row] = []
  /// The number of the first row in the whole list, from zero; nil where nobody counted.
  private(set) var firstRow: Int? = 0
  /// How many rows the whole list has; nil where nobody counted.
  private(set) var total: Int?
  private(set) var reachesStart = true
  private(set) var reachesEnd = true
  /// The most rows that are kept.
  private(set) var capacity = 5 * Self.leastPage
  /// The place of each row plus `base`, so that rows that come and go at the front change no other's.
  private var numbers: [String: Int] = [:]
  private var base = 0
  /// The ids of the rows of sets.
  private var sets: [String: String] = [:]

  /// The fewest rows that are asked for at once.
  static var leastPage: Int { 64 }

  /// How many rows to ask for at once.
  var page: Int { capacity / 5 }

  static func == (one: PageWindow, other: PageWindow) -> Bool {
    one.rows == other.rows && one.firstRow == other.firstRow && one.total == other.total
      && one.reachesStart == other.reachesStart && one.reachesEnd == other.reachesEnd
      && one.capacity == other.capacity
  }

  func index(of id: String) -> Int? { numbers[id].map { $0 - base } }

  func index(ofSet set: String) -> Int? { sets[set].flatMap { index(of: $0) } }

  /// Takes in how many rows are in sight: a page is at least as many.
  mutating func fit(visible: Int) { capacity = 5 * max(Self.leastPage, visible) }

  /// What to ask for, so that rows are there before they come in sight; nil where enough are.
  func wants(from top: Int, through bottom: Int) -> PageRequest.Start? {
    guard let first = rows.first, let last = rows.last else {
      return reachesStart && reachesEnd ? nil : .first
    }
    if !reachesEnd, bottom + page >= rows.count { return .before(last.position) }
    if !reachesStart, top < page { return .after(first.position) }
    return nil
  }

  // MARK: Pages

  mutating func replace(with page: PicturePage<Row>) {
    rows = page.rows
    total = page.total ?? total
    reachesStart = page.reachesStart
    reachesEnd = page.reachesEnd
    let end = page.reachesEnd ? total.map { max(0, $0 - page.rows.count) } : nil
    firstRow = page.reachesStart ? 0 : page.firstRow ?? end
    base = 0
    numbers = [:]
    sets = [:]
    number(rows.indices)
  }

  /// Rows older than the last one; those that are here already are left out.
  mutating func append(_ page: PicturePage<Row>) {
    let new = page.rows.filter { numbers[$0.id] == nil }
    let end = rows.count
    rows += new
    number(end..<rows.count)
    reachesEnd = page.reachesEnd || new.isEmpty
    total = page.total ?? total
    dropFirst(rows.count - capacity)
  }

  /// Rows younger than the first one.
  mutating func prepend(_ page: PicturePage<Row>) {
    let new = page.rows.filter { numbers[$0.id] == nil }
    rows.insert(contentsOf: new, at: 0)
    base -= new.count
    number(0..<new.count)
    reachesStart = page.reachesStart || new.isEmpty
    firstRow = reachesStart ? 0 : page.firstRow ?? firstRow.map { max(0, $0 - new.count) }
    total = page.total ?? total
    dropLast(rows.count - capacity)
  }

  // MARK: One row

  /// Puts a row where its position is, or counts it where that is not in the window.
  mutating func insert(_ row: Row) {
    guard numbers[row.id] == nil else { return }
    total = total.map { $0 + 1 }
    let place = place(of: row.position)
    if place == 0, !reachesStart {
      firstRow = firstRow.map { $0 + 1 }
      return
    }
    if place == rows.count, !reachesEnd { return }
    rows.insert(row, at: place)
    if place < rows.count / 2 {
      base -= 1
      number(0..<(place + 1))
    } else {
      number(place..<rows.count)
    }
    // With room for a page, so that not every row that comes drops one.
    if rows.count > capacity + page { dropLast(rows.count - capacity) }
  }

  /// Puts a row where its position is, whether or not one with its id is there.
  mutating func put(_ row: Row) {
    guard let index = index(of: row.id) else { return insert(row) }
    if rows[index].position == row.position { return update(at: index, to: row) }
    remove(row.id)
    insert(row)
  }

  /// Takes in how many rows the list has, and how many of them are before the first one here.
  mutating func count(newer: Int?, total: Int) {
    self.total = total
    firstRow = reachesStart ? 0 : newer ?? firstRow
  }

  /// Puts a row in the place of another one.
  mutating func update(at index: Int, to row: Row) {
    forget(rows[index])
    rows[index] = row
    number(index..<(index + 1))
  }

  /// - Returns: where it was; nil where it is not in the window.
  @discardableResult
  mutating func remove(_ id: String) -> Int? {
    guard let index = index(of: id) else { return nil }
    forget(rows.remove(at: index))
    if index < rows.count / 2 {
      base += 1
      number(0..<index)
    } else {
      number(index..<rows.count)
    }
    total = total.map { max(0, $0 - 1) }
    return index
  }

  // MARK: In the window

  /// The first row that is not younger than a position.
  private func place(of position: PicturePosition) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].position > position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func number(_ range: Range<Int>) {
    for index in range {
      numbers[rows[index].id] = base + index
      if let set = rows[index].set { sets[set] = rows[index].id }
    }
  }

  private mutating func forget(_ row: Row) {
    numbers[row.id] = nil
    if let set = row.set, sets[set] == row.id { sets[set] = nil }
  }

  private mutating func dropFirst(_ count: Int) {
    guard count > 0 else { return }
    for row in rows.prefix(count) { forget(row) }
    rows.removeFirst(count)
    base += count
    firstRow = firstRow.map { $0 + count }
    reachesStart = false
  }

  private mutating func dropLast(_ count: Int) {
    guard count > 0 else { return }
    for row in rows.suffix(count) { forget(row) }
    rows.removeLast(count)
    reachesEnd = false
  }
}
