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
  ///   - sends: what the key that sends does, where that is not to send the prompt.
  ///   - jobs: how many jobs are under way: they go on when the front end ends.
  ///   - hidden: what the selected row is not for.
  init(
    for contexts: [KeyContext], columns: Int, jobs: Int, sends: String? = nil,
    hidden: Set<Command> = []
  ) {
    var known: Set<KeySequence> = []
    // A key that means something else further in is not named twice.
    let bindings = contexts.flatMap(Keymap.bindings).filter { binding in
      guard let key = binding.keys.first, known.insert(key).inserted else { return false }
      return !hidden.contains(binding.command)
    }
    var hints = [Keymap.HintPlace.first, .middle, .last].flatMap { place in
      bindings.filter { $0.place == place }.compactMap {
        Hint($0, jobs: jobs, sends: sends)
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
  fileprivate init?(_ binding: Keymap.Binding, jobs: Int, sends: String?) {
    guard let text = binding.hint, let key = binding.keys.first else { return nil }
    let told = binding.command == .send ? sends : nil
    let goesOn = binding.command == .quit && jobs > 0
    self.init(
      key: binding.command == .previousValue ? "← →" : key.label,
      text: goesOn ? "quit (jobs go on)" : told ?? text, place: binding.place)
  }
}
