import CCairo

extension Drawing {
  /// Puts another drawing into a rectangle, scaled with soft edges between its pixels.
  ///
  /// - Parameters:
  ///   - area: Where it goes; the layer is stretched to it.
  ///   - isFlipped: Top and bottom change places.
  ///   - clip: Only what lies inside this outline is drawn.
  ///   - placement: Moves and turns the rectangle and the outline.
  package func draw(
    _ layer: borrowing Drawing, in area: Rectangle, opacity: Double = 1, blend: Blend = .over,
    isFlipped: Bool = false, clip: Path? = nil, at placement: Placement? = nil
  ) {
    guard area.width > 0, area.height > 0 else { return }
    unsafe cairo_save(context)
    if let placement { place(placement) }
    if let clip {
      trace(clip)
      unsafe cairo_clip(context)
    }
    unsafe cairo_set_operator(context, blend.cairoOperator)
    trace(.rectangle(area))
    unsafe cairo_clip(context)
    unsafe cairo_translate(context, area.x, isFlipped ? area.y + area.height : area.y)
    let down = area.height / Double(layer.height)
    unsafe cairo_scale(
      context, area.width / Double(layer.width), isFlipped ? -down : down)
    unsafe cairo_set_source_surface(context, layer.surface.handle, 0, 0)
    // Padded, so that the rim does not fade into the transparent outside.
    unsafe cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD)
    let isShrunk = area.width < Double(layer.width) * 0.7
    unsafe cairo_pattern_set_filter(
      cairo_get_source(context), isShrunk ? CAIRO_FILTER_GOOD : CAIRO_FILTER_BILINEAR)
    unsafe cairo_paint_with_alpha(context, opacity)
    unsafe cairo_restore(context)
  }

  /// Covers everything with another drawing, stretched to fit.
  package func draw(
    _ layer: borrowing Drawing, opacity: Double = 1, blend: Blend = .over, clip: Path? = nil
  ) {
    draw(
      layer,
      in: Rectangle(
        x: 0, y: 0, width: Double(width) * coarseness, height: Double(height) * coarseness),
      opacity: opacity, blend: blend, clip: clip)
  }

  /// Covers everything with copies of another drawing, edge to edge, pixel by pixel.
  package func tile(_ layer: borrowing Drawing, opacity: Double = 1, blend: Blend = .over) {
    unsafe cairo_save(context)
    unsafe cairo_set_operator(context, blend.cairoOperator)
    unsafe cairo_set_source_surface(context, layer.surface.handle, 0, 0)
    unsafe cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_REPEAT)
    unsafe cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    unsafe cairo_paint_with_alpha(context, opacity)
    unsafe cairo_restore(context)
  }

  /// The same picture at another size: small and back again is a cheap blur.
  package func resized(width: Int, height: Int) throws(ImagingError) -> Drawing {
    let smaller = try Drawing(width: width, height: height)
    smaller.draw(self)
    return smaller
  }
}
