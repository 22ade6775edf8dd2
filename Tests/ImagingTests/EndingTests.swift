import Imaging
import Testing

@Suite("A picture ends where its parts do, whatever comes behind")
struct EndingTests {
  static func files() throws -> [(ImageFileFormat, [UInt8])] {
    [
      (.jpeg, try ImageEncoder.jpeg(Samples.quarters(300, 200))),
      (.jpeg, Samples.oriented(try ImageEncoder.jpeg(Samples.quarters(300, 200)), 3)),
      (.png, try ImageEncoder.png(Samples.quarters(300, 200))),
    ]
  }

  private static func end(_ format: ImageFileFormat, _ bytes: [UInt8], pieces: Int) -> PictureEnding
  {
    var ending = PictureEnding(format)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      ending.note(bytes[start..<min(start + pieces, bytes.count)])
    }
    return ending
  }

  @Test("the end is found in pieces of any length, and behind it nothing matters")
  func found() throws {
    let tails: [[UInt8]] = [
      [], [0x0A], [UInt8](repeating: 0, count: 70_000),
      try ImageEncoder.jpeg(Samples.quarters(9, 9)),
      [UInt8](repeating: 0xFF, count: 5000), Array("IEND".utf8),
    ]
    for (format, file) in try Self.files() {
      for tail in tails {
        for pieces in [1, 7, 4096, 1 << 20] {
          let ending = Self.end(format, file + tail, pieces: pieces)
          #expect(ending.end == file.count)
          #expect(ending.isThere)
        }
      }
    }
  }

  @Test("an end that is missing is not found in what follows")
  func missing() throws {
    let other = try ImageEncoder.jpeg(Samples.quarters(9, 9))
    for (format, file) in try Self.files() {
      for tail in [[], other, [UInt8](repeating: 0, count: 9000)] {
        #expect(!Self.end(format, file.dropLast(30) + tail, pieces: 512).isThere)
      }
    }
    #expect(!PictureEnding(.jpeg).isThere)
  }

  @Test("a picture with a tail of 8 MB decodes like the picture")
  func decodes() throws {
    for (_, file) in try Self.files() {
      let padded = file + [UInt8](repeating: 0, count: 8 << 20)
      #expect(try PixelDecoder.decode(bytes: padded) == PixelDecoder.decode(bytes: file))
      #expect(try PixelDecoder.decode(bytes: file + file) == PixelDecoder.decode(bytes: file))
    }
  }
}
