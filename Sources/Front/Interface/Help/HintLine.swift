import Screen

/// The keys that matter now, on one line. Made from the keymap.
struct HintLine {
  struct Hint: Equatable {
    let key: String
    let text: String
    let place: Keymap.HintPlace
    /// Columns with the gap behind it.
    var columns: Int { TextWidth.columns(of: key) + 1 + TextWidth.columns(of: text) + 2 }
  }

  let hints: [Hint]

  /// - Parameters:
  ///   - contexts: where keys are looked up now.
  ///   - columns: the room; those in the middle give way from the end.
  ///   - isEditing: whether what is sent takes the place of a job's request.
  ///   - jobs: how many jobs are under way: they go on when the front end ends.
  init(for contexts: [KeyContext], columns: Int, jobs: Int, isEditing: Bool = false) {
    let bindings = contexts.flatMap(Keymap.bindings)
    var hints = [Keymap.HintPlace.first, .middle, .last].flatMap { place in
      bindings.filter { $0.place == place }.compactMap {
        Hint($0, jobs: jobs, isEditing: isEditing)
      }
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

extension HintLine.Hint {
  fileprivate init?(_ binding: Keymap.Binding, jobs: Int, isEditing: Bool) {
    guard let text = binding.hint, let key = binding.keys.first else { return nil }
    let changes = binding.command == .send && isEditing
    let goesOn = binding.command == .quit && jobs > 0
    self.init(
      key: key.label, text: goesOn ? "quit (jobs go on)" : changes ? "change the job" : text,
      place: binding.place)
  }
}
