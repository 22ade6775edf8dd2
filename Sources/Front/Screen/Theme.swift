/// Colours and attributes of one role.
package struct Appearance: Equatable, Hashable, Sendable {
  package var foreground: Color
  package var background: Color
  package var isBold: Bool
  package var isDim: Bool
  package var isReversed: Bool
  package var isUnderlined: Bool

  package init(
    _ foreground: Color = .standard, on background: Color = .standard, bold: Bool = false,
    dim: Bool = false, reversed: Bool = false, underlined: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    isBold = bold
    isDim = dim
    isReversed = reversed
    isUnderlined = underlined
  }
}

/// What every role looks like.
package struct Theme: Equatable, Sendable {
  /// By the number of the role: it is looked up for every cell that changed.
  private var appearances: [Appearance]

  /// - Parameter appearances: roles that are missing look like plain text.
  package init(appearances: [Role: Appearance]) {
    self.appearances = Role.allCases.map { appearances[$0] ?? Appearance() }
  }

  package subscript(role: Role) -> Appearance {
    get { appearances[Int(role.rawValue)] }
    set { appearances[Int(role.rawValue)] = newValue }
  }

  /// What can be read on a background. Yellow, cyan and green of many terminals (xterm's among them) are
  /// unseen on a light one; there, darker ones of the 256 take their place.
  ///
  /// - Parameters: the background, sixteen bits a channel.
  package static func suiting(red: UInt16, green: UInt16, blue: UInt16) -> Theme {
    let light = 0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)
    guard light > 0.5 * 65535 else { return .terminal }
    var theme = Theme.terminal
    theme[.dim] = Appearance(.palette(241))
    theme[.border] = Appearance(.palette(241))
    theme[.placeholder] = Appearance(.palette(241))
    theme[.accent] = Appearance(.palette(24))
    theme[.success] = Appearance(.palette(22))
    theme[.warning] = Appearance(.palette(94), bold: true)
    theme[.error] = Appearance(.palette(124), bold: true)
    return theme
  }

  /// The terminal's own sixteen colours on its own background.
  package static let terminal = Theme(appearances: [
    .dim: Appearance(.palette(8)),
    .title: Appearance(.standard, dim: true),
    .focusedTitle: Appearance(.standard, bold: true),
    .border: Appearance(.palette(8)),
    .focusedBorder: Appearance(.standard),
    .accent: Appearance(.palette(6)),
    .label: Appearance(.standard, dim: true),
    .value: Appearance(.standard),
    .placeholder: Appearance(.palette(8)),
    .selection: Appearance(.standard, reversed: true),
    .unfocusedSelection: Appearance(.standard, bold: true),
    .key: Appearance(.standard, bold: true),
    .hint: Appearance(.standard, dim: true),
    .success: Appearance(.palette(2)),
    .warning: Appearance(.palette(3)),
    .error: Appearance(.palette(1), bold: true),
  ])
}
