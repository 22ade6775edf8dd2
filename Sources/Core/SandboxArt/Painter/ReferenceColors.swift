import Imaging

/// The colours of a picture, ordered, as a palette can take them up.
struct ReferenceColors {
  private let dark: RGBColor
  private let middle: RGBColor
  private let pale: RGBColor
  private let vivid: RGBColor

  init(_ picture: Pixels) throws(ImagingError) {
    // The picture in 64 pixels: each one is the mean of what it covers.
    let tiny = try Drawing(picture).resized(width: 8, height: 8).pixels()
    let colors = (0..<64).map { tiny[$0 % 8, $0 / 8].opacity(1) }
      .sorted { $0.luminance < $1.luminance }
    dark = Self.mean(colors.prefix(12))
    middle = Self.mean(colors[22..<42])
    pale = Self.mean(colors.suffix(12))
    vivid = colors.max { $0.oklch.chroma < $1.oklch.chroma } ?? middle
  }

  /// A palette that shows where its colours come from, and keeps its own lights and darks.
  func tinting(_ palette: Palette) -> Palette {
    var tinted = palette
    func take(_ part: WritableKeyPath<Palette, RGBColor>, _ color: RGBColor, _ amount: Double) {
      tinted[keyPath: part] = palette[keyPath: part].mixed(color, amount)
    }
    take(\.zenith, middle.mixed(dark, 0.4), 0.6)
    take(\.sky, middle, 0.65)
    take(\.horizon, pale, 0.6)
    take(\.far, middle.mixed(pale, 0.4), 0.6)
    take(\.near, dark.mixed(RGBColor(0), 0.45), 0.6)
    take(\.accent, vivid, 0.6)
    return tinted
  }

  private static func mean(_ colors: ArraySlice<RGBColor>) -> RGBColor {
    let share = 1 / Double(max(colors.count, 1))
    return colors.reduce(RGBColor(0)) { sum, color in
      RGBColor(
        red: sum.red + color.red * share, green: sum.green + color.green * share,
        blue: sum.blue + color.blue * share)
    }
  }
}
