import Imaging

extension DrawingContext {
  /// The ground under the sky, from the horizon to what stands nearest.
  func paintLand() throws(ImagingError) {
    switch scene.ground {
    case .mountains: try paintMountains()
    case .forest: try paintForest()
    case .hills: try paintHills()
    case .desert: try paintDunes()
    case .sea: try paintSea()
    case .city: try paintCity()
    case .space, .studio, .poster, .ribbons: break
    }
  }

  private func paintMountains() throws(ImagingError) {
    let layers = 6
    for layer in 0..<layers {
      let depth = Double(layer) / Double(layers - 1)
      let base = horizon * 0.8 + (height - horizon * 0.8) * depth * 0.86
      let rise = (height * 0.24) * (1 - depth * 0.42)
      let noise = noise("ridge \(layer)")
      let scale = (1.1 + 0.9 * (1 - depth)) / height
      let points = profile { x in
        base - rise * (noise.ridge(x * scale, octaves: 7, roughness: 0.46) * 1.7 - 0.72)
      }
      fillLand(points, depth, mist: rise * 1.5)
      if layer >= layers - 2 {
        paintConifers(along: points, depth: depth, size: 0.032 + 0.05 * (depth - 0.7))
      }
      if layer < layers - 1 {
        try paintMist(base + rise * 0.1, thickness: rise * 0.9, "mist \(layer)")
      }
    }
  }

  private func paintForest() throws(ImagingError) {
    let layers = 6
    for layer in 0..<layers {
      let depth = Double(layer) / Double(layers - 1)
      let base = horizon * 0.78 + (height - horizon * 0.74) * depth * 0.85
      let noise = noise("slope \(layer)")
      let points = profile { x in
        base - height * 0.14 * (noise.value(x / height * 1.3, octaves: 3) - 0.5)
      }
      fillLand(points, depth, mist: height * 0.3)
      paintConifers(along: points, depth: depth, size: 0.07 + 0.26 * depth * depth, density: 0.9)
      if layer < layers - 1 {
        try paintMist(base + height * 0.02, thickness: height * 0.16, "mist \(layer)")
      }
    }
  }

  private func paintHills() throws(ImagingError) {
    let layers = 5
    for layer in 0..<layers {
      let depth = Double(layer) / Double(layers - 1)
      let base = horizon * 0.94 + (height - horizon * 0.9) * depth * 0.78
      let rise = height * (0.12 + 0.05 * depth)
      let noise = noise("hill \(layer)")
      let points = profile { x in
        base - rise
          * (noise.value(x / height * (1.6 - 0.7 * depth), octaves: 2, roughness: 0.3) - 0.45)
      }
      fillLand(points, depth * 0.8, mist: rise * 2.4)
      if layer == 1 || layer == 2 {
        paintConifers(along: points, depth: depth, size: 0.02 + depth * 0.03, density: 0.25)
      }
      if layer < 2 { try paintMist(base + rise * 0.3, thickness: rise, "mist \(layer)") }
      if layer == layers - 1 { paintGrass(along: points) }
    }
  }

  private func paintDunes() throws(ImagingError) {
    let layers = 5
    for layer in 0..<layers {
      let depth = Double(layer) / Double(layers - 1)
      let base = horizon + (height - horizon) * depth * 0.72
      let rise = height * (0.07 + 0.16 * depth)
      let noise = noise("dune \(layer)")
      let scale = (2.0 - 1.3 * depth) / height
      let points = profile { x in
        base - rise * (noise.ridge(x * scale, octaves: 2, roughness: 0.22) - 0.55)
      }
      fillLand(points, depth * 0.72, mist: rise * 2.6)
      // The side away from the light: the crest again, slid along and lower.
      let slide = unit * (0.02 + 0.1 * depth) * (light.x < width / 2 ? 1 : -1)
      var shade = points.map { Point($0.x + slide * 2.2, $0.y + rise * 0.95) }
      shade.append(
        contentsOf: points.reversed().map { Point($0.x + slide * 0.2, $0.y + unit * 0.002) })
      drawing.fill(
        .smooth(shade, closed: true),
        .color(palette.near.mixed(palette.far, 0.25).opacity(0.1 + 0.14 * depth)))
    }
  }

  /// Points of a line across the whole width, and a little beyond.
  func profile(_ value: (Double) -> Double) -> [Point] {
    let step = max(width, height) / 420
    return stride(from: -2 * step, through: width + 2 * step, by: step).map { Point($0, value($0)) }
  }

  /// Fills the land below a line; its foot fades into the air.
  func fillLand(_ points: [Point], _ depth: Double, mist: Double) {
    let top = points.map(\.y).min() ?? 0
    let color = palette.land(depth * depth * 0.45 + depth * 0.55)
    let foot = color.mixed(
      palette.horizon, 0.5 * (1 - depth) + (scene.weather == .fog ? 0.16 : 0.05))
    let lit = color.mixed(palette.light, 0.07 * (1 - depth))
    let outline = points + [Point(width * 1.1, height * 1.1), Point(-width * 0.1, height * 1.1)]
    drawing.fill(.polygon(outline), .vertical(top, lit, top + mist, foot))
  }

  /// A bank of mist that drifts along a line.
  func paintMist(_ line: Double, thickness: Double, _ purpose: String) throws(ImagingError) {
    let noise = noise(purpose)
    let (columns, rows) = (96, 20)
    let amount = scene.weather == .fog ? 1.0 : scene.weather == .clear ? 0.42 : 0.66
    let color = palette.horizon.mixed(palette.light, 0.15)
    var bytes = [UInt8](repeating: 0, count: columns * rows * 4)
    for row in 0..<rows {
      let across = Double(row) / Double(rows - 1) * 2 - 1
      let profile = (1 - across * across) * (1 - across * across)
      for column in 0..<columns {
        let x = Double(column) / Double(columns) * width / height
        let value = noise.value(x * 3, Double(row) * 0.12, octaves: 3)
        let place = (row * columns + column) * 4
        bytes[place] = UInt8(color.red * 255)
        bytes[place + 1] = UInt8(color.green * 255)
        bytes[place + 2] = UInt8(color.blue * 255)
        bytes[place + 3] = UInt8(min(profile * min(max(value * 2 - 0.35, 0), 1) * amount, 1) * 235)
      }
    }
    let bank = try Drawing(Pixels(width: columns, height: rows, bytes: bytes))
    drawing.draw(
      bank, in: Rectangle(x: 0, y: line - thickness, width: width, height: thickness * 2))
  }
}
