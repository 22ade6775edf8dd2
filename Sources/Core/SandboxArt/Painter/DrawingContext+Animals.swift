import Imaging

extension DrawingContext {
  enum Animal { case cat, dog }

  /// A cat or a dog that sits and looks into the picture.
  func paintAnimal(_ animal: Animal, _ chance: inout Chance) {
    let tall = unit * (animal == .cat ? 0.27 : 0.31)
    let hasBoth = scene.motifs.contains(.cat) && scene.motifs.contains(.dog)
    let x = opposite(&chance) + (hasBoth ? (animal == .cat ? 0.17 : -0.12) * unit : 0)
    let foot = Point(min(max(x, tall), width - tall), ground + unit * 0.03)
    let coat = color(of: animal == .cat ? .cat : .dog, else: palette.near)
    let place = Placement(foot, scale: tall, isMirrored: foot.x > light.x)
    drawing.fill(
      .ellipse(Point(0.03, -0.01), 0.5, 0.045), .color(palette.near.opacity(0.4)), at: place)
    switch animal {
    case .cat: paintCat(place, coat)
    case .dog: paintDog(place, coat)
    }
  }

  /// Seen from behind.
  private func paintCat(_ place: Placement, _ coat: RGBColor) {
    drawing.stroke(
      .smooth(
        [
          Point(0.12, -0.05), Point(0.34, -0.04), Point(0.5, -0.12), Point(0.52, -0.26),
          Point(0.44, -0.34),
        ], closed: false), .color(coat), width: 0.07, at: place)
    let body = Path.smooth(
      [
        Point(-0.24, 0), Point(-0.3, -0.16), Point(-0.23, -0.38), Point(-0.15, -0.55),
        Point(0, -0.6), Point(0.15, -0.55), Point(0.23, -0.38), Point(0.3, -0.16), Point(0.24, 0),
        Point(0, 0.012),
      ], closed: true)
    drawing.fill(body, .color(coat), at: place)
    let head = Path.smooth(
      [
        Point(-0.17, -0.68), Point(-0.155, -0.8), Point(-0.17, -0.97), Point(-0.07, -0.865),
        Point(0.07, -0.865), Point(0.17, -0.97), Point(0.155, -0.8), Point(0.17, -0.68),
        Point(0.09, -0.57), Point(-0.09, -0.57),
      ], closed: true)
    drawing.fill(head, .color(coat), at: place)
    drawing.stroke(
      .smooth([Point(0.22, -0.4), Point(0.285, -0.18), Point(0.235, -0.02)], closed: false),
      .color(palette.light.opacity(0.35)), width: 0.012, at: place)
    drawing.stroke(
      .smooth([Point(0.155, -0.8), Point(0.165, -0.69), Point(0.1, -0.59)], closed: false),
      .color(palette.light.opacity(0.35)), width: 0.012, at: place)
  }

  /// Seen from the side, looking right.
  private func paintDog(_ place: Placement, _ coat: RGBColor) {
    drawing.stroke(
      .smooth([Point(-0.22, -0.06), Point(-0.42, -0.08), Point(-0.5, -0.2)], closed: false),
      .color(coat), width: 0.055, at: place)
    let body = Path.smooth(
      [
        Point(-0.3, 0), Point(-0.33, -0.14), Point(-0.26, -0.32), Point(-0.12, -0.5),
        Point(-0.04, -0.68), Point(-0.06, -0.84), Point(0.02, -0.93), Point(0.13, -0.92),
        Point(0.2, -0.84), Point(0.34, -0.8), Point(0.355, -0.735), Point(0.22, -0.7),
        Point(0.15, -0.62), Point(0.14, -0.44), Point(0.15, -0.24), Point(0.15, -0.06),
        Point(0.22, -0.01), Point(0.06, 0), Point(0.04, -0.18), Point(-0.02, -0.1), Point(0, 0),
      ], closed: true)
    drawing.fill(body, .color(coat), at: place)
    let ear = Path.smooth(
      [
        Point(0.01, -0.92), Point(-0.08, -0.88), Point(-0.11, -0.72), Point(-0.04, -0.68),
        Point(0.03, -0.8),
      ], closed: true)
    drawing.fill(ear, .color(coat.mixed(palette.near, 0.45).mixed(palette.far, 0.12)), at: place)
    drawing.fill(.circle(Point(0.35, -0.775), radius: 0.026), .color(palette.near), at: place)
    drawing.stroke(
      .smooth([Point(0.14, -0.6), Point(0.15, -0.4), Point(0.152, -0.1)], closed: false),
      .color(palette.light.opacity(0.35)), width: 0.012, at: place)
    drawing.stroke(
      .line([Point(-0.05, -0.665), Point(0.135, -0.6)]), .color(palette.accent), width: 0.035,
      at: place)
  }
}
