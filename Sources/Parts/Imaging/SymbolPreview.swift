/// Makes the small view of a picture file that a terminal shows. Safe to call from any thread.
package struct SymbolPreview: Equatable, Sendable {
  /// The room across, in cells.
  package var columns: Int
  /// The room down, in cells.
  package var rows: Int
  package var colors: SymbolColors
  package var shapes: SymbolShapes

  package init(columns: Int, rows: Int, colors: SymbolColors, shapes: SymbolShapes) {
    self.columns = columns
    self.rows = rows
    self.colors = colors
    self.shapes = shapes
  }

  /// Decodes and renders it; what there is of a damaged picture is shown.
  ///
  /// - Parameter goesOn: Asked between the pieces of the file; false ends it with `abandoned`.
  package func render(
    file path: String, goesOn: () -> Bool = { true }
  ) throws(ImagingError) -> SymbolPicture {
    let pixels = try PixelDecoder.preview(file: path, goesOn: goesOn) { pixelsWanted(of: $0) }
    // Squares two cells wide and one high; in one colour they would be a picture of their own.
    let cells = SymbolRenderer.fitted(pixels, columns: columns, rows: rows)
    let ground =
      colors == .none
      ? pixels : pixels.onCheckerboard(columns: (cells.columns + 1) / 2, rows: cells.rows)
    return SymbolRenderer.render(
      ground, columns: columns, rows: rows, colors: colors, shapes: shapes)
  }

  /// Three pixels across a cell and six down, upright or turned as EXIF may say: a symbol shows two by
  /// three at most, and a light and a dark half of a cell keep apart in three pixels as in four.
  private func pixelsWanted(of header: ImageHeader) -> Int {
    let sides = [(header.width, header.height), (header.height, header.width)].map {
      let cells = SymbolRenderer.fitted(width: $0.0, height: $0.1, columns: columns, rows: rows)
      return max(cells.columns * 3, cells.rows * 6)
    }
    return sides.max() ?? 1
  }
}
