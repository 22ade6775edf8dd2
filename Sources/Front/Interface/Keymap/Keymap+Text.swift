import Screen

extension Keymap {
  /// What every text knows: the keys of a shell's command line, and those of other editors.
  ///
  /// Ctrl-Z suspends, so taking back is Ctrl-_ as in Emacs (terminals send it for Ctrl-/ as well).
  static let textBindings: [Binding] =
    motions + [
      Binding(.text, [.key(.backspace)], .edit(.deleteBackward), "Delete to the left"),
      Binding(.text, [.key(.delete), .control("d")], .edit(.deleteForward), "Delete to the right"),
      Binding(.text, [.control("w")], .edit(.killWordBackward), "Cut back to the space before"),
      Binding(
        .text, [.key(.backspace, .alt), .key(.backspace, .control)], .edit(.killPartBackward),
        "Cut the word before"),
      Binding(
        .text, [.alt("d"), .key(.delete, .control)], .edit(.killPartForward), "Cut the word after"),
      Binding(.text, [.control("u")], .edit(.killToLineStart), "Cut to the start of the line"),
      Binding(.text, [.control("k")], .edit(.killToLineEnd), "Cut to the end of the line"),
      Binding(.text, [.control("y")], .edit(.yank), "Paste what was cut"),
      Binding(.text, [.alt("w")], .edit(.copy), "Copy the selection"),
      Binding(
        .text, [.control("_"), .control("/"), .alt("u")], .edit(.undo), hint: "undo", "Take back"),
      Binding(.text, [.alt("r")], .edit(.redo), "Do again"),
    ]

  private static let motions: [Binding] =
    [
      motion(.left, [.key(.left), .control("b")], "Left"),
      motion(.right, [.key(.right), .control("f")], "Right"),
      motion(.up, [.key(.up), .control("p")], "Up"),
      motion(.down, [.key(.down), .control("n")], "Down"),
      motion(
        .wordLeft, [.alt("b"), .key(.left, .control), .key(.left, .alt)], "A word to the left"),
      motion(
        .wordRight, [.alt("f"), .key(.right, .control), .key(.right, .alt)], "A word to the right"),
      motion(.lineStart, [.control("a"), .key(.home)], "Start of the line"),
      motion(.lineEnd, [.control("e"), .key(.end)], "End of the line"),
      motion(.textStart, [.alt("<"), .key(.home, .control)], "Start of the text"),
      motion(.textEnd, [.alt(">"), .key(.end, .control)], "End of the text"),
      motion(.pageUp, [.key(.pageUp)], "A page up"),
      motion(.pageDown, [.key(.pageDown)], "A page down"),
    ] + [
      selecting(.left, .left), selecting(.right, .right), selecting(.up, .up),
      selecting(.down, .down), selecting(.lineStart, .home), selecting(.lineEnd, .end),
      selecting(.wordLeft, .left, .control), selecting(.wordRight, .right, .control),
    ]

  private static func motion(_ motion: Motion, _ keys: [KeySequence], _ help: String) -> Binding {
    Binding(.text, keys, .edit(.move(motion)), help)
  }

  private static func selecting(
    _ motion: Motion, _ code: Key.Code, _ modifiers: Key.Modifiers = []
  ) -> Binding {
    Binding(.text, [.key(code, modifiers.union(.shift))], .edit(.select(motion)), "Select")
  }
}
