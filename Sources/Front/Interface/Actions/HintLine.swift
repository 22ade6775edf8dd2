import Screen

/// The keys that matter now, on one line. Made from the registry of actions.
struct HintLine {
  struct Hint: Equatable, Sendable {
    let key: String
    let text: String
    let place: Action.HintPlace
    /// Columns with the gap behind it.
    let columns: Int

    init(key: String, text: String, place: Action.HintPlace) {
      self.key = key
      self.text = text
      self.place = place
      columns = TextWidth.columns(of: key) + 1 + TextWidth.columns(of: text) + 2
    }
  }

  /// What they depend on, beside the keymap and the room.
  struct Facts: Equatable, Sendable {
    /// Where keys are looked up now.
    let contexts: [KeyContext]
    /// How many jobs are under way: they go on when the front end ends.
    let jobs: Int
    /// What the key that sends does, where that is not to send the prompt.
    var sends: String?
    /// What is not for now: it would be refused, or is not for the selected row.
    var hidden: [ActionID] = []
  }

  let hints: [Hint]

  /// - Parameter columns: the room; those in the middle give way from the end.
  init(for facts: Facts, columns: Int, _ keymap: Keymap = .standard) {
    var known: [Int] = []
    var found: [Hint] = []
    for context in facts.contexts {
      for row in keymap.hints(in: context) {
        // A key that means something else further in is not named twice.
        guard let key = row.key, !known.contains(key) else { continue }
        known.append(key)
        guard let hint = row.hint, !facts.hidden.contains(row.id) else { continue }
        let told =
          row.id == .send
          ? facts.sends : row.id == .quit && facts.jobs > 0 ? "quit (jobs go on)" : nil
        found.append(told.map { Hint(key: hint.key, text: $0, place: hint.place) } ?? hint)
      }
    }
    var hints = [Action.HintPlace.first, .middle, .last].flatMap { place in
      found.filter { $0.place == place }
    }
    while hints.reduce(0, { $0 + $1.columns }) > columns + 1,
      let last = hints.lastIndex(where: { $0.place == .middle }) ?? hints.indices.last
    {
      hints.remove(at: last)
    }
    self.hints = hints
  }

  func draw(on canvas: inout Canvas, in rect: Rect) {
    var column = rect.column + 1
    for hint in hints {
      column += canvas.write(hint.key, row: rect.row, column: column, Style(.key), clip: rect) + 1
      column += canvas.write(hint.text, row: rect.row, column: column, Style(.hint), clip: rect) + 2
    }
  }
}
