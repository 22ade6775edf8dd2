import Screen

/// Mouse reports (xterm ctlseqs, "Mouse Tracking"). Only the left button and the wheel mean anything.
enum MouseSequences {
  /// `CSI < buttons ; column ; row M`, or `m` for a release.
  static func modern(_ sequence: ControlSequence) -> InputEvent {
    guard let buttons = sequence.parameter(0), let column = sequence.parameter(1),
      let row = sequence.parameter(2),
      [UInt8(ascii: "M"), UInt8(ascii: "m")].contains(sequence.final)
    else { return .reply(.other) }
    let isRelease = sequence.final == UInt8(ascii: "m")
    return event(buttons: buttons, isRelease: isRelease, row: row, column: column)
  }

  /// Three bytes behind `CSI M`, each 32 more than it means.
  static func old(_ bytes: [UInt8]) -> InputEvent {
    guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return .reply(.other) }
    let buttons = Int(bytes[0]) - 32
    let isRelease = buttons & 3 == 3 && buttons & (32 | 64) == 0
    return event(
      buttons: isRelease ? buttons & ~3 : buttons, isRelease: isRelease, row: Int(bytes[2]) - 32,
      column: Int(bytes[1]) - 32)
  }

  private static func event(buttons: Int, isRelease: Bool, row: Int, column: Int) -> InputEvent {
    let kind: MouseEvent.Kind
    switch (buttons & ~(4 | 8 | 16), isRelease) {
    case (0, false): kind = .press
    case (0, true): kind = .release
    case (32, _): kind = .drag
    case (64, false): kind = .wheelUp
    case (65, false): kind = .wheelDown
    default: return .reply(.other)
    }
    var modifiers: Key.Modifiers = []
    if buttons & 4 != 0 { modifiers.insert(.shift) }
    if buttons & 8 != 0 { modifiers.insert(.alt) }
    if buttons & 16 != 0 { modifiers.insert(.control) }
    let position = Position(row: max(0, row - 1), column: max(0, column - 1))
    return .mouse(MouseEvent(kind: kind, position: position, modifiers: modifiers))
  }
}
