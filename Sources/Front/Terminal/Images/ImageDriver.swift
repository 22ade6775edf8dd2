package import Screen

/// How one kind of terminal is told to draw pictures: in bytes, which the painter puts where they belong.
package protocol ImageDriver: Sendable {
  /// Whether it draws any. What a frame has of pictures is left out otherwise.
  var draws: Bool { get }

  /// Draws a picture whose top left corner is at the cursor, with plain attributes.
  /// - Returns: bytes that scroll nothing and change no attribute; where they leave the cursor does not matter.
  func placing(_ placement: ImagePlacement) -> String

  /// Takes one off. The cells under it are written anew behind this, so that it may be empty.
  func removing(_ placement: ImagePlacement) -> String

  /// Takes all off, when the screen is given back, however the program ends.
  var clearing: String { get }
}

/// Of a terminal that shows cells only.
package struct NoImages: ImageDriver {
  package init() {}

  package var draws: Bool { false }
  package var clearing: String { "" }
  package func placing(_ placement: ImagePlacement) -> String { "" }
  package func removing(_ placement: ImagePlacement) -> String { "" }
}
