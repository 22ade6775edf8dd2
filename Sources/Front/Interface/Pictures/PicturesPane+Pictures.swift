import Paging

extension PicturesPane {
  /// Asks for the rows that come in sight next.
  mutating func wants() -> [AppEffect] {
    list.wants(from: window.top - leading, visible: window.rows).map { [$0] } ?? []
  }

  /// Asks for the first pictures of a search; an empty one means all.
  mutating func load(_ words: String = "") -> [AppEffect] {
    takesFirst = true
    later = []
    return [list.load(words)]
  }

  /// Takes in a page, and says where it is not quite what was asked for.
  mutating func pageLoaded(_ ticket: Int, _ page: PicturePage<PictureItem>) -> [ViewRequest] {
    let goal = list.asked?.ticket == ticket ? list.goal : nil
    let requests = loaded(ticket, page).map(ViewRequest.effect)
    guard let goal, let item = shownPicture, let note = goal.note(reaching: item) else {
      return requests
    }
    return requests + [.say(Notice(.information, note))]
  }

  private mutating func loaded(
    _ ticket: Int, _ page: PicturePage<PictureItem>
  ) -> [AppEffect] {
    if let id = shownPicture?.id, list.loses(id, by: page, ticket) {
      return [list.reload(around: id, isCrowded: true)]
    }
    guard let asked = list.asked, asked.ticket == ticket else { return [] }
    let take = { (history: inout PicturesPane) in _ = history.list.loaded(ticket, page) }
    switch asked.aim {
    case .extend: keepingSight(take)
    case .go(let goal):
      let wanted = page.wanted.map { page.rows[$0].id }
      take(&self)
      switch goal {
      case .first: select(row: 0)
      case .last: select(row: rowCount - 1)
      case .row, .day, .month:
        let row = wanted.flatMap { list.row(of: $0) } ?? page.wanted ?? 0
        select(row: min(leading + row, rowCount - 1))
        window.center(on: selectedRow, count: rowCount)
      }
      let steps = later
      later = []
      return steps.flatMap { self.step($0) }
    case .search, .refresh, .changes:
      keepingLine(take)
      if takesFirst, presentRow == nil {
        select(row: query.isEmpty || pictures.isEmpty ? 0 : leading)
      }
      takesFirst = false
    }
    return []
  }

  /// Takes in what changed; where nobody can say what, the pictures are read once more.
  mutating func changed(
    _ ticket: Int, _ changes: PageChanges<PictureItem>?
  ) -> [AppEffect] {
    guard let asked = list.asked, asked.ticket == ticket else { return [] }
    guard let changes else { return [list.reload(around: shownPicture?.id)] }
    keepingLine { $0.list.apply(changes) }
    return []
  }

  mutating func failed(_ message: String) {
    list.failed(message)
    later = []
  }

  /// Asks what has changed by other hands.
  mutating func refresh() -> [AppEffect] { [list.refresh(around: shownPicture?.id)] }

  /// Takes a picture off the list, which it does not come back to until `show`.
  mutating func hide(_ id: String) {
    let row = selectedRow
    list.hide(id)
    select(near: row)
    window.reveal(selectedRow)
  }

  /// Has a picture on the list again, if it is one of those looked for.
  mutating func show(_ id: String) -> [AppEffect] {
    keepingLine { $0.list.show(id) }
    let isSought = selected == .picture(id) && list.row(of: id) == nil
    return isSought ? [list.reload(around: id)] : refresh()
  }

  /// A new picture comes first. It is selected too, unless the user looks at an older one, or chooses
  /// among the rows.
  mutating func arrived(_ item: PictureItem) {
    let follows =
      switch selected {
      case nil, .job: true
      case .picture(let id): list.pages.reachesStart && id == pictures.first?.id
      }
    let looked = shownPicture?.id
    var isNew = false
    keepingLine { isNew = $0.list.arrived(item, selected: looked) }
    if isNew, follows, !isHeld, let row = list.row(of: item.id) { select(row: leading + row) }
  }

  // MARK: Layers

  /// Gives the layers of the selected picture rows of their own; goes to the first where they have them.
  mutating func openSet() -> [AppEffect] {
    guard let item = selectedPicture, !item.layers.isEmpty else { return [] }
    guard list.open.contains(item.id) else {
      keepingLine { $0.list.setOpen(item.id, true) }
      return []
    }
    return step(.down)
  }

  /// Folds the set of the selected picture, and selects what stands for it.
  mutating func closeSet() {
    guard let item = selectedPicture, let base = list.base(of: item),
      let row = list.row(of: base.id)
    else { return }
    choose(row: leading + row)
    keepingLine { $0.list.setOpen(base.id, false) }
  }
}
