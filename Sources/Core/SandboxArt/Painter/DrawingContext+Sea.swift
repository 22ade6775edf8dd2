import Imaging

extension DrawingContext {
  func paintSea() throws(ImagingError) {
    for layer in 0..<2 {
      let depth = 0.12 + Double(layer) * 0.2
      let noise = noise("island \(layer)")
      let rise = height * (0.1 - Double(layer) * 0.03)
      let points = profile { x in
        let side = noise.value(x / width * 2.4 + Double(layer) * 9, octaves: 1)
        let islands = min(max((side - 0.42) * 3, 0), 1)
        return horizon + unit * 0.004
          - rise * islands * noise.ridge(x / height * 3, octaves: 6, roughness: 0.45)
      }
      fillLand(points, depth, mist: rise * 1.3)
    }
    try paintMist(horizon, thickness: height * 0.035, "sea mist")
    try reflect(below: horizon)
    paintWaves(below: horizon)
  }

  /// Water that mirrors what stands above it, darker and stretched, losing itself with nearness.
  func reflect(below line: Double) throws(ImagingError) {
    let depth = height - line
    let copy = try softLayer(640)
    copy.draw(drawing)
    let water = Path.rectangle(Rectangle(x: 0, y: line, width: width, height: depth))
    drawing.draw(
      copy, in: Rectangle(x: 0, y: 2 * line - height, width: width, height: height),
      isFlipped: true, clip: water)
    let deep = palette.zenith.mixed(palette.near, 0.35)
    drawing.fill(
      water,
      .vertical(line, deep.opacity(0.22), height, deep.mixed(palette.near, 0.4).opacity(0.84)))
  }

  /// Short strokes of light that grow with nearness, thickest under the sun.
  func paintWaves(below line: Double) {
    var chance = chance("waves")
    let depth = height - line
    let count = Int(900 * max(width / height, 0.7))
    var bright = Path()
    var dark = Path()
    for _ in 0..<count {
      let t = chance.between(0, 1)
      let near = t * t
      let y = line + depth * near
      let isGlitter = chance.happens(0.4)
      let spread = unit * (0.03 + 0.3 * near)
      let x =
        isGlitter
        ? light.x + (chance.between(-1, 1) + chance.between(-1, 1)) * spread
        : chance.between(0, width)
      let long = unit * (0.006 + 0.07 * near) * chance.between(0.4, 1.3)
      let stroke = Path.ellipse(
        Point(x, y), long, unit * (0.0006 + 0.0032 * near) * chance.between(0.6, 1.2))
      if isGlitter || chance.happens(0.4) { bright.add(stroke) } else { dark.add(stroke) }
    }
    drawing.fill(dark, .color(palette.near.opacity(0.2)))
    drawing.fill(bright, .color(palette.light.opacity(palette.isDark ? 0.3 : 0.42)))
  }
}
