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
  package var appearances: [Role: Appearance]

  package init(appearances: [Role: Appearance]) {
    self.appearances = appearances
  }

  package subscript(role: Role) -> Appearance { appearances[role] ?? Appearance() }

  /// The terminal's own sixteen colours on its own background: readable on light and dark alike.
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
