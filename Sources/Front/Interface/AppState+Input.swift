package import Screen
import Seedream

extension AppState {
  /// Looks at all that one read brought, before it is taken in. A key that is in it twice was held down, or
  /// typed ahead while the line stood still: nobody has read a question between the two.
  package mutating func expect(_ events: [InputEvent]) {
    var seen: Set<Key> = []
    hurriedKeys = []
    for case .key(let key) in events where !seen.insert(key).inserted { hurriedKeys.insert(key) }
  }

  mutating func input(_ event: InputEvent) -> [AppEffect] {
    switch event {
    case .key(let key): return pressed(key)
    case .paste(let text):
      paste(text)
      return []
    case .mouse(let event): return pointed(event)
    case .focus, .reply: return []
    }
  }

  private mutating func pressed(_ key: Key) -> [AppEffect] {
    message.keyPressed()
    pressedKey = key
    defer {
      queueNews = false
      trashNews = false
      history.jobList.endedNews = []
    }
    change(focus) { $0.keyPressed() }
    let keys = pendingKeys + [key]
    pendingKeys = []
    let match = meaning(of: keys)
    if match != .command(.interrupt) { disarmQuit() }
    if !mayAnswer(match) { dropQuestion() }
    switch match {
    case .command(let command): return perform(command)
    case .prefix:
      pendingKeys = keys
      return []
    case .nothing:
      if keymap.match(keys, in: [.studio]) == .command(.send) {
        // In front of the panes is something else.
        message.show(
          Notice(
            .information, "Nothing is sent from here: \(keymap.label(.back)) closes this first."))
      } else if keys.count == 1, key.modifiers.subtracting(.shift).isEmpty,
        case .character(let character) = key.code
      {
        type(character)
      }
      return []
    }
  }

  /// What keys mean where they are pressed, on whatever keyboard.
  private func meaning(of keys: [Key]) -> Keymap.Match {
    var all = [keys]
    if let key = keys.last {
      all += [KeyboardLayout.latin(key), isTyping ? nil : KeyboardLayout.alt(key)]
        .compactMap(\.self).map { keys.dropLast() + [$0] }
    }
    for keys in all {
      let match = keymap.match(keys, in: contexts)
      if match != .nothing { return match }
    }
    return layers.top == nil ? keymap.match(keys, in: focused.idleContexts) : .nothing
  }

  /// Whether letters go into a text.
  private var isTyping: Bool { contexts.first == .line || contexts.first == .prompt }

  /// Whether a key may answer a question on the message line; every other one takes it back.
  private func mayAnswer(_ match: Keymap.Match) -> Bool {
    guard case .command(let command) = match else { return false }
    switch command {
    case .quit, .interrupt, .back: return confirmation.isAboutLeaving
    default: return ActionRegistry.action(for: command)?.answersQuestions == true
    }
  }

  private mutating func type(_ character: Character) {
    if isTyping {
      guard hasRoom else { return sayThereIsNoRoom() }
      edit { $0.type(character) }
    } else if layers.top == nil {
      var pane = focused
      guard pane.begin(with: character) else { return }
      guard hasRoom else { return sayThereIsNoRoom() }
      change(focus) { $0 = pane }
    }
  }

  /// A paste goes where text is typed; over the list of references it opens the input.
  private mutating func paste(_ text: String) {
    message.keyPressed()
    disarmQuit()
    dropQuestion()
    guard layers.top?.takesPaste != false else { return }
    guard hasRoom else { return sayThereIsNoRoom() }
    guard !text.unicodeScalars.contains("\u{FFFD}") else {
      message.show(
        Notice(.warning, "The paste was left out: it is not UTF-8 text. Copy it again."))
      return
    }
    let text = PromptText.cleaned(text)
    if isTyping {
      edit { $0.insert(text) }
    } else if layers.top != nil {
      pasteInFront(text)
    } else if !change(focus, { $0.paste(text) }) {
      message.show(
        Notice(
          .warning,
          "The paste was left out: go to the prompt "
            + "(\(keymap.label(.goToPrompt))) and paste again."))
    }
  }

  /// Changes the text that has the caret and keeps the caret in sight.
  mutating func edit(_ change: (inout TextEditor) -> Void) {
    guard layers.top == nil else { return editInFront(change) }
    self.change(focus) { $0.edit(change) }
  }

  private mutating func dropQuestion() {
    guard let question = confirmation.notice else { return }
    if message.notice == question { message.clear() }
    confirmation.dropped()
  }

  private mutating func disarmQuit() {
    guard isQuitArmed else { return }
    isQuitArmed = false
    message.clear()
  }
}
