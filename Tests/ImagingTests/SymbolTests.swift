import Imaging
import Testing

@Suite("Pictures as characters")
struct SymbolTests {
  private func cell(_ picture: SymbolPicture, _ color: SymbolColor) -> [SymbolCell] {
    picture.cells.filter { $0.background == color || $0.foreground == color }
  }

  @Test("each quarter of a picture shows in its colour")
  func truecolor() {
    let picture = SymbolRenderer.render(
      Samples.quarters(64, 64), columns: 16, rows: 8, colors: .truecolor)
    #expect(picture.columns == 16 && picture.rows == 8 && picture.cells.count == 128)
    #expect(cell(picture, .rgb(red: 255, green: 0, blue: 0)).count >= 24)
    #expect(cell(picture, .rgb(red: 0, green: 0, blue: 255)).count >= 24)
    #expect(shown(picture[1, 1]) == .rgb(red: 255, green: 0, blue: 0))
    #expect(shown(picture[14, 1]) == .rgb(red: 0, green: 255, blue: 0))
    #expect(shown(picture[1, 6]) == .rgb(red: 0, green: 0, blue: 255))
  }

  /// What colour a cell of one colour has: a space shows its background, a full block its front.
  private func shown(_ cell: SymbolCell) -> SymbolColor? {
    cell.character == " " ? cell.background : cell.foreground
  }

  @Test("the palette of 256 leaves the theme's own colours alone")
  func palette256() {
    let picture = SymbolRenderer.render(
      Samples.quarters(64, 64), columns: 16, rows: 8, colors: .palette256)
    for case .index(let index)? in picture.cells.flatMap({ [$0.foreground, $0.background] }) {
      #expect(index >= 16)
    }
    #expect(shown(picture[1, 1]) == .index(196))
    #expect(shown(picture[1, 6]) == .index(21))
  }

  @Test("the palette of 16 uses only it")
  func palette16() {
    let picture = SymbolRenderer.render(
      Samples.quarters(64, 64), columns: 16, rows: 8, colors: .palette16)
    for case .index(let index)? in picture.cells.flatMap({ [$0.foreground, $0.background] }) {
      #expect(index < 16)
    }
    #expect(shown(picture[1, 1]) == .index(9))
  }

  @Test("without colours the shapes remain")
  func noColors() {
    let picture = SymbolRenderer.render(
      Samples.quarters(64, 64), columns: 16, rows: 8, colors: .none)
    #expect(picture.cells.allSatisfy { $0.foreground == nil && $0.background == nil })
    #expect(Set(picture.cells.map(\.character)).count > 1)
    #expect(picture[14, 6].character != picture[1, 6].character)
  }

  @Test("only characters that the chosen shapes name are used")
  func shapes() throws {
    let noisy = diagonal(200)
    func characters(_ shapes: SymbolShapes) -> Set<UInt32> {
      let picture = SymbolRenderer.render(
        noisy, columns: 60, rows: 30, colors: .truecolor, shapes: shapes)
      return Set(picture.cells.flatMap { $0.character.unicodeScalars.map(\.value) })
    }
    let blocks = Set<UInt32>(0x2580...0x259F).union([0x20, 0xA0])
    #expect(characters(.quadrants).isSubset(of: blocks))
    #expect(characters(.sextants).isSubset(of: blocks.union(0x1FB00...0x1FB3B)))
    #expect(!characters(.sextants).isDisjoint(with: 0x1FB00...0x1FB3B))
    #expect(characters(.ascii).isSubset(of: 0x20...0x7E))
  }

  private func diagonal(_ side: Int) -> Pixels {
    var bytes: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let value = UInt8((x * 3 + y * 7) % 97 < 40 ? 255 : 0)
        bytes += [value, value, 255 - value, 255]
      }
    }
    return Pixels(width: side, height: side, bytes: bytes)
  }

  @Test("the shape of the picture is kept, whatever the room")
  func aspect() {
    let wide = Samples.quarters(400, 100)
    #expect(SymbolRenderer.fitted(wide, columns: 80, rows: 40) == (80, 10))
    #expect(SymbolRenderer.fitted(wide, columns: 80, rows: 5) == (40, 5))
    #expect(SymbolRenderer.fitted(wide, columns: 80, rows: 40, cellAspect: 1) == (80, 20))
    #expect(SymbolRenderer.fitted(wide, columns: 0, rows: -3) == (1, 1))
    let huge = SymbolRenderer.fitted(wide, columns: .max, rows: .max)
    #expect(huge.columns == SymbolRenderer.maximumSide)
  }

  @Test("a picture of one pixel and a room of one cell")
  func tiny() {
    let dot = Pixels(width: 1, height: 1, bytes: [10, 200, 30, 255])
    let picture = SymbolRenderer.render(dot, columns: 1, rows: 1, colors: .truecolor)
    #expect(picture.cells.count == 1)
    #expect(shown(picture[0, 0]) == .rgb(red: 10, green: 200, blue: 30))
  }
}
