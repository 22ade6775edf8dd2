import Imaging
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

  static let heic: [UInt8] = {
    func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
      let length = content.count + 8
      return [0, 0, UInt8(length >> 8), UInt8(length & 255)] + Array(name.utf8) + content
    }
    func size(_ width: Int, _ height: Int) -> [UInt8] {
      let sides = [width >> 8, width & 255, 0, 0, height >> 8, height & 255].map(UInt8.init)
      return box("ispe", [0, 0, 0, 0, 0, 0] + sides)
    }
    return box("ftyp", Array("heic".utf8) + [0, 0, 0, 0] + Array("mif1".utf8))
      + box(
        "meta",
        [0, 0, 0, 0] + box("iprp", box("ipco", size(512, 512) + size(4032, 3024))))
  }()

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

  @Test("cut and damaged bytes are read without a trap, and sizes stay believable")
  func fuzz() throws {
    let seeds =
      Self.byHand.map(\.1) + [
        try ImageEncoder.jpeg(Samples.quarters(40, 30)),
        try ImageEncoder.png(Samples.quarters(40, 30)),
      ]
    var random = SplitMix(state: 7)
    for seed in seeds {
      for length in 0..<min(seed.count, 300) { _ = ImageHeader.read(Array(seed[..<length])) }
      for _ in 0..<2000 {
        var bytes = Array(seed.prefix(400))
        for _ in 0...Int.random(in: 0..<6, using: &random) {
          let value: UInt8 =
            Bool.random(using: &random) ? 255 : .random(in: 0...255, using: &random)
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = value
        }
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        guard let header = ImageHeader.read(bytes) else { continue }
        #expect(header.width > 0 && header.height > 0)
        #expect(!header.width.multipliedReportingOverflow(by: header.height * 4).overflow)
      }
    }
  }
}

/// A repeatable source of random numbers, so that a failure can be seen again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
