/// What came in from the terminal, already parsed.
package enum InputEvent: Equatable, Sendable {
  case key(Key)
  /// One bracketed paste, whole, its line ends as `\n`, other control characters left out.
  case paste(String)
  case mouse(MouseEvent)
  case focus(Bool)
  /// An answer of the terminal to a question of ours.
  case reply(TerminalReply)
}

/// A key with its modifiers.
package struct Key: Equatable, Hashable, Sendable {
  package var code: Code
  package var modifiers: Modifiers

  package init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  package enum Code: Equatable, Hashable, Sendable {
    /// A grapheme as typed; with `.control` the lower-case letter.
    case character(Character)
    case enter
    case tab
    case backspace
    case escape
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown
    case insert
    case delete
    case function(Int)
  }

  package struct Modifiers: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)
  }
}

/// A mouse report in cells.
package struct MouseEvent: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case press
    case release
    case drag
    case wheelUp
    case wheelDown
  }
  package var kind: Kind
  package var position: Position
  package var modifiers: Key.Modifiers

  package init(kind: Kind, position: Position, modifiers: Key.Modifiers = []) {
    self.kind = kind
    self.position = position
    self.modifiers = modifiers
  }
}

/// Answers to the probe (ECMA-48, xterm ctlseqs, kitty protocols).
package enum TerminalReply: Equatable, Sendable {
  /// DA1: the parameters behind `CSI ?`.
  case primaryAttributes([Int])
  /// XTVERSION.
  case version(String)
  /// `CSI ? u`: the progressive enhancement flags in force.
  case keyboardFlags(Int)
  /// `CSI 6 ; height ; width t`, in pixels.
  case cellSize(height: Int, width: Int)
  /// OSC 11, sixteen bits a channel.
  case backgroundColor(red: UInt16, green: UInt16, blue: UInt16)
  /// DECRPSS for SGR: the parameters in force.
  case graphicRendition(String)
  /// DECRPM for a private mode: 0 unknown, 1 set, 2 reset, 3 and 4 permanently so.
  case mode(Int, Int)
  /// Well formed, understood by nobody here.
  case other
}
