import Imaging

/// A colour that has a name.
struct ColorWord: Equatable {
  let turns: Double
  /// Against a full colour; zero is grey.
  let strength: Double
  /// Against the palette: below zero is darker.
  let lift: Double
  let terms: [String]

  static let all: [ColorWord] = [
    .init(
      turns: 0.075, strength: 1, lift: 0,
      terms: ["red", "crimson", "scarlet", "vermilion", "红", "赤"]),
    .init(turns: 0.15, strength: 1, lift: 0.02, terms: ["orange", "橙", "橘"]),
    .init(turns: 0.205, strength: 0.95, lift: 0.03, terms: ["gold", "golden", "amber", "金色", "金"]),
    .init(turns: 0.29, strength: 0.9, lift: 0.06, terms: ["yellow", "lemon", "黄"]),
    .init(turns: 0.40, strength: 0.9, lift: 0, terms: ["green", "emerald", "mint", "绿", "翠"]),
    .init(
      turns: 0.51, strength: 0.8, lift: 0,
      terms: ["teal", "turquoise", "cyan", "aqua", "jade", "青"]),
    .init(turns: 0.72, strength: 1, lift: 0, terms: ["blue", "azure", "cobalt", "navy", "蓝"]),
    .init(
      turns: 0.83, strength: 0.95, lift: -0.02,
      terms: ["purple", "violet", "indigo", "lavender", "紫"]),
    .init(turns: 0.98, strength: 0.9, lift: 0.05, terms: ["pink", "magenta", "rose", "粉"]),
    .init(
      turns: 0.17, strength: 0.45, lift: -0.08,
      terms: ["brown", "sepia", "coffee", "chocolate", "棕", "褐"]),
    .init(turns: 0.70, strength: 0.05, lift: 0.12, terms: ["white", "ivory", "白"]),
    .init(turns: 0.72, strength: 0.06, lift: 0, terms: ["grey", "gray", "silver", "灰", "银"]),
    .init(turns: 0.72, strength: 0.1, lift: -0.3, terms: ["black", "黑色", "墨色"]),
  ]

  static let deep = ["deep", "dark", "midnight", "深", "暗"]
  static let pale = ["pale", "light", "pastel", "soft", "浅", "淡"]

  /// A palette that keeps its lights and darks and takes this hue; far hues stay a little apart, so
  /// that it does not become one flat colour.
  func tinting(_ palette: Palette, lift extra: Double) -> Palette {
    let anchor = palette.sky.oklch.turns
    var tinted = palette.mapped { color in
      var value = color.oklch
      var offset = value.turns - anchor
      offset -= offset.rounded()
      value.turns = turns + offset * 0.16
      value.chroma = min(max(value.chroma, 0.07) * 1.25, 0.17) * strength
      value.lightness = min(max(value.lightness + lift + extra * value.lightness, 0.04), 0.98)
      return RGBColor(value)
    }
    tinted.light = palette.light.mixed(tinted.light, 0.35)
    return tinted
  }

  /// The colour itself, as a lantern or a blossom wears it.
  var accent: RGBColor {
    RGBColor(
      OKLCH(
        lightness: min(max(0.63 + lift * 1.6, 0.2), 0.95), chroma: 0.21 * strength, turns: turns))
  }
}
