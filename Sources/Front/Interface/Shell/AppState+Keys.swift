package import Screen
import Seedream

extension AppState {
  /// Looks at all that one read brought, before it is taken in. A key that is in it twice was held down, or
  /// typed ahead while the line stood still: nobody has read a question between the two.
  package mutating func expect(_ events: [InputEvent]) {
    keyboard.expect(events)
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
    // Drawn anew the screen is the same screen, with the same questions on it.
    if keymap.match(keyboard.pending + [key], in: contexts) == .action(.redraw) {
      return perform(.redraw)
    }
    message.keyPressed()
    keyboard.pressed = key
    defer { picturesPane.keyTaken() }
    change(focus) { $0.keyPressed() }
    let keys = keyboard.pending + [key]
    keyboard.pending = []
    let match = meaning(of: keys)
    if match != .action(.interrupt) { disarmQuit() }
    if !mayAnswer(match) { dropQuestion() }
    switch match {
    case .action(let id): return perform(id)
    case .prefix:
      keyboard.pending = keys
      return []
    case .nothing:
      if keymap.match(keys, in: [.studio]) == .action(.send) {
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
    return keymap.match(keys, in: front.idleContexts)
  }

  /// Whether letters go into a text.
  private var isTyping: Bool { contexts.first == .line || contexts.first == .prompt }

  /// Whether a key may answer a question on the message line; every other one takes it back.
  private func mayAnswer(_ match: Keymap.Match) -> Bool {
    guard case .action(let id) = match else { return false }
    return switch ActionRegistry[id]?.answers {
    case .all: true
    case .leaving: confirmation.isAboutLeaving
    case .nothing, nil: false
    }
  }

  private mutating func type(_ character: Character) {
    if isTyping {
      guard hasRoom else { return sayThereIsNoRoom() }
      edit { $0.type(character) }
    } else {
      var view = front
      guard view.begin(with: character) else { return }
      guard hasRoom else { return sayThereIsNoRoom() }
      put(view)
    }
  }

  /// A paste goes where text is typed; over the list of references it opens the input.
  private mutating func paste(_ text: String) {
    message.keyPressed()
    disarmQuit()
    dropQuestion()
    guard hasRoom else { return sayThereIsNoRoom() }
    guard !text.unicodeScalars.contains("\u{FFFD}") else {
      message.show(
        Notice(.warning, "The paste was left out: it is not UTF-8 text. Copy it again."))
      return
    }
    let text = PromptText.cleaned(text)
    guard !isTyping else { return edit { $0.insert(text) } }
    var view = front
    if view.paste(text) {
      put(view)
    } else {
      message.show(
        Notice(
          .warning,
          "The paste was left out: go to the prompt "
            + "(\(keymap.label(.goToPrompt))) and paste again."))
    }
  }

  private mutating func dropQuestion() {
    guard let question = confirmation.notice else { return }
    if message.notice == question { message.clear() }
    confirmation.dropped()
  }

  private mutating func disarmQuit() {
    guard keyboard.isQuitArmed else { return }
    keyboard.isQuitArmed = false
    message.clear()
  }
}
