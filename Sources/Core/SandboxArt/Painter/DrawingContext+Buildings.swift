import Imaging

extension DrawingContext {
  /// Light behind a window or under a roof.
  private var lamp: RGBColor { palette.light.mixed(RGBColor(0xFFB454), 0.6) }

  func paintHouses(_ chance: inout Chance) throws(ImagingError) {
    let count = scene.crowds.contains(.house) ? 5 : 1
    let middle = opposite(&chance)
    for house in (0..<count).reversed() {
      let size = unit * (house == 0 ? 0.2 : chance.between(0.09, 0.13))
      let foot = Point(
        house == 0 ? middle : middle + chance.between(-0.38, 0.38) * unit,
        height * (house == 0 ? 0.83 : chance.between(0.72, 0.79)))
      try paintHouse(foot, size, &chance)
    }
  }

  private func paintHouse(
    _ foot: Point, _ size: Double, _ chance: inout Chance
  ) throws(ImagingError) {
    let place = Placement(foot, scale: size, isMirrored: light.x < foot.x)
    let wall = color(of: .house, else: palette.light.mixed(palette.far, 0.55)).mixed(
      palette.near, palette.isDark ? 0.55 : 0.12)
    let roof = palette.accent.mixed(palette.near, palette.isDark ? 0.6 : 0.4)
    drawing.fill(
      .ellipse(Point(0, 0.01), 0.72, 0.05), .color(palette.near.opacity(0.35)), at: place)
    drawing.fill(
      .polygon([Point(-0.12, 0), Point(0.5, 0), Point(0.5, -0.4), Point(-0.12, -0.4)]),
      .color(wall),
      at: place)
    drawing.fill(
      .polygon([
        Point(-0.5, 0), Point(-0.12, 0), Point(-0.12, -0.4), Point(-0.31, -0.68), Point(-0.5, -0.4),
      ]), .color(wall.mixed(palette.near, 0.28)), at: place)
    drawing.fill(
      .polygon([
        Point(-0.31, -0.72), Point(0.34, -0.72), Point(0.56, -0.38), Point(-0.1, -0.38),
      ]), .color(roof), at: place)
    drawing.stroke(
      .line([Point(-0.55, -0.37), Point(-0.31, -0.71), Point(-0.09, -0.38)]),
      .color(roof.mixed(palette.near, 0.35)), width: 0.035, at: place)
    drawing.fill(
      .rectangle(Rectangle(x: 0.22, y: -0.86, width: 0.08, height: 0.22)),
      .color(roof.mixed(palette.near, 0.4)), at: place)
    let lit = palette.isDark || scene.weather != .clear ? lamp : lamp.mixed(palette.near, 0.45)
    for window in [(-0.02, -0.28), (0.14, -0.28), (0.36, -0.28)] {
      drawing.fill(
        .rectangle(Rectangle(x: window.0, y: window.1, width: 0.08, height: 0.13)), .color(lit),
        at: place)
    }
    drawing.fill(
      .rectangle(Rectangle(x: -0.36, y: -0.25, width: 0.11, height: 0.25)),
      .color(palette.near.mixed(roof, 0.3)), at: place)
    if palette.isDark || scene.weather != .clear {
      try glow(Point(foot.x, foot.y - size * 0.2), size * 0.8, lamp.opacity(0.4), .add)
    }
    // Smoke drifts from the chimney.
    let side = light.x < foot.x ? -1.0 : 1.0
    for puff in 0..<7 {
      let t = Double(puff) / 6
      try glow(
        Point(
          foot.x + side * size * (0.26 + t * t * 0.5) + chance.between(-0.02, 0.02) * size,
          foot.y - size * (0.9 + t * 0.65)), size * (0.06 + t * 0.14),
        palette.light.opacity(0.42 * (1 - t)))
    }
  }

  /// A tower of curved roofs.
  func paintPagoda(_ chance: inout Chance) throws(ImagingError) {
    let tall = unit * 0.5
    let foot = Point(opposite(&chance), height * 0.86)
    let wood = color(of: .pagoda, else: palette.accent).mixed(
      palette.near, palette.isDark ? 0.5 : 0.4)
    let roof = palette.near.mixed(palette.far, 0.12)
    let floors = 5
    var base = foot.y
    drawing.fill(
      .smooth(
        [
          Point(foot.x - tall * 0.62, foot.y + tall * 0.2),
          Point(foot.x - tall * 0.3, foot.y - tall * 0.005),
          Point(foot.x + tall * 0.3, foot.y - tall * 0.005),
          Point(foot.x + tall * 0.66, foot.y + tall * 0.2),
        ], closed: true), .color(palette.near))
    for floor in 0..<floors {
      let t = Double(floor) / Double(floors)
      let half = tall * 0.15 * (1 - t * 0.52)
      let rise = tall * 0.155 * (1 - t * 0.3)
      drawing.fill(
        .rectangle(Rectangle(x: foot.x - half, y: base - rise, width: half * 2, height: rise)),
        .color(wood))
      for window in -1...1 {
        drawing.fill(
          .rectangle(
            Rectangle(
              x: foot.x + Double(window) * half * 0.58 - half * 0.16, y: base - rise * 0.62,
              width: half * 0.32, height: rise * 0.4)), .color(lamp.opacity(0.9)))
      }
      try glow(
        Point(foot.x, base - rise * 0.4), half * 2.4,
        lamp.opacity(palette.isDark || scene.weather != .clear ? 0.3 : 0.12), .add)
      base -= rise
      paintEaves(Point(foot.x, base), half * 1.85, rise * 0.52, roof)
      base -= rise * 0.16
    }
    drawing.stroke(
      .line([Point(foot.x, base), Point(foot.x, base - tall * 0.15)]), .color(roof),
      width: tall * 0.012)
    drawing.fill(.circle(Point(foot.x, base - tall * 0.1), radius: tall * 0.014), .color(roof))
  }

  private func paintEaves(_ middle: Point, _ reach: Double, _ rise: Double, _ color: RGBColor) {
    var path = Path()
    path.move(to: Point(middle.x - reach, middle.y - rise * 0.25))
    path.curve(
      to: Point(middle.x - reach * 0.3, middle.y - rise),
      Point(middle.x - reach * 0.72, middle.y - rise * 0.12),
      Point(middle.x - reach * 0.5, middle.y - rise * 0.55))
    path.line(to: Point(middle.x + reach * 0.3, middle.y - rise))
    path.curve(
      to: Point(middle.x + reach, middle.y - rise * 0.25),
      Point(middle.x + reach * 0.5, middle.y - rise * 0.55),
      Point(middle.x + reach * 0.72, middle.y - rise * 0.12))
    path.curve(
      to: Point(middle.x - reach, middle.y - rise * 0.25),
      Point(middle.x + reach * 0.6, middle.y + rise * 0.2),
      Point(middle.x - reach * 0.6, middle.y + rise * 0.2))
    path.close()
    drawing.fill(path, .color(color))
  }

  func paintLighthouse(_ chance: inout Chance) throws(ImagingError) {
    let tall = unit * 0.34
    let line = scene.ground == .sea ? horizon + unit * 0.05 : height * 0.86
    let foot = Point(opposite(&chance), line)
    let rock = Path.smooth(
      [
        Point(foot.x - tall * 0.85, foot.y + tall * 0.1),
        Point(foot.x - tall * 0.42, foot.y - tall * 0.05),
        Point(foot.x - tall * 0.15, foot.y - tall * 0.13),
        Point(foot.x + tall * 0.2, foot.y - tall * 0.1),
        Point(foot.x + tall * 0.5, foot.y + tall * 0.01),
        Point(foot.x + tall * 0.8, foot.y + tall * 0.1),
      ], closed: true)
    let top = Point(foot.x, foot.y - tall * 1.02)
    let beam = Path.polygon([
      top, Point(top.x - width * 1.2, top.y - unit * 0.16),
      Point(top.x - width * 1.2, top.y + unit * 0.1),
    ])
    drawing.fill(
      beam,
      .linear(
        from: top, to: Point(top.x - unit * 0.9, top.y),
        [.init(0, palette.light.opacity(0.55)), .init(1, palette.light.opacity(0))]))
    drawing.fill(rock, .color(palette.near))
    let white = palette.light.mixed(palette.far, 0.25)
    let red = color(of: .lighthouse, else: palette.accent)
    for stripe in 0..<5 {
      let (low, high) = (Double(stripe) / 5, Double(stripe + 1) / 5)
      func half(_ t: Double) -> Double { tall * (0.085 - 0.034 * t) }
      func y(_ t: Double) -> Double { foot.y - tall * (0.1 + 0.8 * t) }
      drawing.fill(
        .polygon([
          Point(foot.x - half(low), y(low)), Point(foot.x - half(high), y(high)),
          Point(foot.x + half(high), y(high)), Point(foot.x + half(low), y(low)),
        ]),
        .linear(
          from: Point(foot.x - half(low), 0), to: Point(foot.x + half(low), 0),
          [
            .init(0, stripe % 2 == 0 ? red : white),
            .init(1, (stripe % 2 == 0 ? red : white).mixed(palette.near, 0.45)),
          ]))
    }
    drawing.fill(
      .rectangle(
        Rectangle(
          x: top.x - tall * 0.07, y: top.y + tall * 0.1, width: tall * 0.14, height: tall * 0.02)),
      .color(palette.near))
    drawing.fill(
      .rectangle(
        Rectangle(x: top.x - tall * 0.035, y: top.y, width: tall * 0.07, height: tall * 0.1)),
      .color(lamp))
    drawing.fill(
      .polygon([
        Point(top.x - tall * 0.05, top.y), Point(top.x, top.y - tall * 0.07),
        Point(top.x + tall * 0.05, top.y),
      ]), .color(palette.near))
    try glow(Point(top.x, top.y + tall * 0.05), tall * 0.5, lamp.opacity(0.75), .add)
  }

  /// A lit train on a viaduct.
  func paintTrain(_ chance: inout Chance) throws(ImagingError) {
    let deck = height * 0.74
    let thick = unit * 0.022
    let stone = palette.land(0.74)
    drawing.fill(
      .rectangle(Rectangle(x: 0, y: deck, width: width, height: thick)), .color(stone))
    let span = unit * 0.15
    var piers = Path()
    var x = -span * chance.between(0, 1)
    while x < width + span {
      var pier = Path()
      pier.move(to: Point(x - span * 0.5, deck + thick * 0.9))
      pier.line(to: Point(x + span * 0.5, deck + thick * 0.9))
      pier.curve(
        to: Point(x + span * 0.13, deck + span * 0.62), Point(x + span * 0.26, deck + thick * 1.2),
        Point(x + span * 0.13, deck + span * 0.3))
      pier.line(to: Point(x + span * 0.17, height * 1.05))
      pier.line(to: Point(x - span * 0.17, height * 1.05))
      pier.line(to: Point(x - span * 0.13, deck + span * 0.62))
      pier.curve(
        to: Point(x - span * 0.5, deck + thick * 0.9), Point(x - span * 0.13, deck + span * 0.3),
        Point(x - span * 0.26, deck + thick * 1.2))
      pier.close()
      piers.add(pier)
      x += span
    }
    drawing.fill(
      piers, .vertical(deck, stone, height, stone.mixed(palette.near, 0.5)))
    let body = color(of: .train, else: palette.near)
    let car = unit * 0.19
    let tall = unit * 0.05
    let head = width * chance.between(0.62, 0.78)
    for wagon in 0..<max(Int(head / car) + 1, 3) {
      let left = head - Double(wagon + 1) * (car + unit * 0.006)
      let area = Rectangle(x: left, y: deck - tall - unit * 0.006, width: car, height: tall)
      var shell = Path.rectangle(area)
      if wagon == 0 {
        shell.move(to: Point(left + car, area.y))
        shell.curve(
          to: Point(left + car * 1.26, deck - unit * 0.006), Point(left + car * 1.12, area.y),
          Point(left + car * 1.22, area.y + tall * 0.45))
        shell.line(to: Point(left + car, deck - unit * 0.006))
        shell.close()
      }
      drawing.fill(shell, .color(body))
      for window in 0..<6 {
        drawing.fill(
          .rectangle(
            Rectangle(
              x: left + car * (0.07 + Double(window) * 0.153), y: area.y + tall * 0.22,
              width: car * 0.1, height: tall * 0.34)), .color(lamp))
      }
      drawing.fill(
        .rectangle(Rectangle(x: left, y: area.y + tall * 0.72, width: car, height: tall * 0.1)),
        .color(palette.accent))
    }
    try glow(
      Point(head + car * 0.24, deck - tall * 0.4), unit * 0.16, lamp.opacity(0.8), .add)
  }
}
