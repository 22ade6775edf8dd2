/// What a cell means; a theme says what that looks like.
package enum Role: UInt8, CaseIterable, Sendable {
  case text
  case dim
  case title
  case focusedTitle
  case border
  case focusedBorder
  case accent
  case label
  case value
  case placeholder
  case selection
  case unfocusedSelection
  case key
  case hint
  case success
  case warning
  case error
  case picture

  /// The letter that stands for this role in golden files.
  package var letter: Character {
    switch self {
    case .text: "."
    case .dim: "d"
    case .title: "t"
    case .focusedTitle: "T"
    case .border: "b"
    case .focusedBorder: "B"
    case .accent: "a"
    case .label: "l"
    case .value: "v"
    case .placeholder: "p"
    case .selection: "S"
    case .unfocusedSelection: "s"
    case .key: "k"
    case .hint: "h"
    case .success: "+"
    case .warning: "w"
    case .error: "e"
    case .picture: "#"
    }
  }
}

/// A colour as a terminal may be told it.
package enum Color: Equatable, Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the 256 palette entries; 0–15 are the user's own.
  case palette(UInt8)
  case rgb(UInt8, UInt8, UInt8)
}

/// How one cell is drawn: by its role, or by colours of its own where it is part of a picture.
///
/// One machine word, compared as such: every frame compares every cell with the one before.
package struct Style: Equatable, Hashable, Sendable {
  /// The role, the background and the foreground, from the top: 8, 26 and 26 bits.
  private var bits: UInt64

  private static let colorBits: UInt64 = 26
  private static let colorMask: UInt64 = 1 << colorBits - 1

  package init(_ role: Role = .text, foreground: Color? = nil, background: Color? = nil) {
    bits =
      UInt64(role.rawValue) << (2 * Self.colorBits)
      | Self.packed(background) << Self.colorBits | Self.packed(foreground)
  }

  package var role: Role {
    get { Role(rawValue: UInt8(truncatingIfNeeded: bits >> (2 * Self.colorBits))) ?? .text }
    set { self = Style(newValue, foreground: foreground, background: background) }
  }

  /// Nil is the role's.
  package var foreground: Color? {
    get { Self.color(bits & Self.colorMask) }
    set { self = Style(role, foreground: newValue, background: background) }
  }

  /// Nil is the role's.
  package var background: Color? {
    get { Self.color(bits >> Self.colorBits & Self.colorMask) }
    set { self = Style(role, foreground: foreground, background: newValue) }
  }

  private static func packed(_ color: Color?) -> UInt64 {
    switch color {
    case nil: 0
    case .standard: 1 << 24
    case .palette(let index): 2 << 24 | UInt64(index)
    case .rgb(let red, let green, let blue):
      3 << 24 | UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
    }
  }

  private static func color(_ packed: UInt64) -> Color? {
    switch packed >> 24 {
    case 0: nil
    case 1: .standard
    case 2: .palette(UInt8(truncatingIfNeeded: packed))
    default:
      .rgb(
        UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
        UInt8(truncatingIfNeeded: packed))
    }
  }
}
