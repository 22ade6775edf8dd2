import Imaging

extension DrawingContext {
  /// Paper lanterns that hang from above, and the light they throw into the air.
  func paintLanterns(_ chance: inout Chance) throws(ImagingError) {
    let color = color(of: .lantern, else: palette.accent)
    let isMany = scene.crowds.contains(.lantern)
    let side = light.x > width / 2 ? chance.between(0.3, 0.4) : chance.between(0.6, 0.7)
    if isMany {
      for lantern in 0..<Int((9 * max(width / height, 0.8)).rounded()) {
        let depth = chance.between(0, 1)
        let at = Point(
          width * (Double(lantern) + chance.between(0.2, 0.8)) / (9 * max(width / height, 0.8)),
          height * (0.16 + 0.34 * chance.between(0, 1)))
        try paintLantern(at, unit * (0.03 + 0.05 * depth), color)
      }
    }
    try paintLantern(Point(width * side, height * 0.46), unit * 0.13, color)
  }

  private func paintLantern(
    _ center: Point, _ size: Double, _ color: RGBColor
  ) throws(ImagingError) {
    let warm = color.mixed(RGBColor(0xFFD27A), 0.45)
    try glow(center, size * 5.2, color.opacity(0.4), .add)
    try glow(center, size * 2.7, warm.opacity(0.42), .add)
    drawing.stroke(
      .line([Point(center.x, -size), Point(center.x, center.y - size * 0.9)]),
      .color(palette.near.opacity(0.85)), width: size * 0.03)
    let body = Path.ellipse(center, size, size * 0.86)
    drawing.fill(
      body,
      .radial(
        Point(center.x, center.y + size * 0.12), radius: size * 1.05,
        [
          .init(0, RGBColor(0xFFF0BE).mixed(color, 0.12)), .init(0.35, warm),
          .init(0.8, color), .init(1, color.mixed(RGBColor(0x2A0508), 0.35)),
        ]))
    // The ribs of bamboo under the paper.
    for rib in 1...3 {
      drawing.stroke(
        .ellipse(center, size * Double(rib) * 0.27, size * 0.85),
        .color(color.mixed(RGBColor(0x2A0508), 0.5).opacity(0.4)), width: size * 0.018)
    }
    let metal = RGBColor(0xD9A441).mixed(palette.near, 0.25)
    for end in [-1.0, 1.0] {
      let y = center.y + end * size * 0.86
      drawing.fill(
        .rectangle(
          Rectangle(
            x: center.x - size * 0.36, y: y - size * 0.075, width: size * 0.72, height: size * 0.15)
        ),
        .linear(
          from: Point(center.x - size * 0.36, 0), to: Point(center.x + size * 0.36, 0),
          [
            .init(0, metal.mixed(palette.near, 0.5)),
            .init(0.4, metal.mixed(RGBColor(0xFFF3C4), 0.5)),
            .init(1, metal.mixed(palette.near, 0.5)),
          ]))
    }
    let knot = Point(center.x, center.y + size * 1.06)
    drawing.fill(.circle(knot, radius: size * 0.07), .color(metal))
    for thread in -4...4 {
      let x = Double(thread)
      drawing.stroke(
        .line([
          Point(knot.x + x * size * 0.012, knot.y),
          Point(knot.x + x * size * 0.03, knot.y + size * (0.62 - abs(x) * 0.02)),
        ]), .color(color.mixed(palette.near, 0.15)), width: size * 0.022)
    }
  }

  func paintBalloons(_ chance: inout Chance) throws(ImagingError) {
    let count = scene.crowds.contains(.balloon) ? 6 : 1
    for balloon in (0..<count).reversed() {
      let size = unit * (balloon == 0 ? 0.11 : chance.between(0.03, 0.065))
      let at = Point(
        balloon == 0 ? opposite(&chance) : width * chance.between(0.08, 0.92),
        height * (balloon == 0 ? 0.3 : chance.between(0.12, 0.45)))
      let hue = color(of: .balloon, else: palette.accent).oklch.turns + Double(balloon) * 0.17
      let color = RGBColor(OKLCH(lightness: 0.66, chroma: 0.16, turns: hue))
        .mixed(palette.horizon, balloon == 0 ? 0.05 : 0.35)
      paintBalloon(at, size, color)
    }
  }

  private func paintBalloon(_ center: Point, _ size: Double, _ color: RGBColor) {
    let place = Placement(center, scale: size)
    func gore(_ half: Double) -> Path {
      var path = Path()
      path.move(to: Point(0, -1))
      path.curve(to: Point(half, -0.05), Point(half * 0.62, -1), Point(half, -0.6))
      path.curve(to: Point(half * 0.2, 1.02), Point(half, 0.45), Point(half * 0.34, 0.75))
      path.line(to: Point(-half * 0.2, 1.02))
      path.curve(to: Point(-half, -0.05), Point(-half * 0.34, 0.75), Point(-half, 0.45))
      path.curve(to: Point(0, -1), Point(-half, -0.6), Point(-half * 0.62, -1))
      path.close()
      return path
    }
    let pale = palette.light.mixed(color, 0.12)
    for (index, half) in [0.95, 0.72, 0.46, 0.18].enumerated() {
      drawing.fill(gore(half), .color(index % 2 == 0 ? color : pale), at: place)
    }
    // Light on one side, shade on the other.
    let toLight = light.x < center.x ? -1.0 : 1.0
    drawing.fill(
      gore(0.95),
      .linear(
        from: Point(-toLight, 0), to: Point(toLight, 0),
        [
          .init(0, palette.near.opacity(0.5)), .init(0.6, palette.near.opacity(0.05)),
          .init(1, palette.light.opacity(0.3)),
        ]), at: place)
    for rope in [-0.14, 0.14] {
      drawing.stroke(
        .line([Point(rope * 1.2, 1), Point(rope, 1.3)]), .color(palette.near), width: 0.018,
        at: place)
    }
    drawing.fill(
      .rectangle(Rectangle(x: -0.16, y: 1.28, width: 0.32, height: 0.2)),
      .color(palette.near.mixed(palette.accent, 0.3)), at: place)
  }
}
