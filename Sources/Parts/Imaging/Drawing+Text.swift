import CCairo

extension Drawing {
  /// Writes one line in the system's sans-serif font.
  ///
  /// - Parameters:
  ///   - end: Where the base line ends, at the right; the text grows to the left.
  ///   - size: Height of the font in pixels.
  package func text(_ text: String, endingAt end: Point, size: Double, _ color: RGBColor) {
    select(size)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, text, &extents)
    unsafe cairo_set_operator(context, CAIRO_OPERATOR_OVER)
    unsafe cairo_set_source_rgba(context, color.blue, color.green, color.red, color.alpha)
    unsafe cairo_move_to(context, end.x - extents.x_advance, end.y)
    unsafe cairo_show_text(context, text)
  }

  /// How far a line reaches at that font size, in pixels.
  package func textWidth(_ text: String, size: Double) -> Double {
    select(size)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  private func select(_ size: Double) {
    unsafe cairo_select_font_face(
      context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD)
    unsafe cairo_set_font_size(context, size)
  }
}
