import Imaging

extension DrawingContext {
  /// The references as a breath of colour over everything behind the motifs.
  func paintBackdrop(_ references: [Pixels]) throws(ImagingError) {
    guard !references.isEmpty else { return }
    let part = 3
    let strip = try Drawing(width: part * references.count, height: part)
    for (index, reference) in references.enumerated() {
      strip.draw(
        try Drawing(reference).resized(width: part, height: part),
        in: Rectangle(
          x: Double(part * index), y: 0, width: Double(part), height: Double(part)))
    }
    drawing.draw(strip, opacity: 0.34)
  }

  /// The references as prints in a row along the lower left, a little askew, like on a desk.
  func paintPrints(_ references: [Pixels]) throws(ImagingError) {
    guard !references.isEmpty else { return }
    var chance = chance("prints")
    let count = Double(references.count)
    let cell = min(unit * (references.count == 1 ? 0.36 : 0.28), width * 0.86 / count)
    for (index, reference) in references.enumerated() {
      let center = Point(
        unit * 0.05 + cell * (Double(index) + 0.5), height - unit * 0.05 - cell * 0.5)
      let shape = Double(reference.width) / Double(reference.height)
      let long = cell * 0.82
      let size = shape > 1 ? (long, long / shape) : (long * shape, long)
      try paintPrint(
        reference, Placement(center, turns: chance.between(-0.014, 0.014)), size.0, size.1)
    }
  }

  private func paintPrint(
    _ picture: Pixels, _ place: Placement, _ across: Double, _ down: Double
  ) throws(ImagingError) {
    let rim = max(across, down) * 0.05
    func card(_ grow: Double, _ x: Double, _ y: Double) -> Path {
      .rectangle(
        Rectangle(
          x: -across / 2 - grow + x, y: -down / 2 - grow + y, width: across + grow * 2,
          height: down + grow * 2))
    }
    for step in 1...4 {
      let grow = rim * (1 + Double(step) * 0.16)
      drawing.fill(card(grow, rim * 0.2, rim * 0.4), .color(RGBColor(0, alpha: 0.09)), at: place)
    }
    drawing.fill(card(rim, 0, 0), .color(RGBColor(0xFBF8F1)), at: place)
    drawing.draw(
      try Drawing(picture),
      in: Rectangle(x: -across / 2, y: -down / 2, width: across, height: down), at: place)
  }
}
