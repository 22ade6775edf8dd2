import FoundationEssentials
import Imaging
import TestSupport
import Testing

@Suite("Pictures decode to the pixels that were encoded")
struct DecodeTests {
  @Test("PNG keeps every pixel, transparent ones too")
  func losslessRoundTrip() throws {
    var bytes = Samples.quarters(64, 48).bytes
    bytes[3] = 0
    bytes[7] = 128
    let pixels = Pixels(width: 64, height: 48, bytes: bytes)
    #expect(try PixelDecoder.decode(bytes: ImageEncoder.png(pixels)) == pixels)
  }

  @Test("JPEG keeps size and colours, and a lower quality is smaller")
  func lossyRoundTrip() throws {
    let pixels = Samples.quarters(200, 100)
    let file = try ImageEncoder.jpeg(pixels, quality: 92)
    let decoded = try PixelDecoder.decode(bytes: file)
    #expect(decoded.width == 200 && decoded.height == 100)
    #expect(Samples.isClose(decoded[20, 20], Samples.red))
    #expect(Samples.isClose(decoded[180, 80], Samples.white))
    #expect(try ImageEncoder.jpeg(pixels, quality: 30).count < file.count)
  }

  @Test("a limit on the longest side scales down and never up")
  func fitting() throws {
    for file in [
      try ImageEncoder.jpeg(Samples.quarters(800, 400)),
      try ImageEncoder.png(Samples.quarters(800, 400)),
    ] {
      let small = try PixelDecoder.decode(bytes: file, fitting: 100)
      #expect(small.width == 100 && small.height == 50)
      #expect(Samples.isClose(small[10, 10], Samples.red))
      #expect(Samples.isClose(small[90, 40], Samples.white))
      #expect(try PixelDecoder.decode(bytes: file, fitting: 4000).width == 800)
    }
  }

  @Test("the EXIF orientation is applied, at full size and scaled")
  func orientation() throws {
    let upright = try ImageEncoder.jpeg(Samples.quarters(400, 200), quality: 95)
    let turned = Samples.oriented(upright, 6)
    for limit in [nil, 100] {
      let decoded = try PixelDecoder.decode(bytes: turned, fitting: limit)
      #expect(decoded.height == 2 * decoded.width)
      // A quarter clockwise brings the blue corner of the bottom left to the top left.
      let (right, bottom) = (decoded.width * 9 / 10, decoded.height * 9 / 10)
      #expect(Samples.isClose(decoded[right / 9, bottom / 9], Samples.blue))
      #expect(Samples.isClose(decoded[right, bottom / 9], Samples.red))
      #expect(Samples.isClose(decoded[right, bottom], Samples.green))
    }
  }

  @Test("a WebP decodes: one lossless pixel, as a browser test knows it")
  func webp() throws {
    let file = try #require(
      Data(base64Encoded: "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="))
    #expect(ImageHeader.read(Array(file))?.format == .webp)
    let decoded = try PixelDecoder.decode(bytes: Array(file))
    #expect(decoded.width == 1 && decoded.height == 1)
  }

  @Test("a file is read from disk, and its header alone as well")
  func file() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "imaging-\(UUID()).jpg").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    // Longer than one piece of the reader.
    let file = try noise(1200, 900)
    try Data(file).write(to: URL(filePath: path))
    #expect(file.count > ImageHeader.prefixLength)
    #expect(try PixelDecoder.header(file: path).width == 1200)
    let decoded = try PixelDecoder.decode(file: path, fitting: 300)
    #expect(decoded.width == 300 && decoded.height == 225)
    #expect(try PixelDecoder.decode(file: path) == PixelDecoder.decode(bytes: file))
  }

  @Test(
    "what cannot be decoded says why", arguments: ["/nonexistent", "/", "/dev/zero", "/dev/null"])
  func unreadable(path: String) {
    #expect(code { () throws(ImagingError) in try PixelDecoder.decode(file: path) } == .unreadable)
  }

  @Test("bytes of no picture, of half a picture and of a giant one")
  func refused() throws {
    #expect(
      code { () throws(ImagingError) in try PixelDecoder.decode(bytes: []) } == .unknownFormat)
    #expect(
      code { () throws(ImagingError) in try PixelDecoder.decode(bytes: Array("hello".utf8)) }
        == .unknownFormat)
    for file in [
      try ImageEncoder.jpeg(Samples.quarters(300, 300)),
      try ImageEncoder.png(Samples.quarters(300, 300)),
    ] {
      #expect(
        code { () throws(ImagingError) in
          try PixelDecoder.decode(bytes: Array(file[..<(file.count / 2)]))
        } == .damaged)
    }
    var giant = try ImageEncoder.png(Samples.quarters(8, 8))
    giant.replaceSubrange(16..<24, with: [0, 0, 0x40, 0, 0, 0, 0x40, 0])
    let refusal = error { () throws(ImagingError) in try PixelDecoder.decode(bytes: giant) }
    #expect(refusal?.code == .tooLarge)
    #expect(refusal?.message.contains("16384x16384") == true)
  }

  @Test("damaged bytes never decode to another size than their header says")
  func fuzz() throws {
    let seeds = [
      try ImageEncoder.jpeg(Samples.quarters(40, 30)),
      try ImageEncoder.png(Samples.quarters(40, 30)),
    ]
    var random = SplitMix(state: 11)
    for seed in seeds {
      for _ in 0..<300 {
        var bytes = seed
        for _ in 0..<3 {
          bytes[.random(in: 8..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        guard let header = ImageHeader.read(bytes), header.width * header.height < 1_000_000,
          let decoded = try? PixelDecoder.decode(bytes: bytes)
        else { continue }
        #expect(max(decoded.width, decoded.height) == max(header.width, header.height))
      }
    }
  }

  private func noise(_ width: Int, _ height: Int) throws -> [UInt8] {
    var random = SplitMix(state: 3)
    let bytes = (0..<width * height).flatMap { _ in
      let bits = random.next()
      return [UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255), 255]
    }
    return try ImageEncoder.jpeg(Pixels(width: width, height: height, bytes: bytes), quality: 95)
  }

  private func error(_ body: () throws(ImagingError) -> Pixels) -> ImagingError? {
    do throws(ImagingError) {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  private func code(_ body: () throws(ImagingError) -> Pixels) -> ImagingError.Code? {
    error(body)?.code
  }
}
