import Imaging
import TestSupport
import Testing

@Suite("What the first bytes of a picture say")
struct HeaderTests {
  @Test("encoded pictures name their format and size")
  func encoded() throws {
    let pixels = Samples.quarters(123, 45)
    #expect(
      ImageHeader.read(try ImageEncoder.jpeg(pixels))
        == ImageHeader(format: .jpeg, width: 123, height: 45))
    #expect(
      ImageHeader.read(try ImageEncoder.png(pixels))
        == ImageHeader(format: .png, width: 123, height: 45))
  }

  static let byHand: [(ImageHeader, [UInt8])] = [
    (.init(format: .gif, width: 320, height: 200), Array("GIF89a".utf8) + [64, 1, 200, 0, 0, 0]),
    (
      .init(format: .bmp, width: 3, height: 2),
      Array("BM".utf8) + .init(repeating: 0, count: 12) + [40, 0, 0, 0, 3, 0, 0, 0]
        + [254, 255, 255, 255]
    ),
    (
      .init(format: .webp, width: 1000, height: 20),
      Array("RIFF....WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0, 0xE7, 3, 0, 19, 0, 0]
    ),
    (
      .init(format: .webp, width: 16, height: 9),
      Array("RIFF....WEBPVP8L".utf8) + [10, 0, 0, 0, 0x2F, 15, 0, 2, 0]
    ),
    (
      .init(format: .webp, width: 640, height: 480),
      Array("RIFF....WEBPVP8 ".utf8) + [0, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, 0x80, 2, 0xE0, 1]
    ),
    (
      .init(format: .tiff, width: 700, height: 9),
      [0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 0xBC, 2, 0, 0]
        + [1, 1, 4, 0, 1, 0, 0, 0, 9, 0, 0, 0]
    ),
    (.init(format: .heic, width: 4032, height: 3024), heic),
  ]

  static let heic = HeaderTests.heic(sizes: [(512, 512), (4032, 3024)])

  /// The boxes of a HEIC picture around some `ispe` properties.
  static func heic(sizes: [(width: UInt32, height: UInt32)]) -> [UInt8] {
    func big(_ number: UInt32) -> [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
      big(UInt32(content.count + 8)) + Array(name.utf8) + content
    }
    let properties = sizes.flatMap { box("ispe", [0, 0, 0, 0] + big($0.width) + big($0.height)) }
    return box("ftyp", Array("heic".utf8) + [0, 0, 0, 0] + Array("mif1".utf8))
      + box("meta", [0, 0, 0, 0] + box("iprp", box("ipco", properties)))
  }

  @Test("formats that are not encoded here", arguments: byHand)
  func otherFormats(expected: ImageHeader, bytes: [UInt8]) {
    #expect(ImageHeader.read(bytes) == expected)
  }

  @Test("what is no picture has no header")
  func noPicture() {
    for text in ["", "x", "%PDF-1.7", "<svg width='9' height='9'/>", "GIF89", "BM"] {
      #expect(ImageHeader.read(Array(text.utf8)) == nil)
    }
  }

  @Test("a side of zero is refused")
  func zeroSide() {
    #expect(ImageHeader.read(Array("GIF89a".utf8) + [0, 0, 9, 0]) == nil)
  }

  @Test("a HEIC of absurd sides is no picture, and one absurd property hides no other")
  func absurdHEIC() {
    #expect(ImageHeader.read(Self.heic(sizes: [(.max, .max)])) == nil)
    #expect(
      ImageHeader.read(Self.heic(sizes: [(.max, .max), (40, 30), (0, .max), (.max, 1)]))
        == ImageHeader(format: .heic, width: 40, height: 30))
  }

  @Test("cut and damaged bytes are read without a trap, and sizes stay believable")
  func fuzz() throws {
    var random = SplitMix(state: 7)
    for seed in try Self.seeds() {
      for length in 0..<min(seed.count, 300) { _ = ImageHeader.read(Array(seed[..<length])) }
      for _ in 0..<2000 {
        var bytes = Array(seed.prefix(400))
        for _ in 0...Int.random(in: 0..<6, using: &random) {
          let value: UInt8 =
            Bool.random(using: &random) ? 255 : .random(in: 0...255, using: &random)
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = value
        }
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        Self.expectBelievable(ImageHeader.read(bytes))
      }
    }
  }

  @Test("every field of every format may hold its extremes, alone and with any other")
  func extremes() throws {
    let runs: [[UInt8]] = [1, 2, 3, 4].flatMap { length -> [[UInt8]] in
      let zero = [UInt8](repeating: 0, count: length)
      let ones = [UInt8](repeating: 255, count: length)
      return [zero, ones, [0x7F] + ones.dropFirst(), [0x80] + zero.dropFirst()]
        + [zero.dropLast() + [1], ones.dropLast() + [0x7F], zero.dropLast() + [0x80]]
    }
    for seed in try Self.seeds() {
      let start = Array(seed.prefix(120))
      for place in start.indices {
        for run in runs where place + run.count <= start.count {
          var bytes = start
          bytes.replaceSubrange(place..<place + run.count, with: run)
          Self.expectBelievable(ImageHeader.read(bytes))
          // With 32 bits of ones behind it: two sides, a length and a side, an offset and a count.
          for gap in [0, 1, 2, 4] where place + run.count + gap + 4 <= start.count {
            var both = bytes
            let second = place + run.count + gap
            both.replaceSubrange(second..<second + 4, with: [255, 255, 255, 255])
            Self.expectBelievable(ImageHeader.read(both))
          }
        }
      }
    }
  }

  /// A picture of each format, and some in both byte orders.
  private static func seeds() throws -> [[UInt8]] {
    byHand.map(\.1) + [
      [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 2, 1, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 9]
        + [1, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0, 9],
      try ImageEncoder.jpeg(Samples.quarters(40, 30)),
      try ImageEncoder.png(Samples.quarters(40, 30)),
    ]
  }

  private static func expectBelievable(_ header: ImageHeader?) {
    guard let header else { return }
    #expect(header.width > 0 && header.height > 0)
    #expect(!header.width.multipliedReportingOverflow(by: header.height * 4).overflow)
  }
}
