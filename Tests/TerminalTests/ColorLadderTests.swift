import Screen
import Testing

@testable import Terminal

struct ColorLadderTests {
  @Test func everyColorOfThePaletteIsItsOwnNearest() {
    var ladder = ColorLadder(count: 256)
    for index in UInt8(16)...255 {
      let value = XtermPalette.value(of: index)
      let color = Color.rgb(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255))
      let found = ladder.number(color)
      #expect(XtermPalette.value(of: UInt8(found)) == value)
    }
  }

  @Test func theUsersOwnSixteenAreNeverGuessedFor() {
    var ladder = ColorLadder(count: 256)
    #expect(ladder.number(.rgb(205, 0, 0)) >= 16)
    #expect(ladder.number(.palette(3)) == 3)
  }

  @Test func darkPanelsStayApart() {
    var ladder = ColorLadder(count: 256)
    let shades: [UInt8] = [0x10, 0x1C, 0x26, 0x30]
    #expect(Set(shades.map { ladder.number(.rgb($0, $0, $0)) }).count == shades.count)
  }

  @Test func fewerColorsStillTellRedFromBlueAndNothingVanishes() {
    var eight = ColorLadder(count: 8)
    #expect(eight.number(.rgb(230, 20, 20)) == 1)
    #expect(eight.number(.palette(21)) == 4)
    #expect(eight.number(.palette(8)) != 0)
    var none = ColorLadder(count: 0)
    #expect(none.number(.rgb(230, 20, 20)) == -1)
  }

  @Test func directColorsAreGivenByValue() {
    var ladder = ColorLadder(count: 1 << 24)
    #expect(ladder.number(.rgb(0x12, 0x34, 0x56)) == 0x123456)
    #expect(ladder.number(.palette(2)) == 2)
    #expect(ladder.number(.rgb(0, 0, 3)) == 8)  // Three would name yellow.
  }
}
