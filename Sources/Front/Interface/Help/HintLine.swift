import Screen

/// The keys that matter now, on one line. Made from the registry of actions.
struct HintLine {
  struct Hint: Equatable {
    let key: String
    let text: String
    let place: Action.HintPlace
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
    hidden: Set<Command> = [], _ keymap: Keymap = .standard
  ) {
    var known: Set<KeySequence> = []
    // A key that means something else further in is not named twice.
    let actions = contexts.flatMap(ActionRegistry.actions).filter { action in
      guard let key = keymap.keys(of: action).first, known.insert(key).inserted else {
        return false
      }
      return !hidden.contains(action.command)
    }
    var hints = [Action.HintPlace.first, .middle, .last].flatMap { place in
      actions.filter { $0.place == place }.compactMap {
        Hint($0, keymap, jobs: jobs, sends: sends)
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
  fileprivate init?(_ action: Action, _ keymap: Keymap, jobs: Int, sends: String?) {
    guard let text = action.hint else { return nil }
    let told = action.id == .send ? sends : nil
    let goesOn = action.command == .quit && jobs > 0
    // One word for both ways.
    let both = action.id == .previousValue ? " \(keymap.label(.nextValue))" : ""
    self.init(
      key: keymap.label(action.id) + both, text: goesOn ? "quit (jobs go on)" : told ?? text,
      place: action.place)
  }
}
