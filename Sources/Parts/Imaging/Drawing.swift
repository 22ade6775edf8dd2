import CCairo

/// A picture that is being drawn: one cairo surface and the context that draws on it.
///
/// One thread at a time. Nothing a drawing is given is kept, and what it hands out are copies.
@safe
package struct Drawing: ~Copyable {
  let surface: Surface
  let context: OpaquePointer
  /// How many units of the coordinates fall on one pixel.
  let coarseness: Double

  /// In pixels.
  package var width: Int { surface.width }
  /// In pixels.
  package var height: Int { surface.height }

  /// An empty drawing of one colour, or transparent without one.
  package init(width: Int, height: Int, background: RGBColor? = nil) throws(ImagingError) {
    try self.init(Surface(width: width, height: height), coarseness: 1)
    if let background { fill(.color(background)) }
  }

  /// A transparent drawing with fewer pixels than its coordinates say: for soft things that are drawn
  /// onto another one, where they cost little and blur by themselves.
  ///
  /// - Parameter coarseness: How many units of the coordinates fall on one pixel.
  package init(
    coarse coarseness: Double, width: Double, height: Double
  ) throws(ImagingError) {
    try self.init(
      Surface(
        width: max(Int((width / coarseness).rounded()), 1),
        height: max(Int((height / coarseness).rounded()), 1)),
      coarseness: coarseness)
  }

  /// A drawing that starts from a picture.
  package init(_ pixels: Pixels) throws(ImagingError) {
    try self.init(Surface(pixels), coarseness: 1)
  }

  private init(_ surface: consuming Surface, coarseness: Double) throws(ImagingError) {
    guard let context = unsafe cairo_create(surface.handle) else { throw .drawingFailed }
    unsafe cairo_scale(context, 1 / coarseness, 1 / coarseness)
    unsafe self.context = context
    self.surface = surface
    self.coarseness = coarseness
  }

  deinit { unsafe cairo_destroy(context) }

  /// A copy of what has been drawn.
  package func pixels() throws(ImagingError) -> Pixels {
    guard unsafe cairo_status(context) == CAIRO_STATUS_SUCCESS else { throw .drawingFailed }
    return surface.pixels()
  }

  /// Covers everything.
  package func fill(_ paint: Paint, blend: Blend = .over) {
    unsafe cairo_set_operator(context, blend.cairoOperator)
    set(paint)
    unsafe cairo_paint(context)
  }

  package func fill(
    _ path: Path, _ paint: Paint, blend: Blend = .over, at placement: Placement? = nil
  ) {
    unsafe cairo_save(context)
    prepare(path, paint, blend, placement)
    unsafe cairo_fill(context)
    unsafe cairo_restore(context)
  }

  /// Draws along the path with round ends and corners.
  ///
  /// - Parameter width: In pixels, before the placement's scale.
  package func stroke(
    _ path: Path, _ paint: Paint, width: Double, blend: Blend = .over,
    at placement: Placement? = nil
  ) {
    unsafe cairo_save(context)
    prepare(path, paint, blend, placement)
    unsafe cairo_set_line_width(context, width)
    unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    unsafe cairo_stroke(context)
    unsafe cairo_restore(context)
  }

  private func prepare(_ path: Path, _ paint: Paint, _ blend: Blend, _ placement: Placement?) {
    if let placement { place(placement) }
    unsafe cairo_set_operator(context, blend.cairoOperator)
    set(paint)
    trace(path)
  }

  func place(_ placement: Placement) {
    unsafe cairo_translate(context, placement.origin.x, placement.origin.y)
    unsafe cairo_rotate(context, placement.turns * 2 * .pi)
    unsafe cairo_scale(
      context, placement.isMirrored ? -placement.scale : placement.scale, placement.scale)
  }

  func trace(_ path: Path) {
    unsafe cairo_new_path(context)
    for element in path.elements {
      switch element {
      case .move(let point): unsafe cairo_move_to(context, point.x, point.y)
      case .line(let point): unsafe cairo_line_to(context, point.x, point.y)
      case .curve(let first, let second, let end):
        unsafe cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
      case .circle(let center, let radius):
        unsafe cairo_new_sub_path(context)
        unsafe cairo_arc(context, center.x, center.y, max(radius, 0), 0, 2 * .pi)
        unsafe cairo_close_path(context)
      case .close: unsafe cairo_close_path(context)
      }
    }
  }

  /// Red and blue change places here, as `Surface` says.
  private func set(_ paint: Paint) {
    let pattern: OpaquePointer?
    let stops: [Paint.Stop]
    switch paint {
    case .color(let color):
      unsafe cairo_set_source_rgba(context, color.blue, color.green, color.red, color.alpha)
      return
    case .linear(let from, let to, let colors):
      unsafe pattern = cairo_pattern_create_linear(from.x, from.y, to.x, to.y)
      stops = colors
    case .radial(let center, let radius, let colors):
      unsafe pattern = cairo_pattern_create_radial(
        center.x, center.y, 0, center.x, center.y, max(radius, 0.01))
      stops = colors
    }
    defer { unsafe cairo_pattern_destroy(pattern) }
    for stop in stops {
      let color = stop.color
      unsafe cairo_pattern_add_color_stop_rgba(
        pattern, stop.place, color.blue, color.green, color.red, color.alpha)
    }
    unsafe cairo_set_source(context, pattern)
  }
}

extension ImagingError {
  static var drawingFailed: ImagingError {
    ImagingError(.noRoom, "Drawing the picture failed: there is not enough memory.")
  }
}
