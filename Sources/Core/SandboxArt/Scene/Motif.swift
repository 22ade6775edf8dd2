/// A thing that is seen in a picture, in front of its ground.
enum Motif: CaseIterable, Hashable {
  case moon, sun, lantern, birds, boat, house, pagoda, train, tree, branch, flowers, cat, dog
  case person, balloon, lighthouse, blackHole, planet

  var terms: [String] {
    switch self {
    case .moon: ["moon", "moonlit", "moonlight", "月"]
    case .sun: ["sun", "sunrise", "sunset", "太阳", "日出", "夕阳", "日落"]
    case .lantern: ["lantern", "lamp", "灯笼", "灯"]
    case .birds:
      ["bird", "crane", "gull", "seagull", "swallow", "goose", "geese", "鸟", "鹤", "燕", "雁"]
    case .boat: ["boat", "ship", "sail", "canoe", "船", "舟", "帆"]
    case .house:
      ["house", "cottage", "cabin", "home", "hut", "courtyard", "village", "屋", "房", "院", "家", "村"]
    case .pagoda: ["temple", "pagoda", "shrine", "palace", "庙", "寺", "塔", "宫", "亭"]
    case .train: ["train", "railway", "locomotive", "火车", "列车"]
    case .tree: ["tree", "oak", "willow", "树", "柳"]
    case .branch: ["cherry", "blossom", "sakura", "plum", "樱", "梅", "桃花"]
    case .flowers:
      ["flower", "tulip", "rose", "poppy", "poppies", "lotus", "bouquet", "花", "荷", "莲"]
    case .cat: ["cat", "kitten", "kitty", "猫"]
    case .dog: ["dog", "puppy", "puppies", "corgi", "fox", "wolf", "wolves", "狗", "犬", "狼", "狐"]
    case .person:
      [
        "person", "man", "woman", "girl", "boy", "portrait", "people", "monk", "traveller",
        "traveler", "astronaut", "samurai", "child", "人", "女孩", "男孩", "旅人", "侠",
      ]
    case .balloon: ["balloon", "气球"]
    case .lighthouse: ["lighthouse", "灯塔"]
    case .blackHole: ["black hole", "黑洞", "wormhole", "blackhole"]
    case .planet: ["planet", "saturn", "mars", "jupiter", "星球", "行星"]
    }
  }
}

extension Motif {
  /// Where it is at home when the prompt names no place.
  var grounds: [Ground] {
    switch self {
    case .moon, .sun: []
    case .lantern: [.sea, .mountains, .forest]
    case .birds: [.sea, .mountains, .hills]
    case .boat, .lighthouse: [.sea]
    case .house, .tree, .flowers, .dog: [.hills]
    case .pagoda, .branch: [.mountains]
    case .train: [.mountains]
    case .cat: [.hills, .city]
    case .person: [.mountains, .sea, .desert, .hills]
    case .balloon: [.desert, .hills, .mountains]
    case .blackHole, .planet: [.space]
    }
  }
}
