import Imaging

/// The smallest rectangle around what can be seen of a picture.
struct PixelBox: Equatable {
  var left: Int
  var top: Int
  /// The column after the last.
  var right: Int
  /// The row after the last.
  var bottom: Int

  var width: Int { right - left }
  var height: Int { bottom - top }

  init(left: Int, top: Int, right: Int, bottom: Int) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  /// Nil where everything is transparent.
  init?(_ pixels: Pixels) {
    self.init(left: pixels.width, top: pixels.height, right: 0, bottom: 0)
    var place = 3
    for y in 0..<pixels.height {
      for x in 0..<pixels.width {
        if pixels.bytes[place] > 0 {
          left = min(left, x)
          right = max(right, x + 1)
          top = min(top, y)
          bottom = y + 1
        }
        place += 4
      }
    }
    if right <= left { return nil }
  }
}

extension Pixels {
  func cropped(to box: PixelBox) -> Pixels {
    var part: [UInt8] = []
    part.reserveCapacity(box.width * box.height * 4)
    for y in box.top..<box.bottom {
      let row = (y * width + box.left) * 4
      part += bytes[row..<row + box.width * 4]
    }
    return Pixels(width: box.width, height: box.height, bytes: part)
  }
}
