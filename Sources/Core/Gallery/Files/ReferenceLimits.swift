/// What an input picture may be; the model's own limits decide.
package struct ReferenceLimits: Equatable, Sendable {
  package var maximumBytes: Int
  /// Width times height.
  package var maximumPixels: Int
  /// The shorter side, in pixels.
  package var minimumSide: Int

  /// The defaults refuse only what no model takes.
  package init(
    maximumBytes: Int = 50 << 20, maximumPixels: Int = 64 << 20, minimumSide: Int = 1
  ) {
    self.maximumBytes = maximumBytes
    self.maximumPixels = maximumPixels
    self.minimumSide = minimumSide
  }
}
