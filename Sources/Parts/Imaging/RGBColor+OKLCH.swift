import CCairo

/// A colour by how the eye orders it: Björn Ottosson's OKLab (2020) in polar form.
package struct OKLCH: Equatable, Sendable {
  /// Zero is black, one is white.
  package var lightness: Double
  /// Zero is grey; the strongest colours of a screen reach about 0.3.
  package var chroma: Double
  /// The hue; one is all the way round, red is 0.08, green 0.4, blue 0.73.
  package var turns: Double

  package init(lightness: Double, chroma: Double, turns: Double) {
    self.lightness = lightness
    self.chroma = chroma
    self.turns = turns
  }
}

extension RGBColor {
  /// The nearest colour a screen can show.
  package init(_ color: OKLCH, alpha: Double = 1) {
    let a = color.chroma * cos(color.turns * 2 * .pi)
    let b = color.chroma * sin(color.turns * 2 * .pi)
    func cubed(_ value: Double) -> Double { value * value * value }
    let long = cubed(color.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b)
    let medium = cubed(color.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b)
    let short = cubed(color.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b)
    self.init(
      red: Self.encoded(
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short),
      green: Self.encoded(
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short),
      blue: Self.encoded(
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short),
      alpha: alpha)
  }

  package var oklch: OKLCH {
    let (red, green, blue) = (Self.linear(red), Self.linear(green), Self.linear(blue))
    let long = cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue)
    let medium = cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue)
    let short = cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue)
    let a = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short
    let b = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short
    return OKLCH(
      lightness: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
      chroma: (a * a + b * b).squareRoot(), turns: atan2(b, a) / (2 * .pi))
  }

  /// The transfer functions of sRGB, IEC 61966-2-1.
  private static func encoded(_ value: Double) -> Double {
    let value = min(max(value, 0), 1)
    return value <= 0.003_130_8 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
  }

  private static func linear(_ value: Double) -> Double {
    value <= 0.040_45 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}
