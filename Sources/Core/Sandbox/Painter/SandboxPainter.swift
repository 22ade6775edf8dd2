package import Imaging

/// Draws the pictures of the sandbox: landscapes, cities, skies and still lifes in the colours and
/// with the things a prompt names.
///
/// Deterministic: the same order gives the same pixels. Safe to call from any thread.
package enum SandboxPainter {
  /// What is to be drawn.
  package struct Order: Equatable, Sendable {
    package var prompt: String
    /// In pixels.
    package var width: Int
    /// In pixels.
    package var height: Int
    /// Pictures whose colours and contents are taken up.
    package var references: [Pixels]
    package var seed: Int
    /// Which member of a set, counted from zero.
    package var index: Int
    /// Writes "AI generated" into the bottom right corner.
    package var watermark: Bool
    /// Leaves out what the first reference leaves out, instead of painting to the edges.
    package var isCutOut: Bool

    package init(
      prompt: String, width: Int, height: Int, references: [Pixels] = [], seed: Int = 0,
      index: Int = 0, watermark: Bool = false, isCutOut: Bool = false
    ) {
      self.prompt = prompt
      self.width = width
      self.height = height
      self.references = references
      self.seed = seed
      self.index = index
      self.watermark = watermark
      self.isCutOut = isCutOut
    }
  }

  /// Draws one picture of exactly the ordered size, opaque unless it is cut out.
  ///
  /// - Throws: When there is not enough memory, or a side is below one or above 32 767 pixels.
  package static func draw(_ order: Order) throws(ImagingError) -> Pixels {
    var scene = SandboxScene(prompt: order.prompt, seed: order.seed, index: order.index)
    for reference in order.references {
      scene.palette = try ReferenceColors(reference).tinting(scene.palette)
    }
    let sheet = try Sheet(scene, width: order.width, height: order.height)
    switch scene.ground {
    case .space: try sheet.paintSpace()
    case .studio: try sheet.paintStudio()
    case .poster: try sheet.paintPoster()
    case .ribbons: try sheet.paintRibbons()
    case .mountains, .sea, .forest, .hills, .city, .desert:
      try sheet.paintSky()
      try sheet.paintLand()
    }
    try sheet.paintBackdrop(order.references)
    // Fog lies behind what is near; rain and snow fall before it.
    if scene.weather == .fog { try sheet.paintWeather() }
    try sheet.paintMotifs()
    if scene.weather != .fog { try sheet.paintWeather() }
    try sheet.paintPrints(order.references)
    try sheet.finish()
    if order.isCutOut, let shape = order.references.first { try sheet.cutOut(shape) }
    if order.watermark { sheet.paintWatermark() }
    return try sheet.drawing.pixels()
  }
}
