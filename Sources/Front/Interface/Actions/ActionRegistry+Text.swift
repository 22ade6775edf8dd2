import Screen

extension ActionRegistry {
  /// What every text knows: the keys of a shell's command line, and those of other editors.
  ///
  /// Ctrl-Z suspends, so taking back is Ctrl-_ as in Emacs (terminals send it for Ctrl-/ as well).
  static let text: [Action] = motions + selections + changes + line

  private static let changes = [
    edit("delete-left", [.key(.backspace)], .deleteBackward, "Delete to the left"),
    edit("delete-right", [.key(.delete), .control("d")], .deleteForward, "Delete to the right"),
    edit("cut-to-space", [.control("w")], .killWordBackward, "Cut back to the space before"),
    edit(
      "cut-word-left", [.key(.backspace, .alt), .key(.backspace, .control)], .killPartBackward,
      "Cut the word before"),
    edit(
      "cut-word-right", [.alt("d"), .key(.delete, .control)], .killPartForward, "Cut the word after"
    ),
    edit("cut-to-start", [.control("u")], .killToLineStart, "Cut to the start of the line"),
    edit("cut-to-end", [.control("k")], .killToLineEnd, "Cut to the end of the line"),
    edit("paste", [.control("y")], .yank, "Paste what was cut"),
    edit("copy", [.alt("w")], .copy, "Copy the selection"),
    edit("undo", [.control("_"), .control("/"), .alt("u")], .undo, hint: "undo", "Take back"),
    edit("redo", [.alt("r")], .redo, "Do again"),
  ]

  private static let motions = [
    edit("left", [.key(.left), .control("b")], .move(.left), "Left"),
    edit("right", [.key(.right), .control("f")], .move(.right), "Right"),
    edit("up", [.key(.up), .control("p")], .move(.up), "Up"),
    edit("down", [.key(.down), .control("n")], .move(.down), "Down"),
    edit(
      "word-left", [.alt("b"), .key(.left, .control), .key(.left, .alt)], .move(.wordLeft),
      "A word to the left"),
    edit(
      "word-right", [.alt("f"), .key(.right, .control), .key(.right, .alt)], .move(.wordRight),
      "A word to the right"),
    edit("line-start", [.control("a"), .key(.home)], .move(.lineStart), "Start of the line"),
    edit("line-end", [.control("e"), .key(.end)], .move(.lineEnd), "End of the line"),
    edit("start", [.alt("<"), .key(.home, .control)], .move(.textStart), "Start of the text"),
    edit("end", [.alt(">"), .key(.end, .control)], .move(.textEnd), "End of the text"),
    edit("page-up", [.key(.pageUp)], .move(.pageUp), "A page up"),
    edit("page-down", [.key(.pageDown)], .move(.pageDown), "A page down"),
  ]

  private static let selections = [
    select("left", .left, .left), select("right", .right, .right), select("up", .up, .up),
    select("down", .down, .down), select("line-start", .lineStart, .home),
    select("line-end", .lineEnd, .end), select("word-left", .wordLeft, .left, .control),
    select("word-right", .wordRight, .right, .control),
  ]

  private static let line = [
    Action(
      .acceptLine, .line, [.key(.enter)], hint: "accept", title: "Accept",
      "Accept what is typed", asks: { $0.accept() }),
    Action(
      "line.complete", .line, [.key(.tab), .key(.tab, .shift)], hint: "complete",
      title: "Complete", "Complete a path or the id of a picture",
      availability: {
        let (take, drop) = ($0.keymap.label(.acceptLine), $0.keymap.label(.back))
        return $0.front.line?.openPath == nil
          ? .no("\(take) takes what is typed, \(drop) drops it.") : .yes
      },
      asks: { $0.front.line?.openPath.map { [.completePath($0)] } ?? [] }),
  ]

  private static func edit(
    _ name: String, _ keys: [KeySequence], _ command: EditCommand, hint: String? = nil,
    _ summary: String
  ) -> Action {
    Action(
      ActionID(rawValue: "text." + name), .text, keys, hint: hint, summary,
      does: { $0.edit { $0.perform(command) } })
  }

  private static func select(
    _ name: String, _ motion: Motion, _ code: Key.Code, _ modifiers: Key.Modifiers = []
  ) -> Action {
    Action(
      ActionID(rawValue: "text.select-" + name), .text, [.key(code, modifiers.union(.shift))],
      "Select", does: { $0.edit { $0.perform(.select(motion)) } })
  }
}
