import Screen

/// What stands behind `ESC [`: parameters, then the byte that says what they mean (ECMA-48 5.4).
struct ControlSequence: Sendable {
  enum Step: Equatable {
    case more
    case complete
    /// The byte cannot belong to a control sequence.
    case broken
  }

  private var bytes: [UInt8] = []
  private(set) var final: UInt8 = 0
  /// `?`, `<`, `=` or `>` in front of the parameters, or zero.
  private(set) var marker: UInt8 = 0
  private(set) var hasIntermediate = false
  private var isOverlong = false

  init() {}

  init(parameters: [UInt8]) {
    bytes = parameters
  }

  /// Whether nothing has followed `ESC [` yet.
  var isEmpty: Bool { bytes.isEmpty && marker == 0 && !hasIntermediate }

  mutating func take(_ byte: UInt8) -> Step {
    switch byte {
    case 0x3C...0x3F where isEmpty:
      marker = byte
    case 0x24 where marker == 0 && !bytes.isEmpty:
      final = byte  // rxvt ends the keys held with Shift by `$`, an intermediate byte elsewhere.
      return .complete
    case 0x20...0x2F:
      hasIntermediate = true
    case 0x30...0x3F:
      if bytes.count < 128 { bytes.append(byte) } else { isOverlong = true }
    case 0x40...0x7E:
      final = byte
      return .complete
    default:
      return .broken
    }
    return .more
  }

  /// The numbers between semicolons, each with its parts between colons; what is left out is nil.
  var parameters: [[Int?]] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { field in
      field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Self.number)
    }
  }

  /// The first part of a parameter, or nil where it was left out.
  func parameter(_ index: Int) -> Int? {
    let parameters = parameters
    return index < parameters.count ? parameters[index].first ?? nil : nil
  }

  /// xterm's modifiers, which are the last parameter.
  var lastModifiers: Key.Modifiers {
    KeySequences.modifiers(parameters.last?.first ?? nil)
  }

  var isPasteStart: Bool { isPlain && final == UInt8(ascii: "~") && parameter(0) == 200 }
  var isOldMouse: Bool { isPlain && final == UInt8(ascii: "M") && bytes.isEmpty }

  /// What the sequence says, once it is complete.
  func event(alt: Bool) -> InputEvent {
    if isOverlong { return .reply(.other) }
    if marker == UInt8(ascii: "<") { return MouseSequences.modern(self) }
    if isPlain {
      let focus = [UInt8(ascii: "I"): true, UInt8(ascii: "O"): false]
      if bytes.isEmpty, let hasFocus = focus[final] { return .focus(hasFocus) }
      if var key = KeySequences.control(self) {
        if alt { key.modifiers.insert(.alt) }
        return .key(key)
      }
    }
    return .reply(ControlReplies.reply(self))
  }

  private var isPlain: Bool { marker == 0 && !hasIntermediate && !isOverlong }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}
