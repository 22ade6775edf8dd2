/// A colour of the sRGB space; every part runs from zero to one.
package struct RGBColor: Equatable, Sendable {
  package var red: Double
  package var green: Double
  package var blue: Double
  package var alpha: Double

  package init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// `0xRRGGBB`, as it is written in a style sheet.
  package init(_ rgb: UInt32, alpha: Double = 1) {
    self.init(
      red: Double(rgb >> 16 & 255) / 255, green: Double(rgb >> 8 & 255) / 255,
      blue: Double(rgb & 255) / 255, alpha: alpha)
  }

  /// The same colour, `alpha` opaque.
  package func opacity(_ alpha: Double) -> RGBColor {
    RGBColor(red: red, green: green, blue: blue, alpha: alpha)
  }

  /// The colour `amount` of the way to another: zero is this one, one the other.
  package func mixed(_ other: RGBColor, _ amount: Double) -> RGBColor {
    func part(_ from: Double, _ to: Double) -> Double { from + (to - from) * amount }
    return RGBColor(
      red: part(red, other.red), green: part(green, other.green), blue: part(blue, other.blue),
      alpha: part(alpha, other.alpha))
  }

  /// How bright it looks, zero to one: the luma weights of ITU-R BT.709.
  package var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}
