import Imaging

/// The colours of a picture, from the sky down to what stands nearest.
struct Palette: Equatable {
  var zenith: RGBColor
  var sky: RGBColor
  var horizon: RGBColor
  /// Sun, moon and lamps.
  var light: RGBColor
  /// Land at the horizon, pale with distance.
  var far: RGBColor
  /// What stands nearest.
  var near: RGBColor
  /// Lanterns, blossoms, signs: the one colour that stands out.
  var accent: RGBColor
  /// Whether lamps are lit and stars are seen.
  var isDark: Bool

  init(
    _ zenith: UInt32, _ sky: UInt32, _ horizon: UInt32, light: UInt32, far: UInt32, near: UInt32,
    accent: UInt32, isDark: Bool = false
  ) {
    self.zenith = RGBColor(zenith)
    self.sky = RGBColor(sky)
    self.horizon = RGBColor(horizon)
    self.light = RGBColor(light)
    self.far = RGBColor(far)
    self.near = RGBColor(near)
    self.accent = RGBColor(accent)
    self.isDark = isDark
  }

  /// Land at a depth: zero is the horizon, one is nearest.
  func land(_ depth: Double) -> RGBColor { far.mixed(near, depth) }

  /// Every colour but the accent, changed.
  func mapped(_ change: (RGBColor) -> RGBColor) -> Palette {
    var palette = self
    for part in [\Palette.zenith, \.sky, \.horizon, \.light, \.far, \.near] {
      palette[keyPath: part] = change(self[keyPath: part])
    }
    return palette
  }
}

extension Palette {
  static let day = Palette(
    0x2E76B8, 0x86C1E4, 0xEDF3E6, light: 0xFFF9E3, far: 0xA6C6D2, near: 0x1F4A4C, accent: 0xEF8E36)
  static let dawn = Palette(
    0x3E5C91, 0xD497B0, 0xFFDDB8, light: 0xFFF3D8, far: 0xD8AAB4, near: 0x33284A, accent: 0xFF7B5C)
  static let sunset = Palette(
    0x2A1B52, 0xBB3F70, 0xFFA55C, light: 0xFFE7AE, far: 0xCB6470, near: 0x1D1130, accent: 0xFFC453)
  static let night = Palette(
    0x040A1E, 0x0E2149, 0x355487, light: 0xF6F2DD, far: 0x2B4673, near: 0x050A18, accent: 0xFFB55E,
    isDark: true)
  static let fog = Palette(
    0x93A2AB, 0xB9C3C5, 0xE2DFD5, light: 0xFFF4E0, far: 0xC4CBCB, near: 0x2E3B44, accent: 0xCF4A35)
  static let neon = Palette(
    0x12072E, 0x4C1670, 0xD12C86, light: 0xFF9EDB, far: 0x6A1B6E, near: 0x07031A, accent: 0x1DE9F5,
    isDark: true)
  static let snow = Palette(
    0x6D8FB3, 0xB5CCE0, 0xF3EEEA, light: 0xFFF8EC, far: 0xC7D6E4, near: 0x3A5068, accent: 0xC8413B)
  static let rain = Palette(
    0x36444F, 0x66767F, 0xA8B4B2, light: 0xE6E8DA, far: 0x8496A0, near: 0x17222C, accent: 0xF2B24C)
  static let ink = Palette(
    0xD9D3C3, 0xE8E2D2, 0xF6F0E2, light: 0xFFFBF0, far: 0xC3C0B6, near: 0x24231F, accent: 0xB8322A)
  static let desert = Palette(
    0x47789C, 0xE6BE92, 0xF9DFB4, light: 0xFFF6DC, far: 0xDDAE7E, near: 0x7A3B2E, accent: 0x2D7F86)
  static let spring = Palette(
    0x8FC3DF, 0xD3E5E6, 0xFBE3E4, light: 0xFFF9EF, far: 0xBFD8B8, near: 0x3F6B4B, accent: 0xF38FB0)
  static let summer = Palette(
    0x1B72C0, 0x63B8E8, 0xE4F5E6, light: 0xFFF6C9, far: 0x8EC7A6, near: 0x0E5236, accent: 0xFFC533)
  static let autumn = Palette(
    0x6D88A0, 0xE5BE98, 0xFBE0B4, light: 0xFFF1CF, far: 0xD99B62, near: 0x5A2A1B, accent: 0xE2561F)
  static let winter = Palette(
    0x5E7FA8, 0xAFC6DC, 0xEFECEC, light: 0xFFF5E6, far: 0xC2D2E2, near: 0x33465F, accent: 0xB93A3E)
  static let space = Palette(
    0x02030C, 0x0A0E2A, 0x1D1B4A, light: 0xFFE9C2, far: 0x3B2A6B, near: 0x010208, accent: 0xFF9A4A,
    isDark: true)
  static let jade = Palette(
    0x0F4A4C, 0x4D9C8B, 0xE3E8BF, light: 0xFFF8D6, far: 0x86B79E, near: 0x0A2B2E, accent: 0xF0B44C)
  static let lavender = Palette(
    0x4B4A8C, 0x9F8FC9, 0xF3D6D9, light: 0xFFF4E2, far: 0xB3A3CE, near: 0x2B2552, accent: 0xFFCB6B)
  static let paper = Palette(
    0xEFE6D6, 0xF4ECDD, 0xF8F2E6, light: 0xFFFDF6, far: 0xD9C8AE, near: 0x20303C, accent: 0xDD4B34)

  /// What a prompt without any known colour or mood chooses from.
  static let all: [Palette] = [
    day, dawn, sunset, night, fog, desert, spring, summer, autumn, jade, lavender, ink,
  ]
}

extension Palette {
  /// Fog in the last light: dark enough for a lantern to glow.
  static let dusk = Palette(
    0x26353F, 0x526670, 0x9AA49D, light: 0xF3E6C8, far: 0x7C8C8E, near: 0x121B22, accent: 0xE2482F,
    isDark: false)

  /// The palette seen through the air of another.
  func hazy(_ air: Palette, _ amount: Double) -> Palette {
    var palette = self
    palette.zenith = zenith.mixed(air.zenith, amount)
    palette.sky = sky.mixed(air.sky, amount)
    palette.horizon = horizon.mixed(air.horizon, amount)
    palette.far = far.mixed(air.far, amount)
    palette.near = near.mixed(air.near, amount * 0.5)
    return palette
  }
}
