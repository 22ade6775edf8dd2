// A picture that was split and its layers are one thing: one row, which can be opened.
extension History {
  static func rows(of folded: [HistoryItem], open: Set<String>) -> [HistoryItem] {
    folded.flatMap { item in
      guard open.contains(item.id) else { return [item] }
      return [item]
        + item.layers.map { layer in
          var part = layer
          part.isPart = true
          return part
        }
    }
  }

  /// Takes in a picture that came; a layer joins its set.
  ///
  /// - Returns: Whether it has a row of its own.
  mutating func take(_ item: HistoryItem) -> Bool {
    guard let layer = item.layer,
      let place = folded.firstIndex(where: { $0.layer?.set == layer.set })
    else {
      folded.insert(item, at: 0)
      return true
    }
    let all = ([folded[place], item] + folded[place].layers)
      .sorted { ($0.layer?.order ?? 0) < ($1.layer?.order ?? 0) }
    guard !folded[place].layers.contains(where: { $0.id == item.id }), var base = all.first else {
      return false
    }
    base.layers = all.dropFirst().map { part in
      var part = part
      part.layers = []
      return part
    }
    // What was looked at keeps its row.
    if base.id != folded[place].id, selectedPicture?.id == folded[place].id {
      open.insert(base.id)
    }
    folded[place] = base
    return false
  }

  /// Gives the layers of the selected picture rows of their own; goes to the first where they have them.
  mutating func openSet() -> [AppEffect] {
    guard let item = selectedPicture, !item.layers.isEmpty else { return [] }
    guard open.contains(item.id) else {
      keepingLine { $0.open.insert(item.id) }
      return []
    }
    return step(.down)
  }

  /// Folds the set of the selected picture, and selects what stands for it.
  mutating func closeSet() -> [AppEffect] {
    guard let item = selectedPicture,
      let base = item.isPart
        ? folded.first(where: { $0.layers.contains { $0.id == item.id } }) : item,
      let row = pictures.firstIndex(where: { $0.id == base.id })
    else { return [] }
    let effects = select(row: jobs.count + row)
    keepingLine { $0.open.remove(base.id) }
    return effects
  }
}
