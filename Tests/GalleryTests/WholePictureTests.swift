import Imaging
import Posix
import Seedream
import Testing

@testable import Gallery

/// Bytes that arrived whole are filed, however they end and whether or not anything here can open them.
@Suite struct WholePictureTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var bytes: [UInt8]
    var ending: String
    var remark: String?

    var testDescription: String { name }
  }

  private static let padding = [UInt8](repeating: 0, count: 8 << 20)
  private static let film =
    Array("\0\0\0\u{18}ftypmp42\0\0\0\0mp42isom".utf8) + (0..<9000).map { UInt8($0 & 0xFF) }

  static let cases: [Case] = {
    guard let jpeg = try? GalleryTests.jpeg(), let other = try? GalleryTests.jpeg(shade: 99),
      let png = try? ImageEncoder.png(pattern())
    else { return [] }
    let early = "Its end is missing."
    let strange = "Its format is not recognised."
    var badSum = png
    badSum[badSum.count - 20] ^= 0xFF
    return [
      Case(name: "padded JPEG", bytes: jpeg + padding, ending: "jpg"),
      Case(name: "motion photo", bytes: jpeg + film, ending: "jpg"),
      Case(name: "two JPEGs", bytes: jpeg + other, ending: "jpg"),
      Case(name: "padded PNG", bytes: png + padding, ending: "png"),
      Case(name: "PNG and JPEG", bytes: png + jpeg, ending: "png"),
      Case(
        name: "JPEG without its last marker", bytes: jpeg.dropLast(2), ending: "jpg", remark: early),
      Case(
        name: "half a JPEG", bytes: Array(jpeg[..<(jpeg.count * 3 / 4)]), ending: "jpg",
        remark: early),
      Case(
        name: "half a JPEG and another", bytes: jpeg.dropLast(40) + other, ending: "jpg",
        remark: early),
      Case(
        name: "half a JPEG and padding", bytes: jpeg.dropLast(40) + padding, ending: "jpg",
        remark: early),
      Case(name: "PNG without IEND", bytes: png.dropLast(12), ending: "png", remark: early),
      Case(name: "half a PNG", bytes: Array(png[..<(png.count / 2)]), ending: "png", remark: early),
      Case(name: "PNG with a wrong sum", bytes: badSum, ending: "png"),
      Case(
        name: "the start of a JPEG", bytes: Array(jpeg[..<10]), ending: "jpg",
        remark: "Its size cannot be read. " + early),
      Case(
        name: "WebP that is cut", bytes: Array("RIFF\u{10}\0\0\0WEBPVP8L".utf8), ending: "webp",
        remark: "Its size cannot be read. " + early),
      Case(
        name: "AVIF",
        bytes: Array("\0\0\0\u{1C}ftypavif\0\0\0\0mif1avif".utf8) + padding.prefix(99),
        ending: "avif"),
      Case(name: "JPEG XL", bytes: [0xFF, 0x0A, 0xFA, 0x1F, 0x41], ending: "jxl"),
      Case(
        name: "SVG",
        bytes: Array(
          "\u{FEFF}<?xml version=\"1.0\"?><!-- no <html> -->\n<svg xmlns=\"x\"><path/></svg>".utf8),
        ending: "svg"),
      Case(name: "noise", bytes: [1, 2, 3], ending: "bin", remark: strange),
      Case(
        name: "something gzipped", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], ending: "bin",
        remark: strange),
    ]
  }()

  @Test(arguments: cases) func whatArrivedIsFiled(_ sample: Case) throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin("k7f2-1")
      let picture = try writer.store(origin, bytes: sample.bytes)
      #expect(picture.path.hasSuffix("." + sample.ending))
      #expect(picture.remark == sample.remark)
      let path = layout.path(relative: picture.path)
      let record = try BirthRecord(ofPicture: path)
      #expect(record.file.remark == sample.remark)
      #expect(record.origin == origin)
      // What arrived is all there, around what was embedded.
      let filed = try PictureReader(path: path)
      let inserted = EmbeddedMetadata.insertedRange(
        of: filed, at: path, try PictureCheck(filed, of: "it"))
      #expect(try filed.sha256(without: inserted ?? 0..<0) == record.file.receivedSHA256)
      #expect(filed.count - (inserted?.count ?? 0) == sample.bytes.count)
      // The same is found again without the index, and without the record.
      #expect(try writer.reindex().foundNothing)
      try FileSystem.remove(path + ".json")
      #expect(try writer.reindex().recordsWritten == [picture.path])
      let again = try GalleryAccess(layout).makeIndex().picture("k7f2-1")
      #expect(again.remark == sample.remark)
      #expect(again.width == picture.width)
    }
  }

  @Test(arguments: [
    "", "<!DOCTYPE html><html><svg></svg></html>", "{\"code\":\"AccessDenied\"}", "no such key\r\n",
    "<?xml version=\"1.0\"?><Error/>", "\u{FEFF}<html>",
  ])
  func aTextIsNoPicture(_ text: String) throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let error = galleryError { try writer.store(origin("k7f2-1"), bytes: Array(text.utf8)) }
      #expect(error?.code == .notAPicture)
    }
  }

  @Test func aTextInAnotherEncodingIsNoPictureEither() throws {
    let chinese: [UInt8] = Array("<html><title>".utf8) + [0xBE, 0xDC, 0xBE, 0xF8]
    #expect(TextBytes(chinese).isText)
    let wide: [UInt8] = "<html>".utf8.reduce(into: [0xFF, 0xFE]) { $0 += [$1, 0] }
    #expect(TextBytes(wide).isText)
  }

  @Test func aFileOfSomebodyElseIsNoPicture() throws {
    #expect(GalleryLayout.format(ofFile: "notes.bin") == nil)
    #expect(GalleryLayout.format(ofFile: "143205-k7f2-1-x.bin") == .unknown)
  }
}
