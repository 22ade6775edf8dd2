import Imaging

extension DrawingContext {
  /// A bottle on a plinth, before an arch, in the light of a studio.
  func paintStudio() throws(ImagingError) {
    let floor = height * 0.72
    let backdrop = try softLayer()
    backdrop.fill(.vertical(0, palette.sky.mixed(palette.far, 0.35), height, palette.horizon))
    backdrop.fill(.glow(Point(width * 0.38, height * 0.3), radius: unit * 0.9, palette.light))
    drawing.draw(backdrop)
    var chance = chance("studio")
    let middle = width * 0.5
    let accent = palette.accent
    let arch = unit * 0.27
    let back = accent.mixed(palette.far, 0.5)
    paintArch(
      Point(middle + unit * 0.1, floor), arch, unit * 0.56, back.mixed(palette.horizon, 0.25))
    drawing.fill(
      .circle(Point(middle - unit * 0.27, height * 0.3), radius: unit * 0.1),
      .color(accent.mixed(palette.light, 0.25)))
    drawing.fill(
      .rectangle(Rectangle(x: 0, y: floor, width: width, height: height - floor)),
      .vertical(floor, palette.far.mixed(palette.horizon, 0.35), height, palette.far))
    let plinth = Rectangle(
      x: middle - unit * 0.24, y: floor - unit * 0.03, width: unit * 0.48, height: unit * 0.14)
    try shadow(Point(middle + unit * 0.08, plinth.y + plinth.height), unit * 0.4, unit * 0.06)
    paintPlinth(plinth)
    let foot = Point(middle, plinth.y + unit * 0.012)
    try shadow(foot, unit * 0.15, unit * 0.025)
    paintBottle(foot, unit * 0.4, accent)
    for side in [-1.0, 1.0] {
      let radius = unit * chance.between(0.025, 0.045)
      let at = Point(
        middle + side * unit * chance.between(0.16, 0.2), plinth.y + unit * 0.01 - radius)
      try shadow(Point(at.x, at.y + radius), radius * 1.3, radius * 0.3)
      drawing.fill(
        .circle(at, radius: radius),
        .radial(
          Point(at.x - radius * 0.35, at.y - radius * 0.4), radius: radius * 1.6,
          [.init(0, palette.light), .init(1, palette.far.mixed(palette.near, 0.35))]))
    }
  }

  private func paintArch(_ foot: Point, _ half: Double, _ tall: Double, _ color: RGBColor) {
    var path = Path.circle(Point(foot.x, foot.y - tall + half), radius: half)
    path.add(
      .rectangle(
        Rectangle(x: foot.x - half, y: foot.y - tall + half, width: half * 2, height: tall - half)))
    drawing.fill(
      path, .vertical(foot.y - tall, color.mixed(palette.light, 0.25), foot.y, color))
  }

  private func shadow(_ center: Point, _ across: Double, _ down: Double) throws(ImagingError) {
    let spot = try Drawing(coarse: 1, width: 64, height: 64)
    spot.fill(.glow(Point(32, 32), radius: 32, palette.near.opacity(0.55)))
    drawing.draw(
      spot,
      in: Rectangle(
        x: center.x - across, y: center.y - down, width: across * 2, height: down * 2))
  }

  private func paintPlinth(_ area: Rectangle) {
    let top = Point(area.x + area.width / 2, area.y)
    let side = palette.horizon.mixed(palette.far, 0.55)
    let curve = area.width * 0.07
    var body = Path.rectangle(
      Rectangle(x: area.x, y: area.y, width: area.width, height: area.height))
    body.add(.ellipse(Point(top.x, area.y + area.height), area.width / 2, curve))
    drawing.fill(
      body,
      .linear(
        from: Point(area.x, 0), to: Point(area.x + area.width, 0),
        [
          .init(0, side), .init(0.3, palette.light), .init(1, side.mixed(palette.near, 0.25)),
        ]))
    drawing.fill(
      .ellipse(top, area.width / 2, curve), .color(palette.light.mixed(palette.horizon, 0.4)))
  }

  private func paintBottle(_ foot: Point, _ tall: Double, _ color: RGBColor) {
    let half = tall * 0.21
    let shoulder = foot.y - tall * 0.68
    let glass = Path.smooth(
      [
        Point(foot.x - half * 0.92, foot.y), Point(foot.x - half, foot.y - tall * 0.1),
        Point(foot.x - half, shoulder + tall * 0.1), Point(foot.x - half * 0.45, shoulder),
        Point(foot.x + half * 0.45, shoulder), Point(foot.x + half, shoulder + tall * 0.1),
        Point(foot.x + half, foot.y - tall * 0.1), Point(foot.x + half * 0.92, foot.y),
      ], closed: true)
    let dark = color.mixed(palette.near, 0.55)
    drawing.fill(
      glass,
      .linear(
        from: Point(foot.x - half, 0), to: Point(foot.x + half, 0),
        [
          .init(0, dark), .init(0.16, color), .init(0.3, color.mixed(palette.light, 0.75)),
          .init(0.42, color), .init(0.85, dark), .init(1, color.mixed(palette.light, 0.2)),
        ]))
    let cap = Rectangle(
      x: foot.x - half * 0.4, y: shoulder - tall * 0.22, width: half * 0.8, height: tall * 0.21)
    drawing.fill(
      .rectangle(cap),
      .linear(
        from: Point(cap.x, 0), to: Point(cap.x + cap.width, 0),
        [
          .init(0, palette.near), .init(0.3, palette.near.mixed(palette.light, 0.55)),
          .init(0.5, palette.near.mixed(palette.light, 0.15)), .init(1, palette.near),
        ]))
    drawing.fill(
      .rectangle(
        Rectangle(
          x: foot.x - half * 0.55, y: foot.y - tall * 0.4, width: half * 1.1, height: tall * 0.2)),
      .color(palette.light.opacity(0.88)))
    for line in 0..<3 {
      let wide = half * [0.62, 0.4, 0.5][line]
      drawing.fill(
        .rectangle(
          Rectangle(
            x: foot.x - wide / 2, y: foot.y - tall * (0.35 - Double(line) * 0.05), width: wide,
            height: tall * 0.012)), .color(palette.near.opacity(line == 0 ? 0.9 : 0.45)))
    }
  }
}
