/// What a picture stands on: its composition.
enum Ground: CaseIterable, Equatable {
  case mountains, sea, forest, hills, city, desert, space, studio, poster, ribbons

  /// The first that is named decides; the order only breaks ties.
  var terms: [String] {
    switch self {
    case .mountains:
      ["mountain", "peak", "alp", "cliff", "valley", "canyon", "山", "峰", "谷", "temple", "monk"]
    case .sea:
      [
        "sea", "ocean", "lake", "beach", "river", "coast", "harbo", "harbor", "harbour", "water",
        "island", "boat", "ship", "whale", "海", "湖", "江", "河", "船", "lighthouse",
      ]
    case .forest: ["forest", "wood", "pine", "jungle", "bamboo", "林", "竹", "fox", "deer", "owl"]
    case .hills:
      [
        "hill", "meadow", "field", "garden", "grass", "farm", "village", "house", "courtyard",
        "spring", "sheep", "草原", "田", "花园", "村", "院", "屋", "房",
      ]
    case .city:
      [
        "city", "street", "skyline", "tokyo", "town", "cyberpunk", "skyscraper", "alley", "urban",
        "城", "街", "都市", "neon", "霓虹",
      ]
    case .desert: ["desert", "dune", "sahara", "camel", "沙漠", "沙"]
    case .space:
      [
        "space", "galaxy", "nebula", "black hole", "planet", "cosmos", "universe", "cosmic",
        "astronaut", "宇宙", "星空", "黑洞", "银河", "星球", "太空",
      ]
    case .studio:
      [
        "product", "perfume", "bottle", "still life", "advert", "packag", "cosmetic", "watch",
        "产品", "香水", "瓶", "商品",
      ]
    case .poster: ["logo", "poster", "icon", "brand", "typograph", "banner", "海报", "标志", "图标"]
    case .ribbons: ["abstract", "pattern", "texture", "wave", "fluid", "silk", "抽象", "波"]
    }
  }

  /// What an unknown prompt chooses from.
  static let common: [Ground] = [.mountains, .sea, .forest, .hills, .desert, .city, .ribbons]
}
