import Paging

/// The pictures that match, newest first, as far as they are in memory: those around the ones looked at.
struct PictureList: Equatable, Sendable {
  /// The rows as they are read, a set of layers in one.
  var pages = PageWindow<PictureItem>()
  /// The ids of those whose layers have rows.
  private(set) var open: Set<String> = []
  /// Where a set is open: the rows with those of the layers, the row each belongs to, and where each id is.
  private var opened: [PictureItem] = []
  private var owners: [Int] = []
  private var places: [String: Int] = [:]
  private(set) var filter = PictureFilter()
  /// Pictures that are in the trash, or on their way there, by id: a page that was read before has them still.
  var hidden: [String: PictureItem] = [:]
  /// Those of them that the index has not any more.
  var gone: Set<String> = []
  /// Those of them that had rows, and that the index may count.
  var uncounted: Set<String> = []
  /// Up to which change of the index the rows are true; zero where nobody knows.
  var mark: Int64 = 0
  private(set) var isLoaded = false
  /// Why the gallery could not be read.
  private(set) var failure: String?
  /// Whether nothing more is asked for of its own accord, from a failure until a key is pressed.
  private var isStalled = false
  /// What was asked for and is not answered.
  var asked: Asked?
  private var tickets = 0
  /// Pictures that came since it was asked for: a page that was read before is without them.
  var arrivals: [PictureItem] = []

  /// A question to the index.
  struct Asked: Equatable, Sendable {
    var ticket: Int
    var request: PageRequest
    var aim: Aim

    var effect: AppEffect {
      if case .changes(let mark, let position) = aim {
        return .loadChanges(ticket: ticket, since: mark, above: position)
      }
      return .loadPage(ticket: ticket, request)
    }
  }

  /// What a page is for.
  enum Aim: Equatable, Sendable {
    /// To have the same pictures once more, with all that changed meanwhile.
    case refresh
    /// To have only what changed since.
    case changes(since: Int64, above: PicturePosition?)
    /// To have more on one side.
    case extend
    /// The pictures of another search.
    case search
    /// To go somewhere.
    case go(ListGoal)
  }

  /// The rows that have lines: those of `pages`, and below those that are open their layers.
  var rows: [PictureItem] { open.isEmpty ? pages.rows : opened }
  /// How many match, in memory or not.
  var total: Int { max(pages.total ?? 0, pages.rows.count) }
  /// Where the user wants to go and is not yet.
  var goal: ListGoal? {
    if case .go(let goal)? = asked?.aim { goal } else { nil }
  }

  func row(of id: String) -> Int? { open.isEmpty ? pages.index(of: id) : places[id] }

  func item(_ id: String) -> PictureItem? { row(of: id).map { rows[$0] } }

  /// The number of a row in the whole list, from 1, the layers of a picture left out; nil where nobody counted.
  func number(ofRow row: Int) -> Int? { pages.firstRow.map { $0 + place(ofRow: row) + 1 } }

  /// Which of `pages` a row belongs to.
  func place(ofRow row: Int) -> Int {
    open.isEmpty ? row : owners.isEmpty ? 0 : owners[min(max(0, row), owners.count - 1)]
  }

  // MARK: Reading

  /// Asks for what comes in sight next; nil where it is there or asked for.
  ///
  /// - Parameters:
  ///   - top: The first row in sight.
  ///   - visible: How many can be.
  mutating func wants(from top: Int, visible: Int) -> AppEffect? {
    guard isLoaded, asked == nil, !isStalled else { return nil }
    pages.fit(visible: visible)
    let start = pages.wants(
      from: place(ofRow: max(0, top)), through: place(ofRow: max(0, top + visible - 1)))
    return start.map { ask(PageRequest($0, of: filter, limit: pages.page), .extend) }
  }

  /// Asks for the first pictures of a search; an empty one means all.
  mutating func load(_ words: String) -> AppEffect {
    filter = PictureFilter(words: words)
    return ask(PageRequest(.first, of: filter, limit: pages.page, isCounted: true), .search)
  }

  mutating func go(_ goal: ListGoal) -> AppEffect {
    let isEnd = goal == .first || goal == .last
    let request = PageRequest(
      goal.start, of: filter, limit: pages.page, isCounted: !isEnd || asked?.aim == .search)
    return ask(request, .go(goal))
  }

  /// Asks for the same pictures once more, with all that changed meanwhile.
  ///
  /// - Parameters:
  ///   - id: One that is to be among them, where any is.
  ///   - isCrowded: Whether so many came that it was not.
  mutating func reload(around id: String?, isCrowded: Bool = false) -> AppEffect {
    if let asked, asked.aim == .search || goal != nil { return ask(asked.request, asked.aim) }
    // All that are there, and some more for those that came.
    let limit = max(pages.page, min(pages.rows.count + pages.page, pages.capacity))
    let row = id.flatMap { self.row(of: $0) }
    let place = row.map { self.place(ofRow: $0) }
    let start: PageRequest.Start
    if let id, row == nil {
      start = .picture(id: id)
    } else if pages.rows.isEmpty
      || pages.reachesStart && !isCrowded && place ?? 0 < limit - pages.page
    {
      start = .first
    } else {
      start = .around(pages.rows[place ?? pages.rows.count / 2].position)
    }
    return ask(PageRequest(start, of: filter, limit: limit, isCounted: true), .refresh)
  }

  /// Whether a page that is read again ends before a row that is there: it says nothing of it.
  func loses(_ id: String, by page: PicturePage<PictureItem>, _ ticket: Int) -> Bool {
    guard let asked, asked.ticket == ticket, asked.aim == .refresh,
      let position = row(of: id).map({ pages.rows[place(ofRow: $0)].position })
    else { return false }
    let isAbove = page.reachesStart || page.rows.first.map { $0.position >= position } == true
    let isBelow = page.reachesEnd || page.rows.last.map { $0.position <= position } == true
    return !isAbove || !isBelow
  }

  private mutating func ask(_ request: PageRequest, _ aim: Aim) -> AppEffect {
    tickets += 1
    let asked = Asked(ticket: tickets, request: request, aim: aim)
    self.asked = asked
    isStalled = false
    arrivals = []
    return asked.effect
  }

  /// A key was pressed: what failed may be tried again.
  mutating func keyPressed() { isStalled = false }

  /// Forgets where the user wanted to go: they went elsewhere.
  mutating func dropGoal() { if goal != nil { asked = nil } }

  /// Takes in a page.
  ///
  /// - Returns: what it was for; nil for one that nobody waits for any more.
  mutating func loaded(_ ticket: Int, _ page: PicturePage<PictureItem>) -> Asked? {
    guard let asked, asked.ticket == ticket else { return nil }
    answered()
    let page = known(page)
    switch asked.request.start {
    case .before:
      pages.append(page)
      mark = min(mark, page.mark)
    case .after:
      pages.prepend(page)
      mark = min(mark, page.mark)
    default:
      pages.replace(with: page)
      mark = page.mark
      for item in arrivals where hidden[item.id] == nil && !page.holds(item.id) {
        add(item, selected: nil)
      }
    }
    arrivals = []
    arrange()
    return asked
  }

  /// What was asked for is there.
  mutating func answered() {
    asked = nil
    isLoaded = true
    failure = nil
  }

  mutating func failed(_ message: String) {
    failure = message
    isStalled = true
    asked = nil
  }

  /// A page without what is in the trash.
  private func known(_ page: PicturePage<PictureItem>) -> PicturePage<PictureItem> {
    guard !hidden.isEmpty else { return page }
    var page = page
    let count = page.rows.count
    page.rows = page.rows.filter { hidden[$0.id] == nil }.map(known)
    page.total = page.total.map { max(0, $0 - (count - page.rows.count)) }
    return page
  }

  // MARK: Layers

  mutating func setOpen(_ id: String, _ isOpen: Bool) {
    if isOpen { open.insert(id) } else { open.remove(id) }
    arrange()
  }

  /// The picture whose row stands for the set of a row.
  func base(of item: PictureItem) -> PictureItem? {
    row(of: item.id).map { pages.rows[place(ofRow: $0)] }
  }

  mutating func arrange() {
    (opened, owners, places) = ([], [], [:])
    guard !open.isEmpty else { return }
    for (place, item) in pages.rows.enumerated() {
      let parts = open.contains(item.id) ? item.layers : []
      for (number, row) in ([item] + parts).enumerated() {
        var row = row
        row.isPart = number > 0
        places[row.id] = opened.count
        opened.append(row)
        owners.append(place)
      }
    }
  }
}

extension PicturePage where Row == PictureItem {
  fileprivate func holds(_ id: String) -> Bool {
    rows.contains { $0.id == id || $0.layers.contains { $0.id == id } }
  }
}
