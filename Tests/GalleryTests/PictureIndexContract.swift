import Gallery
import Paging
import Posix
import TestSupport
import Testing

/// What holds for every `PictureIndex`, whatever keeps it.
///
/// - Parameter shelf: What it should have.
struct PictureIndexContract {
  let index: any PictureIndex
  let shelf: Shelf
  /// Whether it is of a program that wrote neither the names of layers nor hashes.
  var isOld = false

  /// Random requests in both directions.
  func checkPages(_ count: Int, words: String, seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let all = shelf.rows(matching: words)
    for _ in 0..<count {
      let start = start(in: all, using: &random)
      let request = PageRequest(
        start, of: PictureFilter(words: words), limit: Int.random(in: 1...90, using: &random),
        isCounted: Bool.random(using: &random))
      check(try index.page(request), request, all)
    }
    for start in [PageRequest.Start.first, .last, .row(all.count / 2)] {
      let request = PageRequest(start, of: PictureFilter(words: words), limit: all.count + 10)
      check(try index.page(request), request, all)
    }
  }

  /// Walks from end to end, page by page, in both directions.
  func checkWalks(words: String) throws {
    let filter = PictureFilter(words: words)
    let all = shelf.rows(matching: words).map(\.picture.id)
    var page = try index.page(PageRequest(.first, of: filter, limit: 64))
    var found = page.rows.map(\.picture.id)
    while !page.reachesEnd, let last = page.rows.last {
      page = try index.page(PageRequest(.before(last.picture.position), of: filter, limit: 64))
      found += page.rows.map(\.picture.id)
    }
    #expect(found == all)
    page = try index.page(PageRequest(.last, of: filter, limit: 64))
    found = page.rows.map(\.picture.id)
    while !page.reachesStart, let first = page.rows.first {
      page = try index.page(PageRequest(.after(first.picture.position), of: filter, limit: 64))
      found = page.rows.map(\.picture.id) + found
    }
    #expect(found == all)
  }

  private func start(
    in all: [FoldedPicture], using random: inout SplitMix
  ) -> PageRequest.Start {
    let row = all.randomElement(using: &random)
    let position = row?.picture.position ?? PicturePosition(key: 0)
    switch Int.random(in: 0..<10, using: &random) {
    case 8:
      let time = Double(row?.picture.created.milliseconds ?? 0) / 1000
      let date = CalendarTime(local: time + Double.random(in: -1e6...1e6, using: &random))
      let day = CalendarDay(year: date.year, month: date.month, day: date.day)
      return day.map { .day($0) } ?? .first
    case 0: return .first
    case 1: return .last
    case 2, 3: return .row(Int.random(in: -3..<all.count + 3, using: &random))
    case 4: return .before(position)
    case 5: return .after(position)
    case 6:
      return .around(PicturePosition(key: position.key + Int64.random(in: -1...1, using: &random)))
    case 7:
      // A layer lies where its set does.
      let id = row?.layers.randomElement(using: &random)?.id ?? row?.picture.id
      return .picture(id: id?.description ?? "")
    default:
      return .before(PicturePosition(startOf: Double.random(in: 1.7e9...2.1e9, using: &random)))
    }
  }

  private func check(
    _ page: PicturePage<FoldedPicture>, _ request: PageRequest, _ all: [FoldedPicture]
  ) {
    let limit = request.limit
    func around(_ above: Int) -> Range<Int> {
      let first = min(above - min(above, limit / 2), max(0, all.count - limit))
      return first..<min(all.count, first + limit)
    }
    let expected: Range<Int>
    var wanted: Int?
    switch request.start {
    case .first: expected = 0..<min(limit, all.count)
    case .last: expected = max(0, all.count - limit)..<all.count
    case .row(let row):
      wanted = min(max(0, row), max(0, all.count - 1))
      expected = around(wanted ?? 0)
    case .day(let day):
      let end = PicturePosition(
        startOf: CalendarTime.start(ofYear: day.year, month: day.month, day: day.day + 1))
      wanted = all.firstIndex { $0.picture.position < end } ?? all.count
      expected = around(wanted ?? 0)
    case .before(let position):
      let first = all.firstIndex { $0.picture.position < position } ?? all.count
      expected = first..<min(all.count, first + limit)
    case .after(let position):
      let end = all.firstIndex { $0.picture.position <= position } ?? all.count
      expected = max(0, end - limit)..<end
    case .around(let position):
      wanted = all.firstIndex { $0.picture.position <= position } ?? all.count
      expected = around(wanted ?? 0)
    case .picture(let id):
      let row = all.firstIndex { row in
        ([row.picture] + row.layers).contains { $0.id.description == id }
      }
      wanted = row
      expected = row.map(around) ?? 0..<min(limit, all.count)
    }
    if !all.isEmpty {
      #expect(
        page.wanted == wanted.map { min($0, all.count - 1) - expected.lowerBound }, "\(request)")
    }
    #expect(page.rows.map(known) == all[expected].map(known), "\(request)")
    #expect(page.reachesStart == (expected.lowerBound == 0), "\(request)")
    #expect(page.reachesEnd == (expected.upperBound == all.count), "\(request)")
    let isCounted = request.isCounted || request.filter.words.isEmpty
    #expect(page.total == (isCounted ? all.count : nil), "\(request)")
    if isCounted, !expected.isEmpty {
      #expect(page.firstRow == expected.lowerBound, "\(request)")
    }
  }

  private func known(_ row: FoldedPicture) -> FoldedPicture {
    guard isOld else { return row }
    var row = row
    row.picture.layerName = nil
    row.picture.imageHash = nil
    for place in row.layers.indices {
      row.layers[place].layerName = nil
      row.layers[place].imageHash = nil
    }
    return row
  }
}
