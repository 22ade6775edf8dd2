import Imaging
import Testing

@Suite("Drawing")
struct DrawingTests {
  @Test("colours arrive as they were named")
  func colors() throws {
    let drawing = try Drawing(width: 20, height: 10, background: RGBColor(0x336699))
    drawing.fill(
      .rectangle(Rectangle(x: 0, y: 0, width: 10, height: 10)), .color(RGBColor(0xFF8000)))
    let pixels = try drawing.pixels()
    #expect(pixels[5, 5] == RGBColor(0xFF8000))
    #expect(pixels[15, 5] == RGBColor(0x336699))
    #expect(pixels.isOpaque)
  }

  @Test("half transparent paint mixes, and an empty drawing stays transparent")
  func transparency() throws {
    let drawing = try Drawing(width: 4, height: 4)
    drawing.fill(
      .rectangle(Rectangle(x: 0, y: 0, width: 2, height: 4)),
      .color(RGBColor(0x0000FF).opacity(0.5)))
    let pixels = try drawing.pixels()
    #expect(Samples.isClose(pixels[0, 0], Samples.blue, 0.01))
    #expect(abs(pixels[0, 0].alpha - 0.5) < 0.01)
    #expect(pixels[3, 3].alpha == 0)
    // The same picture goes in again unchanged.
    #expect(try Drawing(pixels).pixels() == pixels)
  }

  @Test("a gradient runs from its first colour to its last")
  func gradient() throws {
    let drawing = try Drawing(width: 3, height: 100, background: Samples.white)
    drawing.fill(.vertical(0, Samples.red, 100, Samples.blue))
    let pixels = try drawing.pixels()
    #expect(Samples.isClose(pixels[1, 0], Samples.red))
    #expect(Samples.isClose(pixels[1, 50], RGBColor(0x800080)))
    #expect(Samples.isClose(pixels[1, 99], Samples.blue))
  }

  @Test("blends do what their names say")
  func blends() throws {
    func blended(_ blend: Blend) throws -> RGBColor {
      let drawing = try Drawing(width: 1, height: 1, background: RGBColor(0x804020))
      drawing.fill(.color(RGBColor(0x8080FF)), blend: blend)
      return try drawing.pixels()[0, 0]
    }
    #expect(Samples.isClose(try blended(.multiply), RGBColor(0x402020), 0.01))
    #expect(Samples.isClose(try blended(.add), RGBColor(0xFFC0FF), 0.01))
    #expect(try blended(.screen).luminance > RGBColor(0x804020).luminance)
  }

  @Test("a layer is stretched into its rectangle and cut by the outline")
  func layers() throws {
    let layer = try Drawing(Samples.quarters(8, 8))
    let drawing = try Drawing(width: 100, height: 100, background: RGBColor(0))
    drawing.draw(
      layer, in: Rectangle(x: 20, y: 20, width: 60, height: 60),
      clip: .circle(Point(50, 50), radius: 30))
    let pixels = try drawing.pixels()
    #expect(Samples.isClose(pixels[38, 38], Samples.red))
    #expect(Samples.isClose(pixels[62, 62], Samples.white))
    #expect(pixels[22, 22] == RGBColor(0))
    #expect(pixels[5, 50] == RGBColor(0))
  }

  @Test("a placement turns, scales and mirrors")
  func placement() throws {
    let bar = Path.rectangle(Rectangle(x: 0, y: -1, width: 10, height: 2))
    let drawing = try Drawing(width: 60, height: 60, background: RGBColor(0))
    drawing.fill(bar, .color(Samples.red), at: Placement(Point(30, 30), scale: 2, turns: 0.25))
    drawing.fill(bar, .color(Samples.green), at: Placement(Point(30, 30), isMirrored: true))
    let pixels = try drawing.pixels()
    #expect(pixels[30, 48] == Samples.red)
    #expect(pixels[22, 30] == Samples.green)
    #expect(pixels[38, 30] == RGBColor(0))
  }

  @Test("text ends where it was told to")
  func text() throws {
    let drawing = try Drawing(width: 200, height: 40, background: RGBColor(0))
    drawing.text("AI generated", endingAt: Point(190, 30), size: 20, Samples.white)
    let width = drawing.textWidth("AI generated", size: 20)
    let pixels = try drawing.pixels()
    func ink(_ columns: Range<Int>) -> Int {
      columns.reduce(0) { sum, x in
        sum + (0..<40).count { pixels[x, $0].luminance > 0.5 }
      }
    }
    #expect(width > 80 && width < 180)
    #expect(ink(190 - Int(width)..<190) > 100)
    #expect(ink(192..<200) == 0)
    #expect(ink(0..<188 - Int(width)) == 0)
  }

  @Test("sizes that make no sense are refused", arguments: [(0, 5), (5, -1), (40_000, 2)])
  func sizes(width: Int, height: Int) {
    #expect(throws: ImagingError.self) {
      _ = try Drawing(width: width, height: height).pixels()
    }
  }
}
