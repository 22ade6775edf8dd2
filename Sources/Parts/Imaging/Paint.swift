import CCairo

/// What a shape is filled with.
package enum Paint: Equatable, Sendable {
  /// A colour at a place of a gradient: zero is its start, one its end.
  package struct Stop: Equatable, Sendable {
    package let place: Double
    package let color: RGBColor

    package init(_ place: Double, _ color: RGBColor) {
      self.place = place
      self.color = color
    }
  }

  case color(RGBColor)
  case linear(from: Point, to: Point, [Stop])
  case radial(Point, radius: Double, [Stop])

  /// From one colour to another, top to bottom.
  package static func vertical(
    _ top: Double, _ upper: RGBColor, _ bottom: Double, _ lower: RGBColor
  )
    -> Paint
  {
    .linear(from: Point(0, top), to: Point(0, bottom), [Stop(0, upper), Stop(1, lower)])
  }

  /// Light that fades to nothing at `radius`, quickly first and slowly last.
  package static func glow(_ center: Point, radius: Double, _ color: RGBColor) -> Paint {
    let stops = [(0.0, 1.0), (0.12, 0.8), (0.3, 0.42), (0.55, 0.14), (0.8, 0.03), (1, 0)]
    return .radial(
      center, radius: radius, stops.map { Stop($0.0, color.opacity(color.alpha * $0.1)) })
  }
}

/// How a new colour meets the one below it.
package enum Blend: Equatable, Sendable {
  case over, add, multiply, screen, overlay, softLight
  /// Keeps what lies under the new, as far as the new covers it; the rest becomes transparent.
  case within
}

extension Blend {
  var cairoOperator: cairo_operator_t {
    switch self {
    case .over: CAIRO_OPERATOR_OVER
    case .add: CAIRO_OPERATOR_ADD
    case .multiply: CAIRO_OPERATOR_MULTIPLY
    case .screen: CAIRO_OPERATOR_SCREEN
    case .overlay: CAIRO_OPERATOR_OVERLAY
    case .softLight: CAIRO_OPERATOR_SOFT_LIGHT
    case .within: CAIRO_OPERATOR_DEST_IN
    }
  }
}
