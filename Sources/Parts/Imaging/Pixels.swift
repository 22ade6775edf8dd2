/// A picture in memory: rows from the top, each pixel four bytes red, green, blue, alpha, alpha
/// not multiplied in, no padding between rows.
package struct Pixels: Equatable, Sendable {
  /// In pixels, at least one.
  package let width: Int
  /// In pixels, at least one.
  package let height: Int
  /// `width * height * 4` of them.
  package let bytes: [UInt8]

  package init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(width > 0 && height > 0 && bytes.count == width * height * 4)
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// The colour of one pixel, counted from the top left corner.
  package subscript(x: Int, y: Int) -> RGBColor {
    precondition(x >= 0 && x < width && y >= 0 && y < height)
    let start = (y * width + x) * 4
    return RGBColor(
      red: Double(bytes[start]) / 255, green: Double(bytes[start + 1]) / 255,
      blue: Double(bytes[start + 2]) / 255, alpha: Double(bytes[start + 3]) / 255)
  }

  /// Whether no pixel lets anything shine through.
  package var isOpaque: Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      var place = 3
      while place < bytes.count {
        if unsafe bytes[place] != 255 { return false }
        place += 4
      }
      return true
    }
  }
}
