/// Where each format keeps its size.
extension HeaderBytes {
  /// The first frame header: ITU-T T.81, annex B.
  var jpegSize: (width: Int, height: Int)? {
    var place = 2
    while place < count {
      guard byte(place) == 0xFF, let marker = byte(place + 1) else { return nil }
      switch marker {
      case 0xFF:
        place += 1
      case 0x01, 0xD0...0xD7:
        place += 2
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
        guard let height = big(2, at: place + 5), let width = big(2, at: place + 7) else {
          return nil
        }
        return (width, height)
      case 0xD8, 0xD9, 0xDA:
        return nil
      default:
        guard let length = big(2, at: place + 2), length >= 2 else { return nil }
        place += 2 + length
      }
    }
    return nil
  }

  /// The IHDR chunk, which must be the first: PNG specification, section 11.2.1.
  var pngSize: (width: Int, height: Int)? {
    guard has("IHDR", at: 12), let width = big(4, at: 16), let height = big(4, at: 20) else {
      return nil
    }
    return (width, height)
  }

  /// The logical screen: GIF89a specification, section 18.
  var gifSize: (width: Int, height: Int)? {
    guard let width = little(2, at: 6), let height = little(2, at: 8) else { return nil }
    return (width, height)
  }

  /// The simple, lossless or extended form: RFC 9649, sections 2.5 to 2.7.
  var webpSize: (width: Int, height: Int)? {
    if has("VP8X", at: 12), let width = little(3, at: 24), let height = little(3, at: 27) {
      return (width + 1, height + 1)
    }
    if has("VP8L", at: 12), byte(20) == 0x2F, let bits = little(4, at: 21) {
      return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    }
    if has("VP8 ", at: 12), has([0x9D, 0x01, 0x2A], at: 23),
      let width = little(2, at: 26), let height = little(2, at: 28)
    {
      return (width & 0x3FFF, height & 0x3FFF)
    }
    return nil
  }

  /// The core header of OS/2 or the info header of Windows, whose height is negative when the rows
  /// run from the top.
  var bmpSize: (width: Int, height: Int)? {
    guard let headerLength = little(4, at: 14) else { return nil }
    if headerLength == 12 {
      guard let width = little(2, at: 18), let height = little(2, at: 20) else { return nil }
      return (width, height)
    }
    guard headerLength >= 40, let width = little(4, at: 18), let height = little(4, at: 22) else {
      return nil
    }
    return (width, abs(height < 1 << 31 ? height : height - 1 << 32))
  }

  /// Tags 256 and 257 of the first directory: TIFF 6.0, section 2.
  var tiffSize: (width: Int, height: Int)? {
    let isLittle = byte(0) == 0x49
    func number(_ length: Int, _ place: Int) -> Int? {
      isLittle ? little(length, at: place) : big(length, at: place)
    }
    guard let directory = number(4, 4), let entries = number(2, directory) else { return nil }
    var width: Int?
    var height: Int?
    for entry in 0..<entries {
      let place = directory + 2 + entry * 12
      guard let tag = number(2, place), let type = number(2, place + 2) else { return nil }
      if tag > 257 { break }
      let value = number(type == 3 ? 2 : 4, place + 8)
      if tag == 256 { width = value }
      if tag == 257 { height = value }
    }
    guard let width, let height else { return nil }
    return (width, height)
  }
}
