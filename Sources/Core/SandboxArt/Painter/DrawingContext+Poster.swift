import Imaging

extension DrawingContext {
  /// Circles, quarters and bars on a grid: a poster of the nineteen-twenties.
  func paintPoster() throws(ImagingError) {
    var chance = chance("poster")
    drawing.fill(.color(palette.horizon))
    let colors = [
      palette.accent, palette.near, palette.far.mixed(palette.sky, 0.3),
      RGBColor(palette.accent.oklch.turned(by: 0.42)), palette.accent.mixed(palette.light, 0.5),
    ]
    let columns = width > height ? Int((5 * width / height).rounded()) : 5
    let cell = width / Double(columns + 1)
    let rows = max(Int(height / cell) - 1, 1)
    let top = (height - Double(rows) * cell) / 2
    for row in 0..<rows {
      for column in 0..<columns {
        let area = Rectangle(
          x: cell * (0.5 + Double(column)), y: top + cell * Double(row), width: cell, height: cell)
        paintTile(area, colors, &chance)
      }
    }
    let focus = Point(
      cell * 0.5 + cell * (Double(columns / 2) + 0.5), top + cell * (Double(rows / 2) + 0.5))
    drawing.fill(.circle(focus, radius: cell * 1.42), .color(palette.horizon))
    drawing.fill(.circle(focus, radius: cell * 1.25), .color(palette.accent))
    drawing.fill(.circle(focus, radius: cell * 0.86), .color(palette.near))
    drawing.fill(
      .circle(Point(focus.x + cell * 0.26, focus.y - cell * 0.2), radius: cell * 0.44),
      .color(palette.light))
  }

  private func paintTile(_ area: Rectangle, _ colors: [RGBColor], _ chance: inout Chance) {
    let ground = chance.pick(colors)
    let figure = chance.pick(colors.filter { $0 != ground })
    let middle = Point(area.x + area.width / 2, area.y + area.height / 2)
    let half = area.width / 2
    let bleed = 0.4
    let whole = Path.rectangle(
      Rectangle(
        x: area.x - bleed, y: area.y - bleed, width: area.width + bleed * 2,
        height: area.height + bleed * 2))
    drawing.fill(whole, .color(ground))
    let turn = Double(chance.whole(0...3)) / 4
    switch chance.whole(0...6) {
    case 0: drawing.fill(.circle(middle, radius: half * 0.8), .color(figure))
    case 1:
      drawing.fill(
        .quarterDisc(half * 2), .color(figure),
        at: Placement(middle.corner(half, turn), turns: turn))
    case 2:
      drawing.fill(
        .polygon([Point(-half, -half), Point(half, -half), Point(-half, half)]), .color(figure),
        at: Placement(middle, turns: turn))
    case 3:
      for bar in 0..<3 {
        drawing.fill(
          .rectangle(
            Rectangle(
              x: -half, y: -half + half * 2 * (Double(bar) * 2 + 0.5) / 6, width: half * 2,
              height: half / 3)), .color(figure), at: Placement(middle, turns: turn))
      }
    case 4:
      drawing.fill(
        .quarterDisc(half * 2), .color(figure),
        at: Placement(middle.corner(half, turn), turns: turn))
      drawing.fill(
        .quarterDisc(half), .color(ground), at: Placement(middle.corner(half, turn), turns: turn))
    case 5:
      drawing.fill(.circle(middle, radius: half * 0.8), .color(figure))
      drawing.fill(.circle(middle, radius: half * 0.4), .color(ground))
    default: break
    }
  }

  /// Broad bands that flow across, each with light on its edge.
  func paintRibbons() throws(ImagingError) {
    var chance = chance("ribbons")
    let backdrop = try softLayer()
    backdrop.fill(
      .linear(
        from: Point(0, 0), to: Point(width, height),
        [.init(0, palette.zenith), .init(0.5, palette.sky), .init(1, palette.horizon)]))
    backdrop.fill(.glow(light, radius: unit * 0.9, palette.light.opacity(0.9)))
    drawing.draw(backdrop)
    let count = 11
    let slope = chance.between(-0.35, 0.35) * height
    for band in 0..<count {
      let depth = Double(band) / Double(count - 1)
      let noise = noise("band \(band)")
      let base = height * (0.16 + 0.9 * depth)
      let swing = height * 0.5
      let points = profile { x in
        base + slope * (x / width - 0.5)
          + swing * (noise.value(x / width * 1.7 + depth * 1.4, octaves: 2, roughness: 0.25) - 0.5)
      }
      let isAccent = band % 4 == 2
      let color = (isAccent ? palette.accent : palette.land(depth)).mixed(
        palette.horizon, isAccent ? 0.1 : 0.15 * (1 - depth))
      let thickness = height * 0.4
      let outline = points + [Point(width * 1.1, height * 1.2), Point(-width * 0.1, height * 1.2)]
      let top = points.map(\.y).min() ?? base
      // A shadow falls on the band behind.
      drawing.stroke(
        .line(points), .color(palette.near.opacity(0.07)), width: unit * 0.05)
      drawing.stroke(.line(points), .color(palette.near.opacity(0.1)), width: unit * 0.02)
      drawing.fill(
        .polygon(outline),
        .vertical(
          top, color.mixed(palette.light, 0.42), top + thickness, color.mixed(palette.near, 0.18)))
      drawing.stroke(.line(points), .color(palette.light.opacity(0.55)), width: unit * 0.0016)
    }
  }
}

extension OKLCH {
  fileprivate func turned(by turns: Double) -> OKLCH {
    OKLCH(lightness: lightness, chroma: chroma * 0.8, turns: self.turns + turns)
  }
}

extension Point {
  /// A corner of the square around this point: the quarters go round clockwise.
  fileprivate func corner(_ half: Double, _ turns: Double) -> Point {
    moved(turns: turns + 0.625, distance: half * 2.0.squareRoot())
  }
}

extension Path {
  fileprivate static func quarterDisc(_ radius: Double) -> Path {
    var path = Path()
    path.move(to: Point(0, 0))
    path.line(to: Point(radius, 0))
    path.curve(
      to: Point(0, radius), Point(radius, radius * 0.5523), Point(radius * 0.5523, radius))
    path.close()
    return path
  }
}
