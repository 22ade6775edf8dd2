import Glibc
import Screen

/// Maps colours to what a terminal has: none, 8, 16, 256, or all of them by value.
struct ColorQuantizer: Sendable {
  enum Depth: Equatable, Sendable {
    case none
    case eight
    case sixteen
    case palette
    /// ncurses numbers colours by their value, and the first eight by name.
    case direct
  }

  let depth: Depth
  private var nearest: [UInt32: UInt8] = [:]

  /// - Parameter count: the colours of the terminal type (terminfo `colors`).
  init(count: Int) {
    depth =
      switch count {
      case 0x100_0000...: .direct
      case 256...: .palette
      case 16...: .sixteen
      case 8...: .eight
      default: .none
      }
  }

  /// The number ncurses knows a colour by; -1 is the terminal's own.
  mutating func number(_ color: Color) -> Int32 {
    switch (color, depth) {
    case (.standard, _), (_, .none): -1
    case (.palette(let index), .direct):
      index < 8 ? Int32(index) : Int32(max(8, XtermPalette.value(of: index)))
    case (.rgb(let red, let green, let blue), .direct):
      Int32(max(8, UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)))
    case (.palette(let index), .palette): Int32(index)
    case (.palette(let index), .sixteen) where index < 16: Int32(index)
    // Of eight colours none is a grey: black is unseen on a dark background, white on a light one.
    case (.palette(8), .eight), (.palette(232...), .eight): -1
    case (.palette(let index), .eight) where index < 16: Int32(index & 7)
    case (.palette(let index), _): closest(to: XtermPalette.value(of: index))
    case (.rgb(let red, let green, let blue), _):
      closest(to: UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
    }
  }

  /// The colour the terminal has for it.
  mutating func available(_ color: Color) -> Color {
    let number = number(color)
    if let index = UInt8(exactly: number), depth != .direct || index < 8 { return .palette(index) }
    guard number >= 0 else { return .standard }
    return .rgb(
      UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255))
  }

  private mutating func closest(to value: UInt32) -> Int32 {
    if let known = nearest[value] { return Int32(known) }
    let candidates: XtermPalette.Shades =
      switch depth {
      case .eight: .eight
      case .sixteen: .sixteen
      default: .fixed
      }
    let found = candidates.closest(to: PerceivedColor(value))
    if nearest.count >= 16_384 { nearest = [:] }
    nearest[value] = found
    return Int32(found)
  }
}

/// The palette of xterm: sixteen named colours, a 6×6×6 cube, 24 greys (256colres.h, XTerm-col.ad).
enum XtermPalette {
  /// Eight bits each of red, green and blue.
  static func value(of index: UInt8) -> UInt32 {
    switch index {
    case 0..<16: return named[Int(index)]
    case 16..<232:
      let cube = UInt32(index) - 16
      return level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6)
    default:
      return (8 + 10 * (UInt32(index) - 232)) * 0x010101
    }
  }

  /// Colours of the palette in the order of their lightness, so that few of them are looked at for the closest.
  struct Shades: Sendable {
    static let eight = Shades(0...7)
    static let sixteen = Shades(0...15)
    /// The first sixteen are the user's own and may be any colour.
    static let fixed = Shades(16...255)

    private let shades: [(index: UInt8, color: PerceivedColor)]

    private init(_ indices: ClosedRange<UInt8>) {
      shades = indices.map { ($0, PerceivedColor(value(of: $0))) }
        .sorted { $0.color.lightness < $1.color.lightness }
    }

    /// The number of the closest, the lower one where two are as close.
    func closest(to wanted: PerceivedColor) -> UInt8 {
      var (found, least) = (UInt8.max, Double.infinity)
      func look(at position: Int) -> Bool {
        let (index, color) = shades[position]
        let light = color.lightness - wanted.lightness
        // What differs more in lightness alone is farther, and so is all behind it.
        guard light * light <= least else { return false }
        let distance = color.distance(to: wanted)
        if distance < least || distance == least && index < found {
          (found, least) = (index, distance)
        }
        return true
      }
      var (low, high) = (0, shades.count)
      while low < high {
        let middle = (low + high) / 2
        if shades[middle].color.lightness < wanted.lightness {
          low = middle + 1
        } else {
          high = middle
        }
      }
      var (below, above) = (low - 1, low)
      while below >= 0 || above < shades.count {
        below = below >= 0 && look(at: below) ? below - 1 : -1
        above = above < shades.count && look(at: above) ? above + 1 : shades.count
      }
      return found
    }
  }

  private static let named: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  private static func level(_ step: UInt32) -> UInt32 { step == 0 ? 0 : 55 + 40 * step }
}

/// A colour in Oklab (Ottosson 2020), where distances are about what eyes see.
struct PerceivedColor: Sendable {
  let lightness: Double
  private let greenRed: Double
  private let blueYellow: Double
  /// How far from grey.
  private let chroma: Double

  init(_ value: UInt32) {
    let red = Self.linear(value >> 16)
    let green = Self.linear(value >> 8)
    let blue = Self.linear(value)
    let long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    greenRed = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blueYellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    chroma = (greenRed * greenRed + blueYellow * blueYellow).squareRoot()
  }

  /// What lies apart in hue counts most: grey stands for a dark colour better than another hue does.
  func distance(to other: PerceivedColor) -> Double {
    let light = lightness - other.lightness
    let red = greenRed - other.greenRed
    let yellow = blueYellow - other.blueYellow
    let chroma = self.chroma - other.chroma
    let hue = max(0, red * red + yellow * yellow - chroma * chroma)
    return light * light + chroma * chroma + 4 * hue
  }

  private static func linear(_ value: UInt32) -> Double { linear[Int(value & 0xFF)] }

  private static let linear: [Double] = (0...255).map {
    let channel = Double($0) / 255
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
  }
}
