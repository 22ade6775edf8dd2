import CCairo

/// A place in a drawing, in pixels from its top left corner.
package struct Point: Equatable, Sendable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  /// The point `distance` away, in the direction of `turns`: zero is right, a quarter is down.
  package func moved(turns: Double, distance: Double) -> Point {
    Point(x + cos(turns * 2 * .pi) * distance, y + sin(turns * 2 * .pi) * distance)
  }
}

/// An upright rectangle, in pixels.
package struct Rectangle: Equatable, Sendable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

/// Where and how a shape that was made around the origin is put down.
package struct Placement: Equatable, Sendable {
  package var origin: Point
  package var scale: Double
  /// Clockwise; one is all the way round.
  package var turns: Double
  /// Left and right change places.
  package var isMirrored: Bool

  package init(_ origin: Point, scale: Double = 1, turns: Double = 0, isMirrored: Bool = false) {
    self.origin = origin
    self.scale = scale
    self.turns = turns
    self.isMirrored = isMirrored
  }
}
