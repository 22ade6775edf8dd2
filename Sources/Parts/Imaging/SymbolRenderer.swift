import CChafa

/// Turns pixels into characters with libchafa, as data and never as a string of escape codes.
package enum SymbolRenderer {
  /// The largest picture in cells of one side; more is cut down (chafa before 1.18.2 overflows).
  package static let maximumSide = 1024

  /// Renders as large as fits, keeping the shape of the picture. Safe to call from any thread.
  ///
  /// - Parameters:
  ///   - columns: The room across, in cells.
  ///   - rows: The room down, in cells.
  ///   - cellAspect: Width of a cell divided by its height.
  package static func render(
    _ pixels: Pixels, columns: Int, rows: Int, colors: SymbolColors,
    shapes: SymbolShapes = .sextants, cellAspect: Double = 0.5
  ) -> SymbolPicture {
    let size = fitted(pixels, columns: columns, rows: rows, cellAspect: cellAspect)
    return SymbolCanvas(columns: size.columns, rows: size.rows, colors: colors, shapes: shapes)
      .drawn(pixels)
  }

  /// How many cells the picture takes within that room; at least one of each.
  package static func fitted(
    _ pixels: Pixels, columns: Int, rows: Int, cellAspect: Double = 0.5
  ) -> (columns: Int, rows: Int) {
    fitted(
      width: pixels.width, height: pixels.height, columns: columns, rows: rows,
      cellAspect: cellAspect)
  }

  /// The same for a picture that is not decoded yet.
  static func fitted(
    width: Int, height: Int, columns: Int, rows: Int, cellAspect: Double = 0.5
  ) -> (columns: Int, rows: Int) {
    let columns = min(max(columns, 1), maximumSide)
    let rows = min(max(rows, 1), maximumSide)
    let shape = Double(width) / Double(height) / min(max(cellAspect, 0.05), 20)
    let across = min(Double(columns), Double(rows) * shape)
    return (
      min(max(Int(across.rounded()), 1), columns),
      min(max(Int((across / shape).rounded()), 1), rows)
    )
  }
}
