import Screen

extension ActionRegistry {
  /// What several panes know.
  static let shared: [Action] = [
    Action(.up, .list, [.key(.up), .plain("k")], .step(.up), "Up", actsOnWhatIsShown: false),
    Action(
      .down, .list, [.key(.down), .plain("j")], .step(.down), "Down", actsOnWhatIsShown: false),
    Action(
      "list.page-up", .list, [.key(.pageUp)], .step(.pageUp), "A page up", actsOnWhatIsShown: false),
    Action(
      "list.page-down", .list, [.key(.pageDown)], .step(.pageDown), "A page down",
      actsOnWhatIsShown: false),
    Action(
      .firstRow, .list, [.key(.home), .plain("g")], .step(.first), "First row",
      actsOnWhatIsShown: false),
    Action(
      "list.last", .list, [.key(.end), .plain("G")], .step(.last), "Last row",
      actsOnWhatIsShown: false),

    Action(
      "browse.quit", .browsing, [.plain("q")], .quit, title: "Quit", "Quit; running jobs go on",
      actsOnWhatIsShown: false),

    Action(
      .send, .studio, [.control("g"), .key(.enter, .alt), .key(.enter, .control)], .send,
      hint: "send", title: "Send", "Send the prompt", place: .first, answersQuestions: true),
    Action(
      "go.next", .studio, [.key(.tab)], .nextPane, hint: "next pane", "Next pane",
      actsOnWhatIsShown: false),
    Action(
      "go.previous", .studio, [.key(.tab, .shift)], .previousPane, "Previous pane",
      actsOnWhatIsShown: false),
    Action(
      .goToPrompt, .studio, [.key(.function(2)), .alt("1")], .focus(.prompt), "Go to the prompt",
      actsOnWhatIsShown: false),
    Action(
      "go.parameters", .studio, [.key(.function(3)), .alt("2")], .focus(.parameters),
      "Go to the parameters", actsOnWhatIsShown: false),
    Action(
      "go.references", .studio, [.key(.function(4)), .alt("3")], .focus(.references),
      "Go to the references", actsOnWhatIsShown: false),
    Action(
      .goToHistory, .studio, [.key(.function(5)), .alt("4")], .focus(.history),
      "Go to the pictures", actsOnWhatIsShown: false),
    Action(
      "prompt.editor", .studio,
      [
        .control("o"),
        KeySequence([Key(.character("x"), .control), Key(.character("e"), .control)]),
      ], .openEditor, hint: "editor", title: "External editor",
      "Edit the prompt in $VISUAL or $EDITOR"),
    Action(
      .swapDraft, .studio, [.control("t")], .swapDraft, title: "Another draft",
      "Keep this draft, bring another one that is kept"),

    Action(
      .back, .always, [.key(.escape)], .back, title: "Back", "One level out",
      actsOnWhatIsShown: false),
    Action(
      "app.quit", .always, [.control("q"), .key(.function(10))], .quit, hint: "quit", title: "Quit",
      "Quit; running jobs go on", place: .last, actsOnWhatIsShown: false),
    Action(
      .interrupt, .always, [.control("c")], .interrupt, title: "Interrupt", "Twice: quit",
      actsOnWhatIsShown: false),
    Action(
      "app.suspend", .always, [.control("z")], .suspend, title: "Suspend", "Suspend to the shell",
      actsOnWhatIsShown: false),
    Action(
      "app.redraw", .always, [.control("l")], .redraw, title: "Redraw", "Draw the screen anew",
      actsOnWhatIsShown: false),
  ]
}
