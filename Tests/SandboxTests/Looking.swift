import Imaging

/// What can be said of a picture without eyes.
struct Looking {
  let pixels: Pixels
  /// The picture in 16 by 16 colours.
  let tiles: [RGBColor]

  init(_ pixels: Pixels) throws {
    self.pixels = pixels
    let small = try Drawing(pixels).resized(width: 16, height: 16).pixels()
    tiles = (0..<256).map { small[$0 % 16, $0 / 16] }
  }

  init(
    _ prompt: String, width: Int = 256, height: Int = 256, references: [Pixels] = [],
    seed: Int = 0, index: Int = 0, watermark: Bool = false
  ) throws {
    try self.init(
      SandboxPainting.draw(
        prompt, width, height, references: references, seed: seed, index: index,
        watermark: watermark))
  }

  var mean: RGBColor {
    tiles.reduce(RGBColor(0)) { sum, color in
      RGBColor(
        red: sum.red + color.red / 256, green: sum.green + color.green / 256,
        blue: sum.blue + color.blue / 256)
    }
  }

  /// How far two pictures are apart, tile by tile: zero is the same, one is black against white.
  func distance(to other: Looking) -> Double {
    zip(tiles, other.tiles).reduce(0) { sum, pair in
      sum + abs(pair.0.red - pair.1.red) + abs(pair.0.green - pair.1.green)
        + abs(pair.0.blue - pair.1.blue)
    } / Double(tiles.count * 3)
  }

  /// How many colours the picture has in all, which a flat one has not.
  var contrast: Double {
    let lights = tiles.map(\.luminance)
    return (lights.max() ?? 0) - (lights.min() ?? 0)
  }
}
