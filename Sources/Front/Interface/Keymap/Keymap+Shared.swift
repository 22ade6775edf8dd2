import Screen

extension Keymap {
  /// What several panes know.
  static let sharedBindings: [Binding] = [
    Binding(.list, [.key(.up), .plain("k")], .step(.up), "Up"),
    Binding(.list, [.key(.down), .plain("j")], .step(.down), "Down"),
    Binding(.list, [.key(.pageUp)], .step(.pageUp), "A page up"),
    Binding(.list, [.key(.pageDown)], .step(.pageDown), "A page down"),
    Binding(.list, [.key(.home), .plain("g")], .step(.first), "First row"),
    Binding(.list, [.key(.end), .plain("G")], .step(.last), "Last row"),

    Binding(.browsing, [.plain("q")], .quit, "Quit; running jobs go on"),

    Binding(
      .studio, [.control("g"), .key(.enter, .alt), .key(.enter, .control)], .send, hint: "send",
      "Send the prompt", place: .first),
    Binding(.studio, [.key(.tab)], .nextPane, hint: "next pane", "Next pane"),
    Binding(.studio, [.key(.tab, .shift)], .previousPane, "Previous pane"),
    Binding(.studio, [.key(.function(2)), .alt("1")], .focus(.prompt), "Go to the prompt"),
    Binding(.studio, [.key(.function(3)), .alt("2")], .focus(.parameters), "Go to the parameters"),
    Binding(.studio, [.key(.function(4)), .alt("3")], .focus(.references), "Go to the references"),
    Binding(.studio, [.key(.function(5)), .alt("4")], .focus(.history), "Go to the pictures"),
    Binding(
      .studio,
      [
        .control("o"),
        KeySequence([Key(.character("x"), .control), Key(.character("e"), .control)]),
      ], .openEditor,
      hint: "editor", "Edit the prompt in $VISUAL or $EDITOR"),
    Binding(
      .studio, [.control("t")], .swapDraft, "Keep this draft, bring another one that is kept"),

    Binding(.always, [.key(.escape)], .back, "One level out"),
    Binding(
      .always, [.control("q"), .key(.function(10))], .quit, hint: "quit",
      "Quit; running jobs go on", place: .last),
    Binding(.always, [.control("c")], .interrupt, "Twice: quit"),
    Binding(.always, [.control("z")], .suspend, "Suspend to the shell"),
    Binding(.always, [.control("l")], .redraw, "Draw the screen anew"),
  ]
}
