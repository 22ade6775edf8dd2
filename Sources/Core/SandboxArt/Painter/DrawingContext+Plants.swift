import Imaging

extension DrawingContext {
  /// A row of firs on a slope.
  ///
  /// - Parameters:
  ///   - size: Height of the trees against the shorter side.
  ///   - density: One is shoulder to shoulder.
  func paintConifers(
    along points: [Point], depth: Double, size: Double, density: Double = 0.55
  ) {
    var chance = chance("conifers \(depth)")
    let noise = noise("groves \(depth)")
    let tall = unit * max(size, 0.012)
    var trees = Path()
    var x = -tall
    while x < width + tall {
      let index = min(max(Int((x / width) * Double(points.count)), 0), points.count - 1)
      if noise.value(x / unit * 3, octaves: 2) < density + 0.1 {
        let height = tall * chance.between(0.55, 1.15)
        trees.add(Self.conifer(Point(x, points[index].y + tall * 0.06), height, &chance))
      }
      x += tall * chance.between(0.16, 0.42) / max(density, 0.2)
    }
    let color = palette.land(depth * depth * 0.45 + depth * 0.55)
    drawing.fill(trees, .color(color.mixed(palette.near, 0.25)))
  }

  private static func conifer(_ foot: Point, _ height: Double, _ chance: inout Chance) -> Path {
    let half = height * chance.between(0.15, 0.21)
    let tiers = height > 60 ? 9 : 5
    var left: [Point] = []
    var right: [Point] = []
    for tier in 0..<tiers {
      let t = Double(tier + 1) / Double(tiers)
      let y = foot.y - height * (1 - t * 0.94)
      let reach = half * t * chance.between(0.8, 1.12)
      left.append(Point(foot.x - reach, y))
      left.append(Point(foot.x - reach * 0.5, y - height * 0.012))
      right.append(Point(foot.x + reach * chance.between(0.85, 1.1), y))
      right.append(Point(foot.x + reach * 0.5, y - height * 0.012))
    }
    return .polygon(
      [Point(foot.x, foot.y - height)] + right + [Point(foot.x, foot.y)] + left.reversed())
  }

  /// Blades along the nearest edge.
  func paintGrass(along points: [Point]) {
    var chance = chance("grass")
    var blades = Path()
    for point in points {
      for _ in 0..<3 {
        let foot = Point(
          point.x + chance.between(-0.004, 0.004) * unit,
          point.y + chance.between(0.002, 0.1) * unit)
        let tip = Point(
          foot.x + chance.between(-0.014, 0.014) * unit,
          foot.y - chance.between(0.014, 0.034) * unit)
        blades.move(to: Point(foot.x - unit * 0.0011, foot.y))
        blades.curve(to: tip, Point(foot.x, (foot.y + tip.y) / 2), tip)
        blades.curve(
          to: Point(foot.x + unit * 0.0011, foot.y), tip,
          Point(foot.x + unit * 0.002, (foot.y + tip.y) / 2))
        blades.close()
      }
    }
    drawing.fill(blades, .color(palette.land(0.8).mixed(palette.light, 0.1).opacity(0.6)))
  }

  /// A broad tree: branches that fork, and foliage in clouds of leaves.
  func paintTree(_ foot: Point, _ height: Double, leaves: RGBColor, _ chance: inout Chance) {
    var tips: [Point] = []
    let bark = palette.near
    grow(foot, turns: -0.25, length: height * 0.36, width: height * 0.05, 6, bark, &tips, &chance)
    for (shade, spread, count) in [(0.45, 0.075, 5), (0.15, 0.06, 5), (0.0, 0.045, 4)] {
      var foliage = Path()
      for tip in tips {
        for _ in 0..<count {
          let leaf = tip.moved(
            turns: chance.between(0, 1), distance: height * chance.between(0, spread))
          foliage.add(
            .circle(
              Point(leaf.x, leaf.y + height * shade * 0.03),
              radius: height * chance.between(0.008, 0.02)))
        }
      }
      let lit = shade == 0 ? leaves.mixed(palette.light, 0.22) : leaves.mixed(palette.near, shade)
      drawing.fill(foliage, .color(lit.opacity(0.85)))
    }
  }

  private func grow(
    _ from: Point, turns: Double, length: Double, width: Double, _ forks: Int, _ bark: RGBColor,
    _ tips: inout [Point], _ chance: inout Chance
  ) {
    let to = from.moved(turns: turns, distance: length)
    drawing.stroke(.line([from, to]), .color(bark), width: width)
    if forks < 4 { tips.append(to) }
    guard forks > 0 else { return }
    let bend = chance.between(0.045, 0.085)
    for side in [-1.0, 1.0] {
      grow(
        to, turns: turns + side * bend + chance.between(-0.02, 0.02),
        length: length * chance.between(0.66, 0.82), width: width * 0.66, forks - 1, bark, &tips,
        &chance)
    }
  }
}
