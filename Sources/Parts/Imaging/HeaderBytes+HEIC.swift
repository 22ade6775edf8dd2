/// The boxes of a HEIC file: ISO/IEC 14496-12 and 23008-12.
extension HeaderBytes {
  var isHEIC: Bool {
    guard has("ftyp", at: 4), let length = big(4, at: 0) else { return false }
    let brands = ["heic", "heix", "hevc", "heim", "heis", "mif1"]
    return stride(from: 8, to: min(length, count, 64), by: 4)
      .contains { place in place != 12 && brands.contains { has($0, at: place) } }
      && !has("avif", at: 8)
  }

  /// The largest of the `ispe` properties: a picture of tiles has one for the tile and one for the
  /// whole.
  var heicSize: (width: Int, height: Int)? {
    guard let meta = box("meta", in: 0..<count),
      let properties = box("iprp", in: meta.dropFirst(4)),
      let container = box("ipco", in: properties)
    else { return nil }
    var largest: (width: Int, height: Int)?
    for (name, content) in boxes(in: container) where name == "ispe" {
      guard let width = big(4, at: content.lowerBound + 4),
        let height = big(4, at: content.lowerBound + 8),
        ImageHeader.sides.contains(width), ImageHeader.sides.contains(height)
      else { continue }
      if width * height > (largest.map { $0.width * $0.height } ?? 0) { largest = (width, height) }
    }
    return largest
  }

  private func box(_ name: String, in range: Range<Int>) -> Range<Int>? {
    boxes(in: range).first { $0.name == name }?.content
  }

  private func boxes(in range: Range<Int>) -> [(name: String, content: Range<Int>)] {
    var found: [(name: String, content: Range<Int>)] = []
    var place = range.lowerBound
    while place < range.upperBound, found.count < 1024, let length = big(4, at: place) {
      let name = (4..<8).compactMap { byte(place + $0) }.compactMap(Unicode.Scalar.init)
      let end = length == 0 ? range.upperBound : place + length
      guard end >= place + 8, end <= range.upperBound else { break }
      found.append((String(String.UnicodeScalarView(name)), place + 8..<end))
      place = end
    }
    return found
  }
}
