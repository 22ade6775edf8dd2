import Screen

/// One key, or two pressed one after the other.
struct KeySequence: Equatable, Hashable, Sendable {
  let keys: [Key]

  init(_ keys: [Key]) { self.keys = keys }

  static func key(_ code: Key.Code, _ modifiers: Key.Modifiers = []) -> KeySequence {
    KeySequence([Key(code, modifiers)])
  }

  static func plain(_ character: Character) -> KeySequence { key(.character(character)) }
  static func control(_ character: Character) -> KeySequence {
    key(.character(character), .control)
  }
  static func alt(_ character: Character) -> KeySequence { key(.character(character), .alt) }

  /// As hints and help name it: `Alt-Enter`, `Ctrl-X Ctrl-E`.
  var label: String { keys.map(\.label).joined(separator: " ") }
}

extension Key {
  /// The same key however a terminal reports it: a shifted letter is the capital one.
  var normalized: Key {
    guard case .character = code, modifiers == .shift else { return self }
    return Key(code)
  }

  var label: String {
    var text = ""
    if modifiers.contains(.control) { text += "Ctrl-" }
    if modifiers.contains(.alt) { text += "Alt-" }
    if modifiers.contains(.shift) { text += "Shift-" }
    return text + code.label(capital: !modifiers.isEmpty)
  }
}

extension Key.Code {
  fileprivate func label(capital: Bool) -> String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): capital ? character.uppercased() : String(character)
    case .enter: "Enter"
    case .tab: "Tab"
    case .backspace: "Backspace"
    case .escape: "Esc"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .insert: "Ins"
    case .delete: "Del"
    case .function(let number): "F\(number)"
    }
  }
}
