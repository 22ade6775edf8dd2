import FoundationEssentials
import Imaging
import TestSupport
import Testing

@Suite("Small views of picture files")
struct PreviewTests {
  /// Squares of black and white, so many across and down.
  private static func checker(_ width: Int, _ height: Int, squares: (Int, Int)) -> Pixels {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * height * 4)
    for y in 0..<height {
      for x in 0..<width {
        let value: UInt8 =
          (x * squares.0 / width + y * squares.1 / height).isMultiple(of: 2) ? 0 : 255
        bytes += [value, value, value, 255]
      }
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }

  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func file(_ bytes: [UInt8]) throws -> String {
    let path = directory.path("picture")
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func brightness(_ color: SymbolColor?) throws -> Int {
    guard case .rgb(_, let green, _) = color else { throw TestFailure("no colour") }
    return Int(green)
  }

  @Test("a checker of cells is one of cells, in an eighth of the pixels")
  func cells() throws {
    let preview = SymbolPreview(columns: 40, rows: 20, colors: .truecolor, shapes: .quadrants)
    let picture = try preview.render(
      file: file(ImageEncoder.jpeg(Self.checker(1280, 1280, squares: (40, 20)))))
    #expect(picture.columns == 40 && picture.rows == 20)
    for row in 0..<20 {
      for column in 0..<40 {
        let cell = picture[column, row]
        let shown = try brightness(cell.character == " " ? cell.background : cell.foreground)
        #expect((row + column).isMultiple(of: 2) ? shown < 64 : shown > 192)
      }
    }
  }

  @Test("a checker of half cells has both colours in every cell, however few pixels are decoded")
  func halves() throws {
    let preview = SymbolPreview(columns: 40, rows: 20, colors: .truecolor, shapes: .quadrants)
    // An eighth has the 120 pixels that are wanted, in step with the cells and out of it.
    for side in [960, 1000, 1304] {
      let picture = try preview.render(
        file: file(ImageEncoder.jpeg(Self.checker(side, side, squares: (80, 40)))))
      var clear = 0
      for cell in picture.cells {
        let both = try [brightness(cell.foreground), brightness(cell.background)].sorted()
        if both[0] < 100, both[1] > 155 { clear += 1 }
      }
      #expect(clear > picture.cells.count * 9 / 10)
    }
  }

  @Test(
    "a JPEG comes at the smallest part that has as many pixels as are wanted, others just as small")
  func sizes() throws {
    let jpeg = try ImageEncoder.jpeg(Samples.quarters(1001, 500))
    for (side, size) in [(1, (126, 63)), (126, (126, 63)), (127, (251, 125)), (500, (501, 250))] {
      let pixels = try PixelDecoder.preview(file: file(jpeg)) { _ in side }
      #expect((pixels.width, pixels.height) == size)
    }
    for side in [502, 1001, 9000] {
      #expect(try PixelDecoder.preview(file: file(jpeg)) { _ in side }.width == 1001)
    }
    let png = try ImageEncoder.png(Samples.quarters(1000, 500))
    let small = try PixelDecoder.preview(file: file(png)) { _ in 100 }
    #expect((small.width, small.height) == (100, 50))
  }

  @Test("a picture lying on its side has enough pixels too")
  func turned() throws {
    let wide = Samples.oriented(
      try ImageEncoder.jpeg(Self.checker(1600, 400, squares: (80, 40))), 6)
    let preview = SymbolPreview(columns: 10, rows: 40, colors: .truecolor, shapes: .quadrants)
    let picture = try preview.render(file: file(wide))
    #expect(picture.columns == 10 && picture.rows == 20)
  }

  @Test("what is not wanted any more is left between two pieces")
  func abandoned() throws {
    var random = SplitMix(state: 7)
    let noise = (0..<900 * 900).flatMap { _ in
      let bits = random.next()
      return [UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255), 255]
    }
    let path = try file(
      ImageEncoder.jpeg(Pixels(width: 900, height: 900, bytes: noise), quality: 98))
    var asked = 0
    let refusal = #expect(throws: ImagingError.self) {
      try PixelDecoder.preview(
        file: path,
        goesOn: {
          asked += 1
          return asked < 2
        }, side: { _ in 50 })
    }
    #expect(refusal?.code == .abandoned)
    #expect(asked == 2)
  }
}
