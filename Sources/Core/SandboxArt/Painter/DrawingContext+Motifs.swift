import Imaging

extension DrawingContext {
  /// The things of the prompt, from the far ones to the near ones.
  static let motifs: [Motif] = [
    .birds, .balloon, .train, .lighthouse, .pagoda, .house, .boat, .tree, .flowers, .person, .dog,
    .cat,
    .branch, .lantern,
  ]

  func paint(_ motif: Motif) throws(ImagingError) {
    var chance = chance("\(motif)")
    switch motif {
    case .birds: paintBirds(&chance)
    case .balloon: try paintBalloons(&chance)
    case .train: try paintTrain(&chance)
    case .lighthouse: try paintLighthouse(&chance)
    case .pagoda: try paintPagoda(&chance)
    case .house: try paintHouses(&chance)
    case .boat: paintBoats(&chance)
    case .tree: paintTrees(&chance)
    case .flowers: paintFlowers(&chance)
    case .person: paintPeople(&chance)
    case .dog: paintAnimal(.dog, &chance)
    case .cat: paintAnimal(.cat, &chance)
    case .branch: paintBranch(&chance)
    case .lantern: try paintLanterns(&chance)
    case .moon, .sun, .blackHole, .planet: break
    }
  }

  /// The colour the prompt gives a motif, or another.
  func color(of motif: Motif, else other: RGBColor) -> RGBColor { scene.colors[motif] ?? other }

  /// Across from the light, where a thing balances it.
  func opposite(_ chance: inout Chance) -> Double {
    width * (light.x > width / 2 ? chance.between(0.26, 0.36) : chance.between(0.64, 0.74))
  }

  /// Where something stands in the foreground.
  var ground: Double {
    switch scene.ground {
    case .sea, .city: height * 0.95
    case .space, .studio, .poster, .ribbons: height * 0.95
    case .mountains, .forest, .hills, .desert: height * 0.9
    }
  }

  private func paintBirds(_ chance: inout Chance) {
    let count = scene.crowds.contains(.birds) ? 23 : chance.whole(5...9)
    let lead = Point(
      width * chance.between(0.3, 0.6), min(horizon, height * 0.7) * chance.between(0.25, 0.5))
    let color = color(of: .birds, else: palette.near.mixed(palette.sky, 0.2))
    for bird in 0..<count {
      let wing = unit * chance.between(0.011, 0.022)
      let row = Double((bird + 1) / 2) * (bird % 2 == 0 ? 1 : -1)
      let at = Point(
        lead.x + row * unit * 0.035 + chance.between(-0.012, 0.012) * unit,
        lead.y + abs(row) * unit * 0.018 + chance.between(-0.015, 0.015) * unit)
      let lift = chance.between(0.25, 0.6)
      var path = Path()
      path.move(to: Point(-wing, -wing * lift))
      path.curve(
        to: Point(0, 0), Point(-wing * 0.6, -wing * lift * 1.3), Point(-wing * 0.2, -wing * 0.2))
      path.curve(
        to: Point(wing, -wing * lift), Point(wing * 0.2, -wing * 0.2),
        Point(wing * 0.6, -wing * lift * 1.3))
      drawing.stroke(
        path, .color(color), width: wing * 0.13,
        at: Placement(at, turns: chance.between(-0.03, 0.03)))
    }
  }

  private func paintBoats(_ chance: inout Chance) {
    let count = scene.crowds.contains(.boat) ? 6 : 1
    for boat in 0..<count {
      let depth = boat == 0 ? 0.42 : chance.between(0.1, 0.6)
      let line = scene.ground == .sea ? horizon : height * 0.8
      let at = Point(
        boat == 0 ? opposite(&chance) : chance.between(0.1, 0.9) * width,
        line + (height - line) * depth)
      let long = unit * (0.05 + 0.22 * depth)
      let hull = Path.smooth(
        [
          Point(-long, -long * 0.2), Point(-long * 0.72, long * 0.05), Point(0, long * 0.11),
          Point(long * 0.72, long * 0.05), Point(long * 1.08, -long * 0.26),
          Point(long * 0.6, -long * 0.12),
          Point(0, -long * 0.08), Point(-long * 0.6, -long * 0.1),
        ], closed: true)
      var sail = Path()
      sail.move(to: Point(0, -long * 1.75))
      sail.curve(
        to: Point(long * 0.72, -long * 0.26), Point(long * 0.42, -long * 1.3),
        Point(long * 0.66, -long * 0.7))
      sail.line(to: Point(0, -long * 0.2))
      sail.close()
      var jib = Path()
      jib.move(to: Point(-long * 0.06, -long * 1.55))
      jib.line(to: Point(-long * 0.06, -long * 0.2))
      jib.line(to: Point(-long * 0.64, -long * 0.24))
      jib.close()
      let cloth = color(of: .boat, else: palette.accent.mixed(palette.light, 0.45))
      drawing.fill(
        .ellipse(Point(0, long * 0.13), long * 1.1, long * 0.07),
        .color(palette.near.opacity(0.45)),
        at: Placement(at))
      drawing.fill(sail, .color(cloth), at: Placement(at))
      drawing.fill(jib, .color(cloth.mixed(palette.near, 0.22)), at: Placement(at))
      drawing.stroke(
        .line([Point(-long * 0.02, -long * 1.82), Point(-long * 0.02, 0)]),
        .color(palette.near), width: long * 0.035, at: Placement(at))
      drawing.fill(hull, .color(palette.near), at: Placement(at))
      for ripple in 1...7 {
        let y = long * (0.12 + Double(ripple) * 0.13)
        drawing.fill(
          .ellipse(Point(long * 0.2, y), long * (0.7 - Double(ripple) * 0.06), long * 0.016),
          .color(cloth.opacity(0.3)), at: Placement(at))
      }
    }
  }

  private func paintTrees(_ chance: inout Chance) {
    let count = scene.crowds.contains(.tree) ? 3 : 1
    for tree in 0..<count {
      let tall = unit * (tree == 0 ? 0.5 : chance.between(0.2, 0.32))
      let at = Point(
        tree == 0 ? besideHouse(opposite(&chance)) : width * chance.between(0.08, 0.92),
        tree == 0 ? ground : ground - unit * chance.between(0.03, 0.08))
      let season: RGBColor =
        switch scene.mood {
        case .spring: RGBColor(0xF2A0B8)
        case .autumn: RGBColor(0xDD6B24)
        case .winter: RGBColor(0xE4E9EE)
        default: palette.land(0.62).mixed(palette.accent, 0.25)
        }
      paintTree(at, tall, leaves: color(of: .tree, else: season), &chance)
    }
  }

  /// A tree leaves the place across from the light to a house.
  private func besideHouse(_ place: Double) -> Double {
    scene.motifs.contains(.house) ? width - place : place
  }

  /// Something to stand on where the ground is water.
  func paintBank() {
    let edge = height * 0.93
    let isQuay = scene.ground == .city
    let noise = noise("bank")
    let points = profile { x in
      isQuay ? edge : edge + unit * 0.05 - unit * 0.09 * noise.value(x / unit * 1.4, octaves: 3)
    }
    let outline = points + [Point(width * 1.1, height * 1.1), Point(-width * 0.1, height * 1.1)]
    drawing.fill(
      .polygon(outline), .vertical(edge, palette.land(0.85), height, palette.near))
    if !isQuay { paintGrass(along: points) }
  }

  private func paintPeople(_ chance: inout Chance) {
    let count = scene.crowds.contains(.person) ? 4 : 1
    let middle = opposite(&chance)
    for person in 0..<count {
      let tall = unit * (0.15 - Double(person) * 0.012)
      let at = Point(
        middle + Double(person) * unit * 0.07, ground + unit * 0.02 - Double(person) * unit * 0.01)
      paintPerson(
        at, tall, color(of: .person, else: palette.near), umbrella: scene.weather == .rain)
    }
  }

  private func paintPerson(_ foot: Point, _ tall: Double, _ coat: RGBColor, umbrella: Bool) {
    let place = Placement(foot, scale: tall)
    let body = Path.smooth(
      [
        Point(-0.075, -0.8), Point(0.075, -0.8), Point(0.13, -0.68), Point(0.14, -0.45),
        Point(0.19, -0.2), Point(0, -0.17), Point(-0.19, -0.2), Point(-0.14, -0.45),
        Point(-0.13, -0.68),
      ], closed: true)
    for leg in [-0.055, 0.055] {
      drawing.stroke(
        .line([Point(leg, -0.24), Point(leg * 1.25, -0.01)]), .color(palette.near), width: 0.065,
        at: place)
    }
    drawing.fill(body, .color(coat), at: place)
    drawing.fill(.ellipse(Point(0, -0.905), 0.07, 0.085), .color(palette.near), at: place)
    guard umbrella else { return }
    var roof = Path()
    roof.move(to: Point(-0.45, -0.98))
    roof.curve(to: Point(0.45, -0.98), Point(-0.36, -1.42), Point(0.36, -1.42))
    roof.curve(to: Point(-0.45, -0.98), Point(0.15, -1.06), Point(-0.15, -1.06))
    roof.close()
    drawing.stroke(
      .line([Point(0.1, -0.55), Point(0.02, -1.2)]), .color(palette.near), width: 0.018, at: place)
    drawing.fill(roof, .color(palette.accent), at: place)
  }
}
