/// What was changed in a text, so that it can be taken back and done again.
struct EditHistory: Equatable, Sendable {
  /// One replacement. Those of one group are taken back together.
  struct Edit: Equatable, Sendable {
    var offset: Int
    var removed: [Character]
    var inserted: [Character]
    var caretBefore: Int
    var caretAfter: Int
    var group: Int
  }

  /// More than anyone takes back; keeps an endless session from growing.
  private static let limit = 5_000

  private var done: [Edit] = []
  private var undone: [Edit] = []
  private var group = 0

  /// The next edit recorded begins a step of its own.
  mutating func beginGroup() { group += 1 }

  mutating func record(
    at offset: Int, removed: [Character], inserted: [Character], caretBefore: Int, caretAfter: Int
  ) {
    undone = []
    if done.count >= Self.limit { done.removeFirst(Self.limit / 10) }
    done.append(
      Edit(
        offset: offset, removed: removed, inserted: inserted, caretBefore: caretBefore,
        caretAfter: caretAfter, group: group))
  }

  /// The edits of the last step, latest first; they count as taken back from now on.
  mutating func takeBack() -> [Edit] {
    var step: [Edit] = []
    while let edit = done.last, step.isEmpty || edit.group == step[0].group {
      step.append(edit)
      done.removeLast()
    }
    undone += step
    return step
  }

  /// The edits of the step taken back last, earliest first; they count as done again from now on.
  mutating func doAgain() -> [Edit] {
    var step: [Edit] = []
    while let edit = undone.last, step.isEmpty || edit.group == step[0].group {
      step.append(edit)
      undone.removeLast()
    }
    done += step
    return step
  }
}
