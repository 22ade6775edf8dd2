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
    /// Leaves out what the first reference leaves out, or without one all but the subject, instead of
    /// painting to the edges.
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
    let scene = try scene(of: order)
    if order.isCutOut, order.references.isEmpty { return try CutOut(order, scene).pixels() }
    let context = try DrawingContext(scene, width: order.width, height: order.height)
    var painted = order
    if order.isCutOut { painted.watermark = false }
    for step in PaintStep.all(of: scene, painted) { try step.paint(context) }
    if order.isCutOut, let shape = order.references.first {
      try context.cutOut(shape)
      if order.watermark { context.paintWatermark() }
    }
    return try context.drawing.pixels()
  }

  static func scene(of order: Order) throws(ImagingError) -> SandboxScene {
    var scene = SandboxScene(prompt: order.prompt, seed: order.seed, index: order.index)
    for reference in order.references {
      scene.palette = try ReferenceColors(reference).tinting(scene.palette)
    }
    return scene
  }
}
