extension Pixels {
  /// The same on a checkerboard of greys, as editors show what is transparent; itself where nothing is.
  ///
  /// - Parameters:
  ///   - columns: Squares across the picture, at least one.
  ///   - rows: Squares down.
  package func onCheckerboard(columns: Int, rows: Int) -> Pixels {
    guard !isOpaque else { return self }
    let (columns, rows) = (max(columns, 1), max(rows, 1))
    var mixed = bytes
    for y in 0..<height {
      for x in 0..<width {
        let start = (y * width + x) * 4
        let alpha = Int(mixed[start + 3])
        guard alpha < 255 else { continue }
        let isDark = (x * columns / width + y * rows / height).isMultiple(of: 2)
        let ground = isDark ? Self.darkSquare : Self.lightSquare
        for place in start..<start + 3 {
          mixed[place] = UInt8((Int(mixed[place]) * alpha + ground * (255 - alpha) + 127) / 255)
        }
        mixed[start + 3] = 255
      }
    }
    return Pixels(width: width, height: height, bytes: mixed)
  }

  // Near enough to one another to be no pattern of the picture, and in the middle, so that black and white
  // are seen on both.
  private static let darkSquare = 0x66
  private static let lightSquare = 0x8C
}
