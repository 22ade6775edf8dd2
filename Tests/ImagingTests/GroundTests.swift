import Imaging
import Testing

/// What a transparent picture is shown on.
@Suite struct GroundTests {
  private func picture(_ alpha: UInt8) -> Pixels {
    Pixels(
      width: 4, height: 2,
      bytes: (0..<8).flatMap { _ in [255, 0, 0, alpha] as [UInt8] })
  }

  @Test func squaresTakeTurnsBehindWhatIsTransparent() {
    let shown = picture(0).onCheckerboard(columns: 2, rows: 2)
    #expect(shown.isOpaque)
    func grey(_ x: Int, _ y: Int) -> UInt8 { shown.bytes[(y * 4 + x) * 4] }
    #expect(grey(0, 0) == grey(1, 0) && grey(2, 0) == grey(3, 0))
    #expect(grey(0, 0) != grey(2, 0) && grey(0, 0) == grey(2, 1))
  }

  @Test func whatIsHalfTransparentIsMixed() {
    let shown = picture(128).onCheckerboard(columns: 1, rows: 1)
    #expect(shown.isOpaque)
    #expect(shown[0, 0].red > 0.65 && shown[0, 0].green > 0.15 && shown[0, 0].green < 0.25)
  }

  @Test func anOpaquePictureIsLeftAsItIs() {
    #expect(picture(255).onCheckerboard(columns: 2, rows: 2) == picture(255))
  }
}
