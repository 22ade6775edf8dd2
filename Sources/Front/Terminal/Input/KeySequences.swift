import Screen

/// Which bytes mean which key: xterm (ctlseqs), kitty (keyboard protocol), rxvt, Linux console.
enum KeySequences {
  /// A control byte on its own; nil for ESC, printable bytes and the rest of UTF-8.
  static func single(_ byte: UInt8, backspace: UInt8) -> Key? {
    switch byte {
    case backspace, 0x7F: Key(.backspace)
    case 0x00: Key(.character(" "), .control)
    case 0x09: Key(.tab)
    case 0x0D: Key(.enter)
    case 0x01...0x1A: letter(byte + 0x60)
    case 0x1C...0x1F: letter(byte + 0x40)
    default: nil
    }
  }

  /// The key behind `ESC [ [`.
  static func console(_ byte: UInt8) -> Key.Code? {
    (0x41...0x45).contains(byte) ? .function(Int(byte) - 0x40) : nil
  }

  /// The key behind `ESC O`, the numeric keypad in application mode included.
  static func shifted(_ final: UInt8, _ modifiers: Key.Modifiers) -> InputEvent? {
    if let code = letters[final] { return .key(Key(code, modifiers)) }
    if let code = letters[final & ~0x20], (0x61...0x64).contains(final) {
      return .key(Key(code, modifiers.union(.control)))  // rxvt: Control and an arrow.
    }
    switch final {
    case UInt8(ascii: "M"): return .key(Key(.enter, modifiers))
    case UInt8(ascii: "I"): return .key(Key(.tab, modifiers))
    case UInt8(ascii: "X"): return .key(Key(.character("="), modifiers))
    case 0x6A...0x79:
      return .key(Key(.character(Character(Unicode.Scalar(final - 0x40))), modifiers))
    default: return nil
    }
  }

  /// The key a control sequence without marker stands for.
  static func control(_ sequence: ControlSequence) -> Key? {
    switch sequence.final {
    case UInt8(ascii: "~"):
      if sequence.parameter(0) == 27 {  // xterm's modifyOtherKeys.
        return character(sequence.parameter(2), shifted: nil, bits: sequence.parameter(1))
      }
      return numbered(sequence.parameter(0), modifiers(sequence.parameter(1)))
    case UInt8(ascii: "$"): return numbered(sequence.parameter(0), .shift)
    case UInt8(ascii: "^"): return numbered(sequence.parameter(0), .control)
    case UInt8(ascii: "@"): return numbered(sequence.parameter(0), [.shift, .control])
    case UInt8(ascii: "Z"): return Key(.tab, .shift)
    case UInt8(ascii: "u"): return kitty(sequence)
    case UInt8(ascii: "R") where sequence.parameter(0) != nil && sequence.parameter(0) != 1:
      return nil  // A cursor report, not F3.
    case 0x61...0x64:  // rxvt: Shift and an arrow.
      return letters[sequence.final & ~0x20].map { Key($0, .shift) }
    default:
      guard (sequence.parameter(0) ?? 1) == 1 else { return nil }
      return letters[sequence.final].map { Key($0, modifiers(sequence.parameter(1))) }
    }
  }

  /// xterm's modifier parameter, one more than its bits; Meta counts as Alt.
  static func modifiers(_ parameter: Int?) -> Key.Modifiers {
    let bits = max(0, (parameter ?? 1) - 1)
    var modifiers: Key.Modifiers = []
    if bits & 1 != 0 { modifiers.insert(.shift) }
    if bits & (2 | 32) != 0 { modifiers.insert(.alt) }
    if bits & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }

  private static let letters: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "F"): .end, UInt8(ascii: "H"): .home,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  private static func letter(_ byte: UInt8) -> Key {
    Key(.character(Character(Unicode.Scalar(byte))), .control)
  }

  /// Keys named by a number before `~`. The gaps are those of the VT220 keyboard.
  private static func numbered(_ number: Int?, _ modifiers: Key.Modifiers) -> Key? {
    let code: Key.Code? =
      switch number ?? 0 {
      case 1, 7: .home
      case 2: .insert
      case 3: .delete
      case 4, 8: .end
      case 5: .pageUp
      case 6: .pageDown
      case let number where (11...15).contains(number): .function(number - 10)
      case let number where (17...21).contains(number): .function(number - 11)
      case let number where (23...26).contains(number): .function(number - 12)
      case let number where (28...29).contains(number): .function(number - 13)
      case let number where (31...34).contains(number): .function(number - 14)
      default: nil
      }
    return code.map { Key($0, modifiers) }
  }

  /// `CSI code:shifted:base ; modifiers:event ; text u`; releases and unknown keys are nil.
  private static func kitty(_ sequence: ControlSequence) -> Key? {
    let parameters = sequence.parameters
    let event = parameters.count > 1 && parameters[1].count > 1 ? parameters[1][1] : nil
    guard event != 3, let codes = parameters.first else { return nil }
    return character(
      codes.first ?? nil, shifted: codes.count > 1 ? codes[1] : nil, bits: sequence.parameter(1))
  }

  private static func character(_ code: Int?, shifted: Int?, bits: Int?) -> Key? {
    let held = max(0, (bits ?? 1) - 1)
    // Super and Hyper belong to the desktop.
    guard let code, held & (8 | 16) == 0 else { return nil }
    let modifiers = modifiers(bits)
    if let named = KittyKeys.code(code) { return Key(named, modifiers) }
    guard let scalar = Unicode.Scalar(UInt32(code)), TextWidth.columns(of: scalar) > 0,
      !KittyKeys.reserved.contains(code)
    else { return nil }
    let character = Character(scalar)
    guard modifiers.contains(.shift), !modifiers.contains(.control) else {
      return Key(.character(character), modifiers)
    }
    // As a legacy terminal has it: Shift is in the letter, not beside it.
    let upper = shifted.flatMap { Unicode.Scalar(UInt32($0)) }.map { Character($0) }
    return Key(
      .character(upper ?? character.uppercased().first ?? character), modifiers.subtracting(.shift))
  }
}
