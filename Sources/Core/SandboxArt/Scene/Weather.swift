/// What the air is like.
enum Weather: CaseIterable, Equatable {
  case clear, fog, rain, snow

  var terms: [String] {
    switch self {
    case .clear: ["clear", "sunny", "晴"]
    case .fog: ["fog", "mist", "haze", "haz", "smok", "雾", "烟", "霭"]
    case .rain: ["rain", "storm", "drizzl", "wet", "雨"]
    case .snow: ["snow", "blizzard", "ice", "frost", "雪", "冰"]
    }
  }
}

/// The time of day or year that gives the light.
package enum Mood: CaseIterable, Equatable {
  case neon, night, sunset, dawn, day, ink, spring, summer, autumn, winter

  var terms: [String] {
    switch self {
    case .neon: ["neon", "cyberpunk", "synthwave", "霓虹", "赛博"]
    case .night: ["night", "midnight", "moonlit", "moonlight", "moon", "star", "starry", "夜", "月"]
    case .sunset: ["sunset", "dusk", "evening", "twilight", "golden hour", "夕阳", "黄昏", "日落", "晚霞"]
    case .dawn: ["dawn", "sunrise", "morning", "early", "日出", "清晨", "黎明", "朝霞"]
    case .day: ["day", "noon", "sunny", "bright", "白天", "晴"]
    case .ink: ["ink", "sumi", "calligraph", "水墨", "国画", "墨"]
    case .spring: ["spring", "cherry", "blossom", "sakura", "春", "樱"]
    case .summer: ["summer", "夏"]
    case .autumn: ["autumn", "maple", "harvest", "秋", "枫"]
    case .winter: ["winter", "christmas", "冬"]
    }
  }

  var palette: Palette {
    switch self {
    case .neon: .neon
    case .night: .night
    case .sunset: .sunset
    case .dawn: .dawn
    case .day: .day
    case .ink: .ink
    case .spring: .spring
    case .summer: .summer
    case .autumn: .autumn
    case .winter: .winter
    }
  }

  static let seasons: [Mood] = [.spring, .summer, .autumn, .winter]

  static let hours: [Mood] = [.neon, .night, .sunset, .dawn]

  /// What asks for each member of a set to show its own season.
  package static let allSeasons = ["season", "四季"]
}
