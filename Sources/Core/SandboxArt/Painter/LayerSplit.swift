package import Imaging

/// The layers a picture of the sandbox was drawn of.
///
/// Laid over each other in their order they are the picture again, within the rounding of eight bits. A
/// layer has the transparency it was drawn with, where that is all there is to it; where a step of the
/// drawing depends on what lies below, as light does, its pixels are those of the result.
package enum LayerSplit {
  /// One layer, cropped to what can be seen of it.
  package struct Layer: Equatable, Sendable {
    package var pixels: Pixels
    /// Its first column and row on the base.
    package var left: Int
    package var top: Int
    package var name: String
    package var description: String
  }

  /// How far two values of a colour may differ and still be the same.
  private static let tolerance = 1

  /// The base first. Layers on which nothing can be seen are left out.
  ///
  /// - Parameter limit: Of layers above the base; what is more joins the last one.
  package static func layers(
    of order: SandboxPainter.Order, limit: Int
  ) throws(ImagingError) -> [Layer] {
    let scene = try SandboxPainter.scene(of: order)
    let steps = PaintStep.all(of: scene, order)
    let context = try DrawingContext(scene, width: order.width, height: order.height)
    try steps[0].paint(context)
    var below = try context.drawing.pixels()
    var layers = [
      Layer(
        pixels: below, left: 0, top: 0, name: steps[0].name, description: steps[0].description)
    ]
    let groups =
      steps.count - 1 > limit
      ? steps[1..<limit].map { [$0] } + [Array(steps[limit...])] : steps.dropFirst().map { [$0] }
    for group in groups {
      let alone = try DrawingContext(scene, width: order.width, height: order.height, isEmpty: true)
      for step in group {
        try step.paint(context)
        try step.paint(alone)
      }
      let after = try context.drawing.pixels()
      let (layer, together) = matched(try alone.drawing.pixels(), over: below, giving: after)
      // What those who compose the layers have by then, not what was drawn: roundings must not add up.
      below = together
      guard let box = PixelBox(layer) else { continue }
      layers.append(
        Layer(
          pixels: layer.cropped(to: box), left: box.left, top: box.top,
          name: group.map(\.name).joined(separator: ", "),
          description: group.map(\.description).joined(separator: "; ")))
    }
    return layers
  }

  /// A picture of unknown making: what is in its middle, and what would be behind that.
  package static func layers(ofForeign picture: Pixels) throws(ImagingError) -> [Layer] {
    let (width, height) = (picture.width, picture.height)
    let mask = try Drawing(width: width, height: height)
    let middle = Point(Double(width) / 2, Double(height) / 2)
    mask.fill(
      .ellipse(middle, Double(width) * 0.3, Double(height) * 0.36), .color(RGBColor(0)))
    let shape = try mask.pixels()
    let blurred = try Drawing(picture).resized(
      width: max(width / 48, 1), height: max(height / 48, 1)
    )
    .resized(width: width, height: height).pixels()
    var (base, subject) = (picture.bytes, picture.bytes)
    for place in stride(from: 0, to: base.count, by: 4) {
      if shape.bytes[place + 3] >= 128 {
        base.replaceSubrange(place..<place + 3, with: blurred.bytes[place..<place + 3])
        base[place + 3] = picture.bytes[place + 3]
      } else {
        subject.replaceSubrange(place..<place + 4, with: [0, 0, 0, 0])
      }
    }
    var layers = [
      Layer(
        pixels: Pixels(width: width, height: height, bytes: base), left: 0, top: 0,
        name: "Background", description: "What lies around the middle")
    ]
    let cut = Pixels(width: width, height: height, bytes: subject)
    if let box = PixelBox(cut) {
      layers.append(
        Layer(
          pixels: cut.cropped(to: box), left: box.left, top: box.top, name: "Subject",
          description: "The middle of the picture, as the sandbox guesses it"))
    }
    return layers
  }

  /// Layers laid over each other again.
  package static func composed(_ layers: [Layer]) -> Pixels {
    let base = layers[0].pixels
    var bytes = base.bytes
    for layer in layers.dropFirst() {
      for y in 0..<layer.pixels.height {
        for x in 0..<layer.pixels.width {
          let from = (y * layer.pixels.width + x) * 4
          let to = ((y + layer.top) * base.width + x + layer.left) * 4
          blend(layer.pixels.bytes, from, over: &bytes, to)
        }
      }
    }
    return Pixels(width: base.width, height: base.height, bytes: bytes)
  }

  /// Source over destination, alpha not multiplied in.
  private static func blend(
    _ source: [UInt8], _ from: Int, over target: inout [UInt8], _ to: Int
  ) {
    let alpha = Int(source[from + 3])
    if alpha == 0 { return }
    let below = Int(target[to + 3])
    // In units of 1/255².
    let sum = alpha * 255 + below * (255 - alpha)
    for channel in 0..<3 {
      let mixed =
        Int(source[from + channel]) * alpha * 255
        + Int(target[to + channel]) * below * (255 - alpha)
      target[to + channel] = UInt8((mixed + sum / 2) / sum)
    }
    target[to + 3] = UInt8((sum + 127) / 255)
  }

  /// The layer, with pixels of the result where it does not give that over what is below; and what the two
  /// give together.
  private static func matched(
    _ layer: Pixels, over below: Pixels, giving result: Pixels
  ) -> (layer: Pixels, together: Pixels) {
    var bytes = layer.bytes
    var together = below.bytes
    for place in stride(from: 0, to: bytes.count, by: 4) {
      blend(bytes, place, over: &together, place)
      var isSame = true
      for channel in 0..<4
      where abs(Int(together[place + channel]) - Int(result.bytes[place + channel])) > tolerance {
        isSame = false
      }
      if isSame { continue }
      for channel in 0..<4 {
        bytes[place + channel] = result.bytes[place + channel]
        together[place + channel] = result.bytes[place + channel]
      }
    }
    return (
      Pixels(width: layer.width, height: layer.height, bytes: bytes),
      Pixels(width: layer.width, height: layer.height, bytes: together)
    )
  }
}
