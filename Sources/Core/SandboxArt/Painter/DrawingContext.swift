import Imaging

/// One picture being painted: the drawing, its measures in pixels, and what it shows.
struct DrawingContext: ~Copyable {
  let drawing: Drawing
  let width: Double
  let height: Double
  /// The shorter side: things are as large as it says, whatever the shape of the picture.
  let unit: Double
  let scene: SandboxScene
  /// Where the sky ends.
  let horizon: Double
  /// The middle of the sun or the moon.
  let light: Point

  var palette: Palette { scene.palette }

  /// - Parameter isEmpty: Starts from nothing instead of the colour of the horizon.
  init(
    _ scene: SandboxScene, width: Int, height: Int, isEmpty: Bool = false
  ) throws(ImagingError) {
    drawing = try Drawing(
      width: width, height: height, background: isEmpty ? nil : scene.palette.horizon)
    self.scene = scene
    self.width = Double(width)
    self.height = Double(height)
    unit = Double(min(width, height))
    var chance = Chance(scene.seed, "sheet")
    let isTall = height > width
    switch scene.ground {
    case .sea: horizon = (self.height * chance.between(0.52, isTall ? 0.62 : 0.58)).rounded()
    case .city: horizon = (self.height * chance.between(0.72, 0.78)).rounded()
    case .hills, .desert: horizon = self.height * chance.between(0.55, 0.62)
    case .mountains, .forest: horizon = self.height * chance.between(0.6, 0.66)
    case .space, .studio, .poster, .ribbons: horizon = self.height
    }
    let across = chance.pick([0.3, 0.36, 0.64, 0.7]) + chance.between(-0.03, 0.03)
    let isLow = scene.mood == .sunset || scene.mood == .dawn
    let down = isLow ? chance.between(0.72, 0.86) : chance.between(0.3, 0.48)
    light = Point(self.width * across, min(horizon, self.height * 0.62) * down)
  }

  func chance(_ purpose: String) -> Chance { Chance(scene.seed, purpose) }

  func noise(_ purpose: String) -> Noise { Noise(scene.seed, purpose) }

  /// An empty layer for soft things, in the coordinates of the drawing.
  ///
  /// - Parameter pixels: About how many pixels its longer side has.
  func softLayer(_ pixels: Double = 420) throws(ImagingError) -> Drawing {
    try Drawing(
      coarse: max(max(width, height) / pixels, 1), width: width, height: height)
  }

  /// Adds light around a point, without an edge.
  func glow(_ center: Point, _ radius: Double, _ color: RGBColor, _ blend: Blend = .over)
    throws(ImagingError)
  {
    // A spot of a fixed few pixels, enlarged: a radial gradient of full size costs ten times as much.
    let spot = try Drawing(coarse: 1, width: 96, height: 96)
    spot.fill(.glow(Point(48, 48), radius: 48, color))
    drawing.draw(
      spot,
      in: Rectangle(
        x: center.x - radius, y: center.y - radius, width: radius * 2, height: radius * 2),
      blend: blend)
  }
}
