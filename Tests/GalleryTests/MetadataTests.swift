import Gallery
import Imaging
import Posix
import Seedream
import Testing

@Suite struct MetadataTests {
  static let prompt = "雾 — \"red\" <lantern> & 🏮\nNegative prompt: none"
  static let line = "雾 — \"red\" <lantern> & 🏮 Negative prompt: none"
  static let values =
    "Steps: 1, Sampler: Seedream, Schedule type: API, Size: 48x32, Model: seedream-4-5-251128, "
    + "Version: Darkroom 0.1.0"

  /// What the gallery makes of the bytes.
  static func stored(_ received: [UInt8], prompt: String = prompt) throws -> [UInt8] {
    var file: [UInt8] = []
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let reference = StoredReference(
        sha256: String(repeating: "a", count: 64), format: .png, byteCount: 1,
        origin: "/home/private/me.png")
      let picture = try writer.store(
        origin("k7f2-1", prompt: prompt, references: [.stored(reference)]), bytes: received)
      file = try bytes(layout.path(relative: picture.path))
    }
    return file
  }

  @Test func aJPEGKeepsItsPictureDataAndTellsItsPrompt() throws {
    let received = try jpeg()
    let file = try Self.stored(received)
    let jfif = 20
    #expect(file.starts(with: received.prefix(jfif)))
    #expect(Array(file.suffix(received.count - jfif)) == Array(received.dropFirst(jfif)))
    #expect(
      try PixelDecoder.decode(bytes: file, fitting: nil)
        == PixelDecoder.decode(bytes: received, fitting: nil))
    #expect(ImageHeader.read(file) == ImageHeader.read(received))
    let segments = try jpegSegments(file)
    let exif = try #require(segments.first { $0.starts(with: Array("Exif\0\0".utf8)) })
    #expect(try userComment(Array(exif.dropFirst(6))) == Self.line + "\n" + Self.values)
    let name = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
    let xmp = try #require(segments.first { $0.starts(with: name) }).dropFirst(name.count)
    try expectLabelled(String(decoding: xmp, as: UTF8.self))
  }

  @Test func aPNGKeepsItsChunksAndTellsItsPrompt() throws {
    let received = try ImageEncoder.png(pattern())
    let file = try Self.stored(received)
    #expect(
      try PixelDecoder.decode(bytes: file, fitting: nil)
        == PixelDecoder.decode(bytes: received, fitting: nil))
    let chunks = try pngChunks(file)
    let original = try pngChunks(received)
    #expect(chunks.filter { $0.type != "iTXt" } == original)
    let texts = chunks.filter { $0.type == "iTXt" }.map {
      String(decoding: $0.content, as: UTF8.self)
    }
    #expect(texts.first == "parameters\0\0\0\0\0" + Self.line + "\n" + Self.values)
    let xmp = try #require(texts.first { $0.hasPrefix("XML:com.adobe.xmp\0\0\0\0\0") })
    try expectLabelled(xmp)
    #expect(texts.contains { $0.hasPrefix("darkroom\0\0\0\0\0{") })
    #expect(!texts.contains { $0.contains("/home/private") })
  }

  @Test func aSignedFileIsNotTouched() throws {
    let picture = try jpeg()
    let credentials: [UInt8] = [0xFF, 0xEB, 0x00, 0x08] + Array("JP\0\u{1}jb".utf8)
    let signed = picture.prefix(20) + credentials + picture.dropFirst(20)
    #expect(try Self.stored(Array(signed)) == Array(signed))
    let png = try ImageEncoder.png(pattern())
    let chunk: [UInt8] = [0, 0, 0, 0] + Array("caBX".utf8) + [0, 0, 0, 0]
    let signedPNG = Array(png.prefix(33) + chunk + png.dropFirst(33))
    #expect(try Self.stored(signedPNG) == signedPNG)
  }

  @Test func whatTheProviderEmbeddedStaysTheOnlyOne() throws {
    let once = try Self.stored(jpeg())
    #expect(try Self.stored(once, prompt: "another") == once)
    let png = try Self.stored(ImageEncoder.png(pattern()))
    #expect(try Self.stored(png, prompt: "another") == png)
  }

  @Test func aPromptTooLongForASegmentStillGivesAWholePicture() throws {
    let received = try jpeg()
    let file = try Self.stored(received, prompt: String(repeating: "雾 ", count: 40_000))
    #expect(
      try PixelDecoder.decode(bytes: file, fitting: nil)
        == PixelDecoder.decode(bytes: received, fitting: nil))
  }

  @Test func otherFormatsAreStoredAsTheyCame() throws {
    let gif: [UInt8] =
      Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
      + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]
    #expect(try Self.stored(gif) == gif)
  }

  private func expectLabelled(_ xmp: String) throws {
    #expect(
      xmp.contains("/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>"))
    #expect(xmp.contains("<Iptc4xmpExt:AISystemVersionUsed>seedream-4-5-251128<"))
    #expect(xmp.contains("AIPromptInformation>雾 — \"red\" &lt;lantern&gt; &amp; 🏮\nNegative"))
    #expect(!xmp.contains("/home/private"))
    let names = xmp.matches(of: /<(\/?)([A-Za-z0-9]+:[A-Za-z]+)[^>]*?(\/?)>/)
    var open: [Substring] = []
    for name in names where name.3.isEmpty {
      if name.1.isEmpty { open.append(name.2) } else { #expect(open.popLast() == name.2) }
    }
    #expect(open.isEmpty && names.count > 12)
  }
}
