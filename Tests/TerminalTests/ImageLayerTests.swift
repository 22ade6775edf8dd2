import Screen
import Testing

@testable import Terminal

/// Which pictures are drawn, and when.
struct ImageLayerTests {
  private let back = ImagePlacement(1, row: 2, column: 10, rows: 4, columns: 8)
  private let front = ImagePlacement(2, row: 4, column: 14, rows: 4, columns: 8)
  private let apart = ImagePlacement(3, row: 2, column: 40, rows: 4, columns: 8)

  @Test func whatStaysIsNotDrawnAgain() {
    var layer = ImageLayer()
    #expect(layer.take([back, front, apart], written: []) == [back, front, apart])
    #expect(layer.leaving(for: [back, front, apart]) == [])
    #expect(layer.take([back, front, apart], written: []) == [])
    #expect(layer.leaving(for: [apart]) == [back, front])
    #expect(
      layer.coming([front, ImagePlacement(4, row: 0, column: 0, rows: 1, columns: 1)]).count == 1)
  }

  @Test func whatIsMovedGoesAndComes() {
    var layer = ImageLayer()
    _ = layer.take([back], written: [])
    let moved = ImagePlacement(1, row: 3, column: 10, rows: 4, columns: 8)
    #expect(layer.leaving(for: [moved]) == [back])
    #expect(layer.coming([moved]) == [moved])
    #expect(layer.take([moved], written: []) == [moved])
  }

  @Test(arguments: [
    (1, 0...79, false), (2, 0...9, false), (2, 18...79, false), (6, 10...17, false),
    (2, 0...10, true), (5, 17...17, true), (3, 12...13, true),
  ])
  func whatIsWrittenOverIsDrawnAgain(row: Int, columns: ClosedRange<Int>, isHit: Bool) {
    var layer = ImageLayer()
    _ = layer.take([back], written: [])
    let drawn = layer.take([back], written: [RowSpan(row: row, columns: columns)])
    #expect(drawn == (isHit ? [back] : []))
  }

  @Test func whatIsInFrontOfOneDrawnAgainIsTooAndNothingBehindIt() {
    var layer = ImageLayer()
    _ = layer.take([back, front, apart], written: [])
    let overBack = RowSpan(row: 2, columns: 10...10)
    #expect(layer.take([back, front, apart], written: [overBack]) == [back, front])
    let overFront = RowSpan(row: 7, columns: 21...21)
    #expect(layer.take([back, front, apart], written: [overFront]) == [front])
  }

  @Test func anotherOrderIsDrawnFromTheBack() {
    var layer = ImageLayer()
    _ = layer.take([back, front, apart], written: [])
    #expect(layer.take([front, back, apart], written: []) == [back])
    // Where they do not meet, the order says nothing.
    #expect(layer.take([apart, front, back], written: []) == [])
  }

  @Test func onlyWhatIsOnTheScreenInWholeIsVisible() {
    let size = Size(rows: 8, columns: 22)
    #expect(ImageLayer.visible([back, front, apart, back], on: size) == [back, front])
    let empty = ImagePlacement(4, row: 0, column: 0, rows: 0, columns: 3)
    let above = ImagePlacement(5, row: -1, column: 0, rows: 3, columns: 3)
    #expect(ImageLayer.visible([empty, above], on: size) == [])
  }

  @Test func whatIsForgottenIsDrawnAnew() {
    var layer = ImageLayer()
    _ = layer.take([back], written: [])
    layer.forget()
    #expect(layer.leaving(for: []) == [])
    #expect(layer.take([back], written: []) == [back])
  }
}
