import Imaging

extension DrawingContext {
  func paintCity() throws(ImagingError) {
    for layer in 0..<4 {
      try paintBlocks(layer, depth: Double(layer) / 3)
      if layer < 3 {
        try paintMist(horizon - height * 0.02, thickness: height * 0.16, "street mist \(layer)")
      }
    }
    try reflect(below: horizon)
    paintWaves(below: horizon)
  }

  private func paintBlocks(_ layer: Int, depth: Double) throws(ImagingError) {
    var chance = chance("blocks \(layer)")
    let noise = noise("skyline \(layer)")
    let color = palette.land(0.1 + 0.85 * depth)
    var walls = Path()
    var windows = Path()
    var signs: [(Rectangle, RGBColor)] = []
    let isLit = palette.isDark || palette.near.luminance < 0.1
    var x = -unit * 0.1
    while x < width {
      let wide = unit * chance.between(0.035, 0.085) * (0.7 + 0.8 * depth)
      let rise = noise.value(x / unit * 1.6, octaves: 2)
      let tall = min(
        height * (0.14 + (0.95 - 0.6 * depth) * rise * rise * chance.between(0.6, 1.5)),
        horizon * 0.86)
      let block = Rectangle(x: x, y: horizon - tall, width: wide, height: tall + 2)
      walls.add(.rectangle(block))
      addRoof(block, &walls, &chance)
      addWindows(block, chance.between(0.1, isLit ? 0.55 : 0.2), &windows, &chance)
      if scene.mood == .neon, layer > 0, chance.happens(0.4) {
        let color = chance.pick([
          palette.accent, RGBColor(0xFF3EA5), RGBColor(0xFFE14A), RGBColor(0x9B5CFF),
          palette.accent,
        ])
        let drop = tall * chance.between(0.1, 0.4)
        signs.append(
          (
            Rectangle(
              x: x + wide * chance.between(0.1, 0.7), y: horizon - tall + drop,
              width: unit * chance.between(0.008, 0.018), height: tall * chance.between(0.15, 0.4)),
            color
          ))
      }
      x += wide * chance.between(0.85, 1.25)
    }
    drawing.fill(
      walls,
      .vertical(
        horizon * 0.3, color, horizon, color.mixed(palette.horizon, 0.35 * (1 - depth) + 0.06)))
    let lamp = palette.isDark ? palette.light.mixed(palette.accent, 0.35) : palette.light
    drawing.fill(windows, .color(lamp.opacity(isLit ? 0.3 + 0.55 * depth : 0.32)))
    for (area, color) in signs {
      let center = Point(area.x + area.width / 2, area.y + area.height / 2)
      try glow(center, area.height * 1.1, color.opacity(0.5), .add)
      drawing.fill(.rectangle(area), .color(color.mixed(RGBColor(0xFFFFFF), 0.35)))
    }
  }

  private func addRoof(_ block: Rectangle, _ walls: inout Path, _ chance: inout Chance) {
    let middle = block.x + block.width / 2
    if chance.happens(0.22) {
      walls.add(
        .rectangle(
          Rectangle(
            x: middle - block.width * 0.28, y: block.y - block.width * 0.3,
            width: block.width * 0.56, height: block.width * 0.32)))
    }
    if chance.happens(0.18) {
      let mast = block.width * chance.between(0.5, 1.3)
      walls.add(
        .rectangle(
          Rectangle(
            x: middle - unit * 0.0012, y: block.y - mast, width: unit * 0.0024, height: mast)))
    }
  }

  private func addWindows(
    _ block: Rectangle, _ share: Double, _ windows: inout Path, _ chance: inout Chance
  ) {
    let step = unit * 0.0095
    var y = block.y + step
    while y < block.y + block.height - step * 2 {
      var x = block.x + step * 0.8
      while x < block.x + block.width - step {
        if chance.happens(share) {
          windows.add(
            .rectangle(Rectangle(x: x, y: y, width: step * 0.42, height: step * 0.6)))
        }
        x += step
      }
      y += step * 1.25
    }
  }
}
