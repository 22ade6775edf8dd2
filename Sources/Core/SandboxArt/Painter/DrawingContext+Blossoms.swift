import Imaging

extension DrawingContext {
  /// A field of flowers in front.
  func paintFlowers(_ chance: inout Chance) {
    let color = color(of: .flowers, else: palette.accent)
    let count = Int(170 * max(width / height, 0.7))
    let flowers = (0..<count).map { _ in (chance.between(0, 1), chance.between(-0.03, 1.03)) }
    for (near, across) in flowers.sorted(by: { $0.0 < $1.0 }) {
      let foot = Point(width * across, height * (0.84 + 0.2 * near))
      let size = unit * (0.006 + 0.024 * near * near)
      let head = Point(
        foot.x + chance.between(-1, 1) * size, foot.y - size * chance.between(2.6, 4.6))
      drawing.stroke(
        .line([foot, head]), .color(palette.land(0.75).opacity(0.9)), width: size * 0.11)
      var tone = color.oklch
      tone.turns += chance.between(-0.03, 0.03)
      tone.lightness = min(tone.lightness + chance.between(-0.08, 0.12), 0.96)
      paintBlossom(
        head, size, RGBColor(tone).mixed(palette.horizon, 0.25 * (1 - near)), &chance)
    }
  }

  /// Five petals around a heart.
  private func paintBlossom(
    _ center: Point, _ size: Double, _ color: RGBColor, _ chance: inout Chance
  ) {
    let start = chance.between(0, 1)
    let flat = chance.between(0.7, 1)
    var petals = Path()
    for petal in 0..<5 {
      let at = Point(0, 0).moved(turns: start + Double(petal) / 5, distance: size * 0.52)
      petals.add(
        .ellipse(Point(center.x + at.x, center.y + at.y * flat), size * 0.46, size * 0.44 * flat))
    }
    drawing.fill(petals, .color(color))
    drawing.fill(
      .ellipse(center, size * 0.46, size * 0.44 * flat),
      .color(color.mixed(palette.near, 0.22)))
    drawing.fill(
      .circle(center, radius: size * 0.2), .color(palette.light.mixed(RGBColor(0xF3B73B), 0.5)))
  }

  /// A bough that reaches in from the upper corner away from the light.
  func paintBranch(_ chance: inout Chance) {
    let fromLeft = light.x > width / 2
    let color = color(of: .branch, else: RGBColor(0xF6A9C0)).mixed(palette.light, 0.12)
    let side = fromLeft ? 1.0 : -1.0
    let start = Point(fromLeft ? -unit * 0.05 : width + unit * 0.05, height * 0.04)
    var blossoms: [(Point, Double)] = []
    bough(
      start, turns: fromLeft ? 0.075 : 0.425, length: unit * 0.2, width: unit * 0.022, 5, side,
      &blossoms, &chance)
    for (at, size) in blossoms {
      var tone = color.oklch
      tone.lightness = min(tone.lightness + chance.between(-0.1, 0.06), 0.97)
      paintBlossom(at, size, RGBColor(tone), &chance)
    }
    for _ in 0..<46 {
      let at = Point(chance.between(0, width), height * chance.between(0.1, 0.95))
      drawing.fill(
        .ellipse(Point(0, 0), 1, 0.55), .color(color.opacity(chance.between(0.5, 0.95))),
        at: Placement(at, scale: unit * chance.between(0.004, 0.008), turns: chance.between(0, 1)))
    }
  }

  private func bough(
    _ from: Point, turns: Double, length: Double, width thick: Double, _ forks: Int, _ side: Double,
    _ blossoms: inout [(Point, Double)], _ chance: inout Chance
  ) {
    let bend = chance.between(-0.04, 0.05) * side
    let middle = from.moved(turns: turns, distance: length * 0.5)
    let to = middle.moved(turns: turns + bend, distance: length * 0.55)
    drawing.stroke(
      .smooth([from, middle, to], closed: false),
      .color(palette.near.mixed(RGBColor(0x3A2420), 0.5)),
      width: thick)
    let count = forks == 5 ? 2 : 9
    for _ in 0..<count {
      let at = (chance.happens(0.5) ? middle : to).moved(
        turns: chance.between(0, 1), distance: unit * chance.between(0.004, 0.05))
      blossoms.append((at, unit * chance.between(0.011, 0.022)))
    }
    guard forks > 0 else { return }
    bough(
      to, turns: turns + bend + chance.between(-0.03, 0.03), length: length * 0.86,
      width: thick * 0.7, forks - 1, side, &blossoms, &chance)
    if forks < 5 {
      bough(
        middle, turns: turns + chance.pick([-1, 1]) * chance.between(0.06, 0.12),
        length: length * 0.62, width: thick * 0.5, forks - 2, side, &blossoms, &chance)
    }
  }
}
