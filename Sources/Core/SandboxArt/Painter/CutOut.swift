import Imaging

/// The subject of a prompt alone on a transparent ground, as large as the drawing lets it be.
struct CutOut {
  private let order: SandboxPainter.Order
  private let scene: SandboxScene

  /// The share of the drawing that the subject takes.
  private static let share = 0.84
  /// The longest side of what is drawn on the way, in pixels.
  private static let longest = 4096.0

  init(_ order: SandboxPainter.Order, _ scene: SandboxScene) {
    self.order = order
    self.scene = scene
  }

  func pixels() throws(ImagingError) -> Pixels {
    let subject: Pixels
    if let found = try self.subject() { subject = found } else { subject = try badge() }
    let context = try DrawingContext(scene, width: order.width, height: order.height, isEmpty: true)
    let room = Rectangle(
      x: 0, y: 0, width: Double(order.width) * Self.share,
      height: Double(order.height) * Self.share)
    let factor = min(
      room.width / Double(subject.width), room.height / Double(subject.height), 1)
    let size = (Double(subject.width) * factor, Double(subject.height) * factor)
    context.drawing.draw(
      try Drawing(subject),
      in: Rectangle(
        x: ((Double(order.width) - size.0) / 2).rounded(),
        y: ((Double(order.height) - size.1) / 2).rounded(), width: size.0, height: size.1))
    if order.watermark { context.paintWatermark() }
    return try context.drawing.pixels()
  }

  /// The things of the prompt and nothing around them; nil where it names none that stands alone.
  private func subject() throws(ImagingError) -> Pixels? {
    let first = try motifs(1)
    guard let box = PixelBox(first) else { return nil }
    // Drawn once more at the size it is shown in: lines stay sharp.
    let grown = min(
      Double(order.width) * Self.share / Double(box.width),
      Double(order.height) * Self.share / Double(box.height),
      Self.longest / Double(max(order.width, order.height)))
    guard grown > 1.05 else { return first.cropped(to: box) }
    let large = try motifs(grown)
    return PixelBox(large).map { large.cropped(to: $0) }
  }

  private func motifs(_ scale: Double) throws(ImagingError) -> Pixels {
    let context = try DrawingContext(
      scene, width: max(Int((Double(order.width) * scale).rounded()), 1),
      height: max(Int((Double(order.height) * scale).rounded()), 1), isEmpty: true)
    for step in PaintStep.motifs(scene) where step.name != "Bank" { try step.paint(context) }
    return try context.drawing.pixels()
  }

  /// The whole scene in a round frame, like a sticker.
  private func badge() throws(ImagingError) -> Pixels {
    let side = max(Int(Double(min(order.width, order.height)) * Self.share), 1)
    var whole = order
    (whole.width, whole.height, whole.isCutOut, whole.watermark) = (side, side, false, false)
    let picture = try Drawing(try SandboxPainter.draw(whole))
    let mask = try Drawing(width: side, height: side)
    let middle = Point(Double(side) / 2, Double(side) / 2)
    mask.fill(.circle(middle, radius: Double(side) / 2 - 1), .color(RGBColor(0)))
    picture.draw(mask, blend: .within)
    return try picture.pixels()
  }
}
