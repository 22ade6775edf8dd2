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

  private var done = EditStack()
  private var undone = EditStack()
  private var group = 0

  /// The next edit recorded begins a step of its own.
  mutating func beginGroup() { group += 1 }

  mutating func record(
    at offset: Int, removed: [Character], inserted: [Character], caretBefore: Int, caretAfter: Int
  ) {
    undone = EditStack()
    let edit = Edit(
      offset: offset, removed: removed, inserted: inserted, caretBefore: caretBefore,
      caretAfter: caretAfter, group: group)
    if let last = done.last, let joined = last.joined(with: edit) {
      done.removeLast()
      done.append(joined)
      return
    }
    done.append(edit)
    if done.count > Self.limit { done.removeOldest() }
  }

  /// The edits of the last step, latest first; they count as taken back from now on.
  mutating func takeBack() -> [Edit] {
    var step: [Edit] = []
    while let edit = done.last, step.isEmpty || edit.group == step[0].group {
      step.append(edit)
      done.removeLast()
    }
    for edit in step { undone.append(edit) }
    return step
  }

  /// The edits of the step taken back last, earliest first; they count as done again from now on.
  mutating func doAgain() -> [Edit] {
    var step: [Edit] = []
    while let edit = undone.last, step.isEmpty || edit.group == step[0].group {
      step.append(edit)
      undone.removeLast()
    }
    for edit in step { done.append(edit) }
    return step
  }
}

extension EditHistory.Edit {
  /// Both as one replacement, where they are one: letters typed or deleted one after another.
  fileprivate func joined(with next: EditHistory.Edit) -> EditHistory.Edit? {
    guard next.group == group else { return nil }
    var both = self
    both.caretAfter = next.caretAfter
    if next.removed.isEmpty, next.offset == offset + inserted.count {
      both.inserted += next.inserted
    } else if next.inserted.isEmpty, inserted.isEmpty, next.offset + next.removed.count == offset {
      both.removed = next.removed + removed
      both.offset = next.offset
    } else if next.inserted.isEmpty, inserted.isEmpty, next.offset == offset {
      both.removed += next.removed
    } else {
      return nil
    }
    return both
  }
}

/// Edits, the latest last. In blocks, as the frame on the screen shares what was done before: a key copies the last one.
private struct EditStack: Equatable, Sendable {
  private static let blockSize = 64
  private var blocks: [[EditHistory.Edit]] = []

  var last: EditHistory.Edit? { blocks.last?.last }

  /// Room in its blocks: what it holds, and less than a block more.
  var count: Int { blocks.count * Self.blockSize }

  mutating func append(_ edit: EditHistory.Edit) {
    if let last = blocks.indices.last, blocks[last].count < Self.blockSize {
      blocks[last].append(edit)
    } else {
      blocks.append([edit])
    }
  }

  mutating func removeLast() {
    guard let last = blocks.indices.last else { return }
    blocks[last].removeLast()
    if blocks[last].isEmpty { blocks.removeLast() }
  }

  mutating func removeOldest() { blocks.removeFirst() }
}
