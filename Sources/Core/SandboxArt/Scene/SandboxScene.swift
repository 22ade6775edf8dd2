import Imaging

/// What a prompt says about a picture, as far as the sandbox understands it.
///
/// Words that are known choose; what they leave open is chosen by a hash of the prompt and the seed,
/// so that every prompt has a picture of its own, and always the same one.
struct SandboxScene: Equatable {
  /// All chance of the picture comes from here.
  let seed: UInt64
  var palette: Palette
  let ground: Ground
  let weather: Weather
  let mood: Mood?
  let motifs: [Motif]
  /// Motifs that the prompt names in the plural.
  let crowds: Set<Motif>
  /// Colours that the prompt gives to single motifs.
  let colors: [Motif: RGBColor]

  /// - Parameters:
  ///   - index: Which member of a set, counted from zero; members share their palette and differ in
  ///     their composition, or in their season when the prompt asks for the four of them.
  init(prompt: String, seed: Int, index: Int) {
    let words = PromptWords(prompt)
    let common = Chance.hash(prompt) ^ UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15
    var choice = Chance(common, "scene")
    self.seed = common ^ UInt64(truncatingIfNeeded: index) &* 0xD6E8_FEB8_6659_FD93

    let mood = Self.mood(words, index)
    let weather =
      Weather.allCases.min(by: words, \.terms)
      ?? (mood == .winter && words.contains(Mood.allSeasons) ? .snow : .clear)
    let named = Motif.allCases.filter { words.contains($0.terms) }
    let ground =
      Ground.allCases.min(by: words, \.terms)
      ?? choice.pick(named.flatMap(\.grounds).isEmpty ? Ground.common : named.flatMap(\.grounds))
    let colors = Self.colors(words, of: named)

    var palette = Self.palette(mood, weather, ground, named, words, &choice)
    if let (word, lift) = Self.tint(words, named) {
      palette = word.tinting(palette, lift: lift)
    }
    if let accent = colors.first?.1 { palette.accent = accent }

    self.mood = mood
    self.weather = weather
    self.ground = ground
    self.palette = palette
    self.colors = Dictionary(colors) { first, _ in first }
    crowds = Set(named.filter { words.isPlural($0.terms) })
    motifs =
      (named.isEmpty ? Self.company(ground, &choice) : named)
      + Self.season(mood, ground, named)
  }

  private static func mood(_ words: PromptWords, _ index: Int) -> Mood? {
    if words.contains(Mood.allSeasons) {
      return Mood.seasons[index % Mood.seasons.count]
    }
    return Mood.allCases.min(by: words, \.terms)
  }

  /// Colours that stand directly before a motif, by the motif.
  private static func colors(_ words: PromptWords, of motifs: [Motif]) -> [(Motif, RGBColor)] {
    motifs.compactMap { motif in
      guard let place = words.place(of: motif.terms) else { return nil }
      return ColorWord.all.first { color in
        words.place(of: color.terms).map { (1...3).contains(place - $0) } ?? false
      }.map { (motif, $0.accent) }
    }
  }

  /// The colour that the whole picture takes, and how much lighter or darker it is said to be.
  private static func tint(_ words: PromptWords, _ motifs: [Motif]) -> (ColorWord, Double)? {
    for color in ColorWord.all {
      guard let place = words.place(of: color.terms) else { continue }
      let isWorn = motifs.contains { motif in
        words.place(of: motif.terms).map { (1...3).contains($0 - place) } ?? false
      }
      if !isWorn { return (color, isDeep(color, words) ? -0.22 : isPale(color, words) ? 0.1 : 0) }
    }
    return nil
  }

  private static func isDeep(_ color: ColorWord, _ words: PromptWords) -> Bool {
    words.contains(pairs(ColorWord.deep, color.terms))
  }

  private static func isPale(_ color: ColorWord, _ words: PromptWords) -> Bool {
    words.contains(pairs(ColorWord.pale, color.terms))
  }

  private static func pairs(_ modifiers: [String], _ terms: [String]) -> [String] {
    modifiers.flatMap { modifier in
      terms.map { modifier.utf8.allSatisfy { $0 < 128 } ? "\(modifier) \($0)" : modifier + $0 }
    }
  }

  private static func palette(
    _ mood: Mood?, _ weather: Weather, _ ground: Ground, _ motifs: [Motif], _ words: PromptWords,
    _ choice: inout Chance
  ) -> Palette {
    let chosen = choice.pick(Palette.all)
    if let season = mood, Mood.seasons.contains(season),
      let hour = Mood.hours.min(by: words, \.terms)
    {
      // A winter night is a night first.
      return hour.palette.hazy(season.palette, 0.12)
    }
    switch (mood, weather, ground) {
    case (_, _, .space): return .space
    case (nil, .fog, _): return motifs.contains(.lantern) ? .dusk : .fog
    case (nil, .rain, _): return .rain
    case (nil, .snow, _): return .snow
    case (.night, .fog, _), (.night, .rain, _): return Palette.night.hazy(.dusk, 0.3)
    case (let mood?, .fog, _): return mood.palette.hazy(.fog, 0.35)
    case (.neon, _, _): return .neon
    case (let mood?, .rain, _): return mood.palette.hazy(.rain, 0.3)
    case (let mood?, .snow, _): return mood.palette.hazy(.snow, 0.3)
    case (let mood?, .clear, _): return mood.palette
    case (nil, .clear, .desert): return .desert
    case (nil, .clear, .poster), (nil, .clear, .studio): return .paper
    case (nil, .clear, _) where motifs.contains(.lantern): return .night
    case (nil, .clear, _): break
    }
    guard let (color, _) = tint(words, motifs) else { return chosen }
    if isDeep(color, words) || color.lift < -0.1 { return .night }
    return choice.pick([.day, .dawn, .jade, .lavender])
  }

  /// What shows the season beside the things that were named.
  private static func season(_ mood: Mood?, _ ground: Ground, _ named: [Motif]) -> [Motif] {
    guard ground == .hills, !named.contains(.branch) else { return [] }
    return switch mood {
    case .spring, .summer: [.tree, .flowers].filter { !named.contains($0) }
    case .autumn, .winter: [.tree].filter { !named.contains($0) }
    default: []
    }
  }

  /// What joins a ground that was named alone, or a prompt nothing of which is known.
  private static func company(_ ground: Ground, _ choice: inout Chance) -> [Motif] {
    let birds: [Motif] = choice.happens(0.6) ? [.birds] : []
    return switch ground {
    case .mountains: choice.pick([birds, birds + [.pagoda], [.balloon], birds + [.person]])
    case .sea: choice.pick([[.boat], birds + [.boat], birds + [.lighthouse], birds])
    case .hills:
      choice.pick([[.tree], birds + [.house], [.tree, .flowers], [.balloon, .flowers]])
    case .desert: choice.pick([birds, [.person], [.balloon]])
    case .forest: birds
    case .space: choice.pick([[.planet], [.blackHole], []])
    case .city, .studio, .poster, .ribbons: []
    }
  }
}

extension Array {
  /// The case whose words come first in the prompt; nil when none is named.
  fileprivate func min(by words: PromptWords, _ terms: (Element) -> [String]) -> Element? {
    compactMap { element in words.place(of: terms(element)).map { ($0, element) } }
      .min { $0.0 < $1.0 }?.1
  }
}
