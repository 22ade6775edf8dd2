import Imaging

/// Pictures with a known content.
enum Samples {
  /// Red, green, blue and white quarters.
  static func quarters(_ width: Int, _ height: Int) -> Pixels {
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        switch (x * 2 < width, y * 2 < height) {
        case (true, true): bytes += [255, 0, 0, 255]
        case (false, true): bytes += [0, 255, 0, 255]
        case (true, false): bytes += [0, 0, 255, 255]
        case (false, false): bytes += [255, 255, 255, 255]
        }
      }
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }

  /// An EXIF segment that says how the picture is to be turned: 6 is a quarter clockwise.
  static func oriented(_ jpeg: [UInt8], _ orientation: UInt8) -> [UInt8] {
    let tiff: [UInt8] = [
      0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
      0, 0, 0, 0,
    ]
    let content = Array("Exif".utf8) + [0, 0] + tiff
    let length = content.count + 2
    return jpeg[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + content
      + jpeg[2...]
  }

  static func isClose(_ one: RGBColor, _ other: RGBColor, _ tolerance: Double = 0.06) -> Bool {
    abs(one.red - other.red) < tolerance && abs(one.green - other.green) < tolerance
      && abs(one.blue - other.blue) < tolerance
  }

  static let red = RGBColor(0xFF0000)
  static let green = RGBColor(0x00FF00)
  static let blue = RGBColor(0x0000FF)
  static let white = RGBColor(0xFFFFFF)
}
