import Screen

/// Keys that kitty's keyboard protocol names by number ("Functional key definitions").
enum KittyKeys {
  /// The private-use numbers of keys that are no characters.
  static let reserved = 57_344...63_743

  static func code(_ number: Int) -> Key.Code? {
    switch number {
    case 9: return .tab
    case 13, 57_414: return .enter
    case 27: return .escape
    case 8, 127: return .backspace
    case 57_376...57_398: return .function(number - 57_376 + 13)
    case 57_399...57_408: return .character(Character("\(number - 57_399)"))
    case 57_409...57_413:
      return .character([".", "/", "*", "-", "+"][number - 57_409])
    case 57_415: return .character("=")
    case 57_416: return .character(",")
    case 57_417...57_426: return keypad[number - 57_417]
    default: return nil
    }
  }

  private static let keypad: [Key.Code] = [
    .left, .right, .up, .down, .pageUp, .pageDown, .home, .end, .insert, .delete,
  ]
}
