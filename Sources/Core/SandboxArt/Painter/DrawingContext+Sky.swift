import Imaging

extension DrawingContext {
  /// Air, clouds, stars, and the sun or the moon.
  func paintSky() throws(ImagingError) {
    let sky = try softLayer()
    sky.fill(
      .linear(
        from: Point(0, 0), to: Point(0, min(horizon * 1.05, height)),
        [
          .init(0, palette.zenith), .init(0.55, palette.sky), .init(0.9, palette.horizon),
          .init(1, palette.horizon.mixed(palette.light, 0.2)),
        ]))
    let strength = scene.weather == .fog || scene.weather == .rain ? 0.35 : 0.75
    sky.fill(
      .glow(
        light, radius: unit * 1.05, palette.light.opacity(strength * (palette.isDark ? 0.4 : 1))))
    try paintClouds(sky)
    drawing.draw(sky)
    if palette.isDark && scene.weather != .rain { paintStars() }
    try paintDisc()
  }

  /// Streaks of cloud that catch the light from below, thicker towards the horizon.
  private func paintClouds(_ sky: borrowing Drawing) throws(ImagingError) {
    let noise = noise("clouds")
    var chance = chance("clouds")
    let cover = chance.between(0.47, 0.56) - (scene.weather == .clear ? 0 : 0.08)
    let (columns, rows) = (128, 72)
    let lit = palette.horizon.mixed(palette.light, 0.55)
    let shade = palette.sky.mixed(palette.zenith, 0.45)
    var bytes = [UInt8](repeating: 0, count: columns * rows * 4)
    for row in 0..<rows {
      let y = Double(row) / Double(rows)
      for column in 0..<columns {
        let x = Double(column) / Double(columns) * width / height
        let value = noise.value(x * 2.2, y * 6.5, octaves: 4)
        let density = min(max((value - cover) * 4, 0), 1) * (0.35 + 0.5 * y)
        guard density > 0 else { continue }
        let color = shade.mixed(lit, min(max(1.25 - (value - cover) * 4.5, 0), 1))
        let place = (row * columns + column) * 4
        bytes[place] = UInt8(color.red * 255)
        bytes[place + 1] = UInt8(color.green * 255)
        bytes[place + 2] = UInt8(color.blue * 255)
        bytes[place + 3] = UInt8(density * 200)
      }
    }
    let clouds = try Drawing(Pixels(width: columns, height: rows, bytes: bytes))
    sky.draw(clouds, in: Rectangle(x: 0, y: 0, width: width, height: max(horizon, 1)))
  }

  func paintStars() {
    var chance = chance("stars")
    let count = Int(180 * width * height / (unit * unit))
    var faint = Path()
    var bright = Path()
    for _ in 0..<count {
      let down = chance.between(0, 1)
      let place = Point(chance.between(0, width), down * down.squareRoot() * horizon * 0.95)
      let size = unit * chance.between(0.0006, 0.0013)
      if chance.happens(0.12) {
        bright.add(.circle(place, radius: size * 1.7))
      } else {
        faint.add(.circle(place, radius: size))
      }
    }
    drawing.fill(faint, .color(RGBColor(0xFFFFFF, alpha: 0.5)))
    drawing.fill(bright, .color(RGBColor(0xFFFDF2, alpha: 0.9)))
  }

  private func paintDisc() throws(ImagingError) {
    let isNamed = scene.motifs.contains(.moon) || scene.motifs.contains(.sun)
    var chance = chance("disc")
    let isVeiled = scene.weather != .clear && !isNamed
    guard isNamed || (!isVeiled && chance.happens(0.8)) else { return }
    let isMoon = palette.isDark || scene.motifs.contains(.moon)
    let radius = unit * (isNamed ? chance.between(0.1, 0.14) : chance.between(0.045, 0.075))
    try glow(light, radius * 4, palette.light.opacity(isVeiled ? 0.25 : 0.5))
    drawing.fill(
      .circle(light, radius: radius), .color(palette.light.opacity(isVeiled ? 0.6 : 0.96)))
    guard isMoon else { return }
    // The seas of a moon: a few soft stains inside the disc.
    let moon = try Drawing(coarse: 1, width: 128, height: 128)
    let shade = palette.light.mixed(palette.zenith, 0.35)
    for _ in 0..<7 {
      let center = Point(64, 64).moved(
        turns: chance.between(0, 1), distance: chance.between(4, 46))
      moon.fill(.glow(center, radius: chance.between(14, 34), shade.opacity(0.5)))
    }
    drawing.draw(
      moon,
      in: Rectangle(
        x: light.x - radius, y: light.y - radius, width: radius * 2, height: radius * 2),
      clip: .circle(light, radius: radius))
  }
}
