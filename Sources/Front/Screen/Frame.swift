/// One screen, ready to be painted.
package struct Frame: Equatable, Sendable {
  package var canvas: Canvas
  /// Where the terminal's own cursor stands: at the caret, or on the focused item. Nil hides it.
  package var cursor: Position?
  /// The window's title.
  package var title: String
  /// What the terminal draws itself where it can, in front of the cells; later ones are in front of earlier ones.
  /// The cells under one are what is seen where it cannot.
  package var images: [ImagePlacement]

  package init(
    canvas: Canvas, cursor: Position?, title: String = "", images: [ImagePlacement] = []
  ) {
    self.canvas = canvas
    self.cursor = cursor
    self.title = title
    self.images = images
  }
}

/// A picture on the screen. Nothing is sent for one that is equal to one that is there.
package struct ImagePlacement: Equatable, Hashable, Sendable {
  /// Which pixels: the same number stands for the same ones.
  package var image: ImageID
  /// The cells it covers. One that is not on the screen in whole is left out.
  package var rect: Rect

  package struct ImageID: RawRepresentable, Equatable, Hashable, Sendable {
    package var rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }
  }

  package init(_ image: ImageID, in rect: Rect) {
    self.image = image
    self.rect = rect
  }
}
