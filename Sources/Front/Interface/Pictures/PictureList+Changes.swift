import Paging

// One picture that comes, goes or changes is one row; nothing else is read again for it.
extension PictureList {
  /// Takes a picture off the list, which it does not come back to until `show`.
  mutating func hide(_ id: String) {
    hidden[id] = item(id)
    if pages.remove(id) != nil {
      uncounted.insert(id)
    } else if let row = row(of: id) {
      let place = place(ofRow: row)
      var owner = pages.rows[place]
      owner.layers.removeAll { $0.id == id }
      pages.update(at: place, to: owner)
    }
    arrange()
  }

  /// Has a picture on the list again, where that is in memory.
  mutating func show(_ id: String) {
    let item = hidden.removeValue(forKey: id)
    gone.remove(id)
    let wasRow = uncounted.remove(id) != nil || item?.isPart == false
    if let item, wasRow, filter == PictureFilter() { pages.put(item) }
    arrange()
  }

  /// Takes in a picture that came; a layer joins its set.
  ///
  /// - Returns: Whether it has a row of its own.
  mutating func arrived(_ item: PictureItem, selected: String?) -> Bool {
    guard filter.words.isEmpty, hidden[item.id] == nil, row(of: item.id) == nil else {
      return false
    }
    defer { arrange() }
    if asked != nil { arrivals.append(item) }
    return add(item, selected: selected)
  }

  @discardableResult
  mutating func add(_ item: PictureItem, selected: String?) -> Bool {
    guard let layer = item.layer, let place = pages.index(ofSet: layer.set) else {
      pages.insert(item)
      return true
    }
    join(item, toSetAt: place, selected: selected)
    return false
  }

  private mutating func join(_ item: PictureItem, toSetAt place: Int, selected: String?) {
    let before = pages.rows[place]
    let all = ([before, item] + before.layers)
      .sorted { ($0.layer?.order ?? 0) < ($1.layer?.order ?? 0) }
    guard !before.layers.contains(where: { $0.id == item.id }), var base = all.first else { return }
    base.layers = all.dropFirst().map { part in
      var part = part
      part.layers = []
      return part
    }
    // What was looked at keeps its row.
    if base.id != before.id, selected == before.id { setOpen(base.id, true) }
    pages.update(at: place, to: base)
  }

  // MARK: What changed elsewhere

  /// Asks what has changed, or for the same pictures once more where nobody could say.
  mutating func refresh(around id: String?) -> AppEffect {
    // A page that is being read has some of it, and none can tell which.
    let isReading =
      switch asked?.aim {
      case nil, .extend, .changes: false
      case .refresh, .search, .go: true
      }
    let effect = reload(around: id)
    guard !isReading, isLoaded, mark > 0, filter == PictureFilter() else { return effect }
    asked?.aim = .changes(since: mark, above: pages.rows.first?.position)
    return asked?.effect ?? effect
  }

  mutating func apply(_ changes: PageChanges<PictureItem>) {
    answered()
    for id in changes.removed {
      pages.remove(id)
      uncounted.remove(id)
      if hidden[id] != nil { gone.insert(id) }
    }
    for item in changes.changed {
      if hidden[item.id] != nil {
        // Still on its way into the trash, unless somebody took it out of there.
        guard gone.remove(item.id) != nil else { continue }
        hidden[item.id] = nil
      }
      pages.put(known(item))
    }
    pages.count(newer: changes.newer, total: max(0, changes.total - uncounted.count))
    mark = changes.mark
    arrange()
  }

  /// A picture without those of its layers that are in the trash.
  func known(_ item: PictureItem) -> PictureItem {
    guard !hidden.isEmpty, !item.layers.isEmpty else { return item }
    var item = item
    item.layers.removeAll { hidden[$0.id] != nil }
    return item
  }
}
