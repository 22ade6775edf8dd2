import Imaging

extension DrawingContext {
  /// What falls or hangs in the air before everything else.
  func paintWeather() throws(ImagingError) {
    switch scene.weather {
    case .clear: break
    case .fog:
      try paintMist(height * 0.74, thickness: height * 0.3, "front mist")
      try paintMist(horizon * 0.9, thickness: height * 0.26, "back mist")
    case .rain: paintRain()
    case .snow: try paintSnow()
    }
  }

  private func paintRain() {
    var chance = chance("rain")
    for (count, long, strength) in [(520, 0.03, 0.16), (240, 0.06, 0.26)] {
      var drops = Path()
      for _ in 0..<Int(Double(count) * width * height / (unit * unit)) {
        let at = Point(chance.between(-0.05, 1.05) * width, chance.between(-0.05, 1) * height)
        let reach = unit * long * chance.between(0.6, 1.3)
        drops.move(to: at)
        drops.line(to: Point(at.x - reach * 0.22, at.y + reach))
      }
      drawing.stroke(
        drops, .color(palette.light.opacity(strength)), width: unit * 0.0011 * (1 + long * 10))
    }
  }

  private func paintSnow() throws(ImagingError) {
    var chance = chance("snow")
    for (count, size, strength) in [(420, 0.0018, 0.65), (190, 0.0036, 0.8), (46, 0.0075, 0.5)] {
      var flakes = Path()
      for _ in 0..<Int(Double(count) * width * height / (unit * unit)) {
        flakes.add(
          .circle(
            Point(chance.between(0, width), chance.between(0, height)),
            radius: unit * size * chance.between(0.5, 1.3)))
      }
      drawing.fill(flakes, .color(RGBColor(0xFFFFFF, alpha: strength)))
    }
  }

  /// Darker corners and the grain of film.
  func finish() throws(ImagingError) {
    let vignette = try Drawing(coarse: 1, width: 64, height: 64)
    let shade = palette.near.mixed(RGBColor(0), 0.5)
    vignette.fill(
      .radial(
        Point(32, 30), radius: 47,
        [.init(0, shade.opacity(0)), .init(0.62, shade.opacity(0)), .init(1, shade.opacity(0.42))]))
    drawing.draw(vignette)
    drawing.tile(try Self.grain(scene.seed))
  }

  /// Keeps only what lies where a picture is not transparent; in an ellipse, where that picture covers
  /// everything.
  func cutOut(_ shape: Pixels) throws(ImagingError) {
    guard shape.isOpaque else {
      drawing.draw(try Drawing(shape), blend: .within)
      return
    }
    let mask = try Drawing(coarse: 1, width: 64, height: 64)
    mask.fill(.circle(Point(32, 32), radius: 30), .color(RGBColor(0)))
    drawing.draw(mask, blend: .within)
  }

  /// Light and dark specks, so faint that they only take the flatness away.
  private static func grain(_ seed: UInt64) throws(ImagingError) -> Drawing {
    let side = 192
    var chance = Chance(seed, "grain")
    var bytes = [UInt8](repeating: 0, count: side * side * 4)
    for place in stride(from: 0, to: bytes.count, by: 4) {
      let value = chance.between(-1, 1)
      let tone: UInt8 = value < 0 ? 0 : 255
      (bytes[place], bytes[place + 1], bytes[place + 2]) = (tone, tone, tone)
      bytes[place + 3] = UInt8(abs(value) * 13)
    }
    return try Drawing(Pixels(width: side, height: side, bytes: bytes))
  }

  /// The mark of the machine.
  func paintWatermark() {
    let size = max(unit * 0.024, 11)
    let end = Point(width - size, height - size * 0.9)
    drawing.text(
      "AI generated", endingAt: Point(end.x + size * 0.06, end.y + size * 0.06), size: size,
      RGBColor(0, alpha: 0.55))
    drawing.text("AI generated", endingAt: end, size: size, RGBColor(0xFFFFFF, alpha: 0.92))
  }
}
