import Screen
import Seedream

extension AppState {
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
    let keys = pendingKeys + [key]
    pendingKeys = []
    var match = Keymap.match(keys, in: contexts)
    if match == .nothing, let latin = KeyboardLayout.latin(key) {
      match = Keymap.match(keys.dropLast() + [latin], in: contexts)
    }
    if match != .command(.interrupt) { disarmQuit() }
    if !mayAnswer(match) { dropQuestion() }
    switch match {
    case .command(let command): return perform(command)
    case .prefix:
      pendingKeys = keys
      return []
    case .nothing:
      if keys.count == 1, key.modifiers.subtracting(.shift).isEmpty,
        case .character(let character) = key.code
      {
        type(character)
      }
      return []
    }
  }

  /// Whether a key may answer a question on the message line; every other one takes it back.
  private func mayAnswer(_ match: Keymap.Match) -> Bool {
    switch match {
    case .command(.send), .command(.retryJob), .command(.cancelAllJobs), .command(.choose(.resend)):
      true
    case .command(.accept): decision != nil
    default: false
    }
  }

  private mutating func type(_ character: Character) {
    if let input = contexts.first, input == .line || input == .prompt {
      edit { $0.type(character) }
    } else if focus == .parameters, help == nil, decision == nil, parameters.choices == nil,
      parameters.selected.begins(with: character)
    {
      parameters.openInput(String(character))
    }
  }

  /// A paste goes where text is typed; over the list of references it opens the input.
  private mutating func paste(_ text: String) {
    message.keyPressed()
    disarmQuit()
    dropQuestion()
    guard help == nil else { return }
    guard !text.unicodeScalars.contains("\u{FFFD}") else {
      message.show(
        Notice(.warning, "The paste was left out: it is not UTF-8 text. Copy it again."))
      return
    }
    let text = PromptText.cleaned(text)
    if contexts.first == .line || contexts.first == .prompt {
      edit { $0.insert(text) }
    } else if decision != nil {
      decision?.openInput(text)
    } else if focus == .references {
      references.openInput(text)
    } else {
      message.show(
        Notice(.warning, "The paste was left out: go to the prompt (Alt-1) and paste again."))
    }
  }

  /// Changes the text that has the caret and keeps the caret in sight.
  mutating func edit(_ change: (inout TextEditor) -> Void) {
    if var dialog = decision {
      changeLine(&dialog.input, change)
      decision = dialog
      return
    }
    switch focus {
    case .prompt:
      change(&prompt.editor)
      prompt.revealCaret()
    case .parameters: changeLine(&parameters.input, change)
    case .references: changeLine(&references.input, change)
    case .history: changeLine(&history.input, change)
    }
  }

  private func changeLine(_ line: inout LineInput?, _ change: (inout TextEditor) -> Void) {
    guard line?.isBusy == false else { return }
    let before = line?.editor.characters
    if var editor = line?.editor {
      change(&editor)
      line?.editor = editor
    }
    if line?.editor.characters != before { line?.message = nil }
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
