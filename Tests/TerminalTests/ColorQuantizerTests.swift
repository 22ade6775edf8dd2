import Glibc
import Screen
import Testing

@testable import Terminal

struct ColorQuantizerTests {
  @Test func everyColorOfThePaletteIsItsOwnNearest() {
    var quantizer = ColorQuantizer(count: 256)
    for index in UInt8(16)...255 {
      let value = XtermPalette.value(of: index)
      let color = Color.rgb(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255))
      let found = quantizer.number(color)
      #expect(XtermPalette.value(of: UInt8(found)) == value)
    }
  }

  /// However few of them are looked at, none of the others is closer.
  @Test(arguments: [(8, UInt8(0)...7), (16, 0...15), (256, 16...255)])
  func noneOfTheOthersIsCloser(count: Int, candidates: ClosedRange<UInt8>) {
    var quantizer = ColorQuantizer(count: count)
    let palette = candidates.map { PerceivedColor(XtermPalette.value(of: $0)) }
    let levels = Array(stride(from: UInt8(0), through: 255, by: 17)) + [1, 7, 96, 134, 254]
    for red in levels {
      for green in levels {
        for blue in levels {
          let wanted = PerceivedColor(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
          let distances = palette.map { $0.distance(to: wanted) }
          let first = distances.indices.min { distances[$0] < distances[$1] }
          #expect(
            quantizer.number(.rgb(red, green, blue)) == Int32(first ?? 0)
              + Int32(candidates.lowerBound))
        }
      }
    }
  }

  @Test func theUsersOwnSixteenAreNeverGuessedFor() {
    var quantizer = ColorQuantizer(count: 256)
    #expect(quantizer.number(.rgb(205, 0, 0)) >= 16)
    #expect(quantizer.number(.palette(3)) == 3)
  }

  /// What is said has a contrast of 4.5 to 1 or more (WCAG 2.2, 1.4.3), in xterm's colours on its white.
  @Test func whatIsSaidCanBeReadOnALightBackground() {
    let light = Theme.suiting(red: .max, green: .max, blue: .max)
    for role in Role.allCases where role != .picture {
      guard case .palette(let index) = light[role].foreground else { continue }
      let value = XtermPalette.value(of: index)
      let channels = [16, 8, 0].map { Self.linear(Double(value >> $0 & 255) / 255) }
      let luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
      #expect(1.05 / (luminance + 0.05) >= 4.5, "\(role)")
    }
    #expect(Theme.suiting(red: 0x1616, green: 0x1616, blue: 0x1E1E) == .terminal)
  }

  private static func linear(_ channel: Double) -> Double {
    channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
  }

  @Test func darkPanelsStayApart() {
    var quantizer = ColorQuantizer(count: 256)
    let shades: [UInt8] = [0x10, 0x1C, 0x26, 0x30]
    #expect(Set(shades.map { quantizer.number(.rgb($0, $0, $0)) }).count == shades.count)
  }

  /// Dark pictures: the palette's darkest colours are far from black, and grey is better than another hue.
  @Test(arguments: Array(stride(from: 0, to: 360, by: 15)))
  func aDarkGradientKeepsItsHue(degrees: Int) {
    var quantizer = ColorQuantizer(count: 256)
    var spread = 0
    for brightness in 0...255 {
      let color = shade(hue: Double(degrees), Double(brightness))
      let value = XtermPalette.value(
        of: UInt8(quantizer.number(.rgb(color[0], color[1], color[2]))))
      let found = [value >> 16, value >> 8 & 255, value & 255].map(Int.init)
      spread = (found.max() ?? 0) - (found.min() ?? 0)
      if spread == 0 { continue }
      let apart = abs(hue(found) - hue(color.map(Int.init)))
      #expect(min(apart, 360 - apart) <= 50, "\(color) became \(found)")
    }
    #expect(spread > 0)
  }

  @Test func fewerColorsStillTellRedFromBlueAndNothingVanishes() {
    var eight = ColorQuantizer(count: 8)
    #expect(eight.number(.rgb(230, 20, 20)) == 1)
    #expect(eight.number(.palette(21)) == 4)
    // Seen on any background.
    #expect(eight.number(.palette(8)) == -1)
    #expect(eight.number(.palette(241)) == -1)
    #expect(eight.available(.rgb(230, 20, 20)) == .palette(1))
    var sixteen = ColorQuantizer(count: 16)
    #expect(sixteen.available(.rgb(250, 90, 90)) != sixteen.available(.rgb(90, 90, 250)))
    var none = ColorQuantizer(count: 0)
    #expect(none.number(.rgb(230, 20, 20)) == -1)
  }

  @Test func directColorsAreGivenByValue() {
    var quantizer = ColorQuantizer(count: 1 << 24)
    #expect(quantizer.number(.rgb(0x12, 0x34, 0x56)) == 0x123456)
    #expect(quantizer.number(.palette(2)) == 2)
    #expect(quantizer.number(.rgb(0, 0, 3)) == 8)  // Three would name yellow.
  }

  /// A colour of a hue in degrees, half saturated, as bright as its greatest channel.
  private func shade(hue: Double, _ brightness: Double) -> [UInt8] {
    [0.0, 240, 120].map { offset in
      let distance = abs((hue + offset).truncatingRemainder(dividingBy: 360) - 180) / 60
      let part = min(1, max(0, distance - 1))
      return UInt8(brightness * (0.5 + 0.5 * part))
    }
  }

  private func hue(_ color: [Int]) -> Double {
    let (red, green, blue) = (color[0], color[1], color[2])
    let most = max(red, green, blue)
    let spread = Double(most - min(red, green, blue))
    guard spread > 0 else { return 0 }
    let sector =
      most == red
      ? Double(green - blue) / spread
      : most == green ? 2 + Double(blue - red) / spread : 4 + Double(red - green) / spread
    return (sector * 60 + 360).truncatingRemainder(dividingBy: 360)
  }
}
