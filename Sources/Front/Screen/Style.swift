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
package struct Style: Equatable, Hashable, Sendable {
  package var role: Role
  package var foreground: Color?
  package var background: Color?

  package init(_ role: Role = .text, foreground: Color? = nil, background: Color? = nil) {
    self.role = role
    self.foreground = foreground
    self.background = background
  }
}
