import Imaging

extension DrawingContext {
  func paintSpace() throws(ImagingError) {
    let sky = try softLayer()
    sky.fill(.vertical(0, palette.zenith, height, palette.sky))
    var chance = chance("space")
    for cloud in 0..<3 {
      let hue = palette.far.oklch.turns + [0.0, 0.13, -0.22][cloud] + chance.between(-0.05, 0.05)
      try paintNebula(
        RGBColor(OKLCH(lightness: 0.62, chroma: 0.17, turns: hue)), "nebula \(cloud)",
        opacity: 0.75 - Double(cloud) * 0.15, on: sky)
    }
    drawing.draw(sky)
    paintStars()
    for _ in 0..<14 {
      let place = Point(chance.between(0, width), chance.between(0, height))
      let size = unit * chance.between(0.006, 0.02)
      try glow(place, size * 2, RGBColor(0xFFF6E0, alpha: 0.85), .add)
    }
    let middle = Point(width * chance.between(0.42, 0.58), height * chance.between(0.44, 0.54))
    if scene.motifs.contains(.blackHole) {
      try paintBlackHole(middle, unit * 0.15)
    } else {
      let at = Point(light.x, height * chance.between(0.38, 0.6))
      try paintPlanet(at, unit * chance.between(0.16, 0.24), &chance)
    }
  }

  /// Glowing gas: noise bent by noise.
  private func paintNebula(
    _ color: RGBColor, _ purpose: String, opacity: Double, on sky: borrowing Drawing
  ) throws(ImagingError) {
    let noise = noise(purpose)
    let (columns, rows) = (112, 112)
    var bytes = [UInt8](repeating: 0, count: columns * rows * 4)
    for row in 0..<rows {
      for column in 0..<columns {
        let x = Double(column) / Double(columns) * width / unit * 1.5
        let y = Double(row) / Double(rows) * height / unit * 1.5
        let bend = noise.value(x * 0.9 + 40, y * 0.9, octaves: 2) * 1.6
        let value = noise.value(x + bend, y + bend * 0.6, octaves: 4, roughness: 0.55)
        let density = min(max((value - 0.46) * 3.2, 0), 1)
        let lit = color.mixed(RGBColor(0xFFF3E6), density * density * 0.5)
        let place = (row * columns + column) * 4
        bytes[place] = UInt8(lit.red * 255)
        bytes[place + 1] = UInt8(lit.green * 255)
        bytes[place + 2] = UInt8(lit.blue * 255)
        bytes[place + 3] = UInt8(density * opacity * 255)
      }
    }
    sky.draw(try Drawing(Pixels(width: columns, height: rows, bytes: bytes)), blend: .screen)
  }

  /// A disc of hot gas around nothing: the far side is bent up over the hole by its gravity.
  private func paintBlackHole(_ center: Point, _ radius: Double) throws(ImagingError) {
    let hot = RGBColor(0xFFF1D0)
    let warm = palette.accent
    try glow(center, radius * 5.5, warm.opacity(0.5), .add)
    let place = Placement(center, turns: -0.035)
    for step in 0..<26 {
      let t = Double(step) / 25
      let color = hot.mixed(warm, min(t * 1.5, 1)).opacity(0.3 * (1 - t) + 0.02)
      drawing.stroke(
        .ellipse(Point(0, 0), radius * (1.12 + t * 0.5), radius * (1.1 + t * 0.46)),
        .color(color), width: radius * 0.035, blend: .add, at: place)
    }
    paintDisk(radius, hot, warm, upper: true, place)
    drawing.fill(.circle(center, radius: radius), .color(RGBColor(0x000000)))
    drawing.stroke(
      .circle(Point(0, 0), radius: radius * 1.04), .color(hot.opacity(0.95)),
      width: radius * 0.03, blend: .add, at: place)
    paintDisk(radius, hot, warm, upper: false, place)
  }

  /// One half of the disc, seen almost from its edge.
  private func paintDisk(
    _ radius: Double, _ hot: RGBColor, _ warm: RGBColor, upper: Bool, _ place: Placement
  ) {
    for step in 0..<56 {
      let t = Double(step) / 55
      let color = hot.mixed(warm, min(t * 1.4, 1)).opacity((1 - t) * (1 - t) * 0.6 + 0.012)
      drawing.stroke(
        .halfEllipse(radius * (1.22 + t * 1.9), radius * (0.13 + t * 0.27), upper: upper),
        .color(color), width: radius * (0.04 - t * 0.014), blend: .add, at: place)
    }
  }

  private func paintPlanet(
    _ center: Point, _ radius: Double, _ chance: inout Chance
  ) throws(ImagingError) {
    let base = OKLCH(lightness: 0.68, chroma: 0.11, turns: palette.accent.oklch.turns)
    try glow(center, radius * 2.1, RGBColor(base, alpha: 0.4), .add)
    let hasRing = chance.happens(0.6)
    if hasRing { paintRings(center, radius, RGBColor(base), upper: true) }
    let body = try Drawing(coarse: 1, width: 256, height: 256)
    let noise = noise("planet")
    for band in 0..<256 {
      var tone = base
      let y = Double(band) / 256
      tone.lightness += (noise.value(y * 7, octaves: 4) - 0.5) * 0.42
      tone.turns += (noise.value(y * 3 + 50, octaves: 2) - 0.5) * 0.16
      body.fill(
        .rectangle(Rectangle(x: 0, y: Double(band), width: 256, height: 1)), .color(RGBColor(tone)))
    }
    // Night falls over the side that is turned away.
    body.fill(
      .radial(
        Point(82, 78), radius: 205,
        [
          .init(0, RGBColor(0xFFFFFF, alpha: 0.25)), .init(0.35, RGBColor(0, alpha: 0)),
          .init(0.75, RGBColor(0x04040F, alpha: 0.75)), .init(1, RGBColor(0x02020A, alpha: 0.97)),
        ]))
    drawing.draw(
      body,
      in: Rectangle(
        x: center.x - radius, y: center.y - radius, width: radius * 2, height: radius * 2),
      clip: .circle(center, radius: radius))
    if hasRing { paintRings(center, radius, RGBColor(base), upper: false) }
  }

  private func paintRings(_ center: Point, _ radius: Double, _ color: RGBColor, upper: Bool) {
    for step in 0..<16 {
      let across = radius * (1.35 + Double(step) * 0.05)
      let half = Path.halfEllipse(across, across * 0.26, upper: upper)
      let strength = step == 9 ? 0.08 : 0.5 - Double(step) * 0.018
      drawing.stroke(
        half, .color(color.mixed(RGBColor(0xFFF4E0), 0.45).opacity(strength)),
        width: radius * 0.042,
        at: Placement(center, turns: -0.05))
    }
  }
}

extension Path {
  /// The far or the near half of an ellipse around the origin.
  fileprivate static func halfEllipse(_ across: Double, _ down: Double, upper: Bool) -> Path {
    var path = Path()
    let sign = upper ? -1.0 : 1.0
    path.move(to: Point(-across, 0))
    path.curve(
      to: Point(0, sign * down), Point(-across, sign * down * 0.5523),
      Point(-across * 0.5523, sign * down))
    path.curve(
      to: Point(across, 0), Point(across * 0.5523, sign * down),
      Point(across, sign * down * 0.5523))
    return path
  }
}
