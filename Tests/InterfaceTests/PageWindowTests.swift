import Paging
import TestSupport
import Testing

@testable import Interface

/// A long list of which a window is kept, beside the whole of it as an array.
private struct LongList {
  struct Row: PlacedRow {
    let id: String
    let position: PicturePosition
  }

  var all: [Row]
  var window = PageWindow<Row>()
  private var nextKey: Int64

  init(_ count: Int) {
    nextKey = Int64(count + 1) * 1000
    all = (0..<count).reversed().map { Self.row(Int64($0 + 1) * 1000) }
  }

  private static func row(_ key: Int64) -> Row {
    Row(id: "r\(key)", position: PicturePosition(key: key))
  }

  /// What an index answers.
  func page(_ start: PageRequest.Start, _ limit: Int, isCounted: Bool) -> PicturePage<Row> {
    let range: Range<Int>
    switch start {
    case .first: range = 0..<min(limit, all.count)
    case .last: range = max(0, all.count - limit)..<all.count
    case .row(let row):
      let first = max(0, min(row - limit / 2, all.count - limit))
      range = first..<min(all.count, first + limit)
    case .before(let position):
      let first = all.firstIndex { $0.position < position } ?? all.count
      range = first..<min(all.count, first + limit)
    case .after(let position):
      let end = all.firstIndex { $0.position <= position } ?? all.count
      range = max(0, end - limit)..<end
    case .around, .picture: range = 0..<0
    }
    return PicturePage(
      rows: Array(all[range]), firstRow: isCounted && !range.isEmpty ? range.lowerBound : nil,
      total: isCounted ? all.count : nil, reachesStart: range.lowerBound == 0,
      reachesEnd: range.upperBound == all.count)
  }

  mutating func load(_ start: PageRequest.Start, isCounted: Bool) {
    let page = page(start, window.page, isCounted: isCounted)
    switch start {
    case .before: window.append(page)
    case .after: window.prepend(page)
    default: window.replace(with: page)
    }
  }

  mutating func arrive(using random: inout SplitMix) {
    nextKey += Int64.random(in: 1...5, using: &random)
    let key =
      Int.random(in: 0..<4, using: &random) == 0
      ? Int64.random(in: 1..<nextKey, using: &random) : nextKey
    let row = Self.row(key)
    guard !all.contains(row) else { return }
    all.insert(row, at: all.firstIndex { $0.position < row.position } ?? all.count)
    window.insert(row)
  }

  mutating func remove(using random: inout SplitMix) {
    guard let row = window.rows.randomElement(using: &random) else { return }
    all.removeAll { $0 == row }
    let place = window.rows.firstIndex(of: row)
    #expect(window.remove(row.id) == place)
  }

  func check(_ step: String) {
    guard let first = window.rows.first else { return }
    let place = all.firstIndex(of: first) ?? -1
    #expect(
      place >= 0 && Array(all[max(0, place)...].prefix(window.rows.count)) == window.rows, "\(step)"
    )
    #expect(window.firstRow == place, "\(step)")
    #expect(window.total == all.count, "\(step)")
    // A row that came beyond an edge is not known of there until that edge is read on.
    if window.reachesStart { #expect(place == 0, "\(step)") }
    if window.reachesEnd { #expect(place + window.rows.count == all.count, "\(step)") }
    #expect(window.rows.count <= window.capacity + window.page, "\(step)")
    for (index, row) in window.rows.enumerated() {
      #expect(window.index(of: row.id) == index, "\(step)")
    }
  }
}

@Suite("The window of a long list") struct PageWindowTests {
  @Test(arguments: 1...8) func itIsAlwaysAPartOfTheList(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    var list = LongList([0, 1, 40, 64, 300, 900, 2000, 5000][seed - 1])
    list.window.fit(visible: Int.random(in: 1...100, using: &random))
    list.load(.first, isCounted: true)
    for number in 0..<400 {
      let isCounted = Bool.random(using: &random)
      let step = Int.random(in: 0..<10, using: &random)
      let rows = list.window.rows
      let top = rows.isEmpty ? 0 : Int.random(in: 0..<rows.count, using: &random)
      switch step {
      case 0: list.load(.first, isCounted: true)
      case 1: list.load(.last, isCounted: isCounted)
      case 2: list.load(.row(Int.random(in: 0...5000, using: &random)), isCounted: true)
      case 3: list.arrive(using: &random)
      case 4: list.remove(using: &random)
      default:
        // As the screen does it, in either direction.
        let near = step < 7 ? 0 : max(0, rows.count - 1)
        if let start = list.window.wants(from: min(top, near), through: max(top, near)) {
          list.load(start, isCounted: isCounted)
        }
      }
      list.check("step \(number): \(step)")
    }
  }

  @Test func itAsksBeforeAnEdgeIsInSight() {
    var list = LongList(10_000)
    list.load(.first, isCounted: true)
    var top = 0
    var loads = 0
    while top + 40 < list.all.count {
      let place = top - (list.window.firstRow ?? 0)
      #expect(place >= 0 && place + 40 <= list.window.rows.count)
      if let start = list.window.wants(from: place, through: place + 39) {
        list.load(start, isCounted: false)
        loads += 1
        // Not back and forth: one page is enough.
        let place = top - (list.window.firstRow ?? 0)
        #expect(list.window.wants(from: place, through: place + 39) == nil || top < 64)
      }
      top += 20
    }
    #expect(list.window.reachesEnd && loads < 10_000 / 64 + 2)
  }
}
