import Screen

extension ActionRegistry {
  /// What several panes know.
  static let shared: [Action] = [
    Action(
      .up, .list, [.key(.up), .plain("k")], "Up", actsOnWhatIsShown: false, asks: { $0.step(.up) }),
    Action(
      .down, .list, [.key(.down), .plain("j")], "Down", actsOnWhatIsShown: false,
      asks: { $0.step(.down) }),
    Action(
      "list.page-up", .list, [.key(.pageUp)], "A page up", actsOnWhatIsShown: false,
      asks: { $0.step(.pageUp) }),
    Action(
      "list.page-down", .list, [.key(.pageDown)], "A page down",
      actsOnWhatIsShown: false, asks: { $0.step(.pageDown) }),
    Action(
      .firstRow, .list, [.key(.home), .plain("g")], "First row",
      actsOnWhatIsShown: false, asks: { $0.step(.first) }),
    Action(
      "list.last", .list, [.key(.end), .plain("G")], "Last row",
      actsOnWhatIsShown: false, asks: { $0.step(.last) }),

    Action(
      "browse.quit", .browsing, [.plain("q")], title: "Quit", "Quit; running jobs go on",
      actsOnWhatIsShown: false, answers: .leaving, asks: { $0.quit() }),

    Action(
      .send, .studio, [.control("g"), .key(.enter, .alt), .key(.enter, .control)],
      hint: "send", title: "Send", "Send the prompt", place: .first, answers: .all,
      asks: { $0.send() }),
    Action(
      "go.next", .studio, [.key(.tab)], hint: "next pane", "Next pane", actsOnWhatIsShown: false,
      does: { $0.moveFocus(to: $0.focus.moved(by: 1)) }),
    Action(
      "go.previous", .studio, [.key(.tab, .shift)], "Previous pane", actsOnWhatIsShown: false,
      does: { $0.moveFocus(to: $0.focus.moved(by: -1)) }),
    Action(
      .goToPrompt, .studio, [.key(.function(2)), .alt("1")], "Go to the prompt",
      actsOnWhatIsShown: false, does: { $0.moveFocus(to: .prompt) }),
    Action(
      "go.parameters", .studio, [.key(.function(3)), .alt("2")], "Go to the parameters",
      actsOnWhatIsShown: false, does: { $0.moveFocus(to: .parameters) }),
    Action(
      "go.references", .studio, [.key(.function(4)), .alt("3")], "Go to the references",
      actsOnWhatIsShown: false, does: { $0.moveFocus(to: .references) }),
    Action(
      .goToHistory, .studio, [.key(.function(5)), .alt("4")], "Go to the pictures",
      actsOnWhatIsShown: false, does: { $0.moveFocus(to: .history) }),
    Action(
      "prompt.editor", .studio,
      [
        .control("o"),
        KeySequence([Key(.character("x"), .control), Key(.character("e"), .control)]),
      ], hint: "editor", title: "External editor", "Edit the prompt in $VISUAL or $EDITOR",
      asks: { [.openEditor($0.compose.prompt.editor.text)] }),
    Action(
      .swapDraft, .studio, [.control("t")], title: "Another draft",
      "Keep this draft, bring another one that is kept",
      asks: { $0.answer($0.compose.swapDraft($0.keymap)) }),

    Action(
      .back, .always, [.key(.escape)], title: "Back", "One level out", actsOnWhatIsShown: false,
      answers: .leaving, asks: { $0.back() }),
    Action(
      .quit, .always, [.control("q"), .key(.function(10))], hint: "quit", title: "Quit",
      "Quit; running jobs go on", place: .last, actsOnWhatIsShown: false, answers: .leaving,
      asks: { $0.quit() }),
    Action(
      .interrupt, .always, [.control("c")], title: "Interrupt", "Twice: quit",
      actsOnWhatIsShown: false, answers: .leaving, asks: { $0.interrupt() }),
    Action(
      "app.suspend", .always, [.control("z")], title: "Suspend", "Suspend to the shell",
      actsOnWhatIsShown: false, asks: { [.saveDraft($0.compose.draft), .suspend] }),
    Action(
      .redraw, .always, [.control("l")], title: "Redraw", "Draw the screen anew",
      actsOnWhatIsShown: false, asks: { _ in [.redraw] }),
  ]
}
