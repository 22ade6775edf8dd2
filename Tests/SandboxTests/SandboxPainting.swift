import Imaging
import SandboxArt

/// Short forms for the tests.
enum SandboxPainting {
  static func draw(
    _ prompt: String, _ width: Int = 256, _ height: Int = 256, references: [Pixels] = [],
    seed: Int = 0, index: Int = 0, watermark: Bool = false
  ) throws -> Pixels {
    try SandboxPainter.draw(
      .init(
        prompt: prompt, width: width, height: height, references: references, seed: seed,
        index: index, watermark: watermark))
  }

  static func plain(_ color: RGBColor, _ width: Int = 96, _ height: Int = 64) throws -> Pixels {
    try Drawing(width: width, height: height, background: color).pixels()
  }
}
