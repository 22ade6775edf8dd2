import Imaging
import SandboxArt
import Testing

@Suite("Pictures of the sandbox")
struct PainterTests {
  @Test(
    "every size comes out exactly, and opaque",
    arguments: [(1, 1), (3, 500), (640, 20), (301, 199), (512, 512), (100, 178)])
  func sizes(width: Int, height: Int) throws {
    for prompt in ["a quiet sea", "neon city", "black hole", "logo", "perfume", "silk", "dunes"] {
      let pixels = try SandboxPainting.draw(prompt, width, height)
      #expect(pixels.width == width && pixels.height == height)
      #expect(pixels.isOpaque)
    }
  }

  @Test("a size that cannot be drawn is an error")
  func impossible() {
    #expect(throws: ImagingError.self) { try SandboxPainting.draw("sea", 0, 10) }
    #expect(throws: ImagingError.self) { try SandboxPainting.draw("sea", 40_000, 10) }
  }

  @Test("the same order gives the same pixels, another seed or member another picture")
  func determinism() throws {
    let first = try SandboxPainting.draw("a boat on a lake at dawn", seed: 7)
    #expect(try SandboxPainting.draw("a boat on a lake at dawn", seed: 7) == first)
    let look = try Looking(first)
    #expect(look.distance(to: try Looking("a boat on a lake at dawn", seed: 8)) > 0.01)
    #expect(look.distance(to: try Looking("a boat on a lake at dawn", seed: 7, index: 1)) > 0.01)
  }

  static let prompts = [
    "a red lantern in fog", "deep blue sea at night", "mountains at sunset", "neon city street",
    "a cat in a meadow", "cherry blossoms in spring", "black hole", "perfume product shot",
    "poster for a jazz festival", "misty pine forest, emerald green", "golden desert",
    "abstract purple silk",
  ]

  @Test("different prompts are clearly different, and none is flat")
  func differences() throws {
    let looks = try Self.prompts.map { try Looking($0) }
    for (index, look) in looks.enumerated() {
      #expect(look.contrast > 0.15, "\(Self.prompts[index])")
      for other in looks[..<index] { #expect(look.distance(to: other) > 0.04) }
    }
  }

  @Test("prompts without a known word differ as well")
  func unknownWords() throws {
    let looks = try ["asdf", "qwer tzui", "hello", "something else", "42", ""].map {
      try Looking($0)
    }
    for (index, look) in looks.enumerated() {
      #expect(look.contrast > 0.15)
      for other in looks[..<index] { #expect(look.distance(to: other) > 0.02) }
    }
  }

  @Test("colour words are seen, in English and Chinese")
  func colors() throws {
    for prompt in ["a deep blue sea", "深蓝色的海"] {
      let mean = try Looking(prompt).mean
      #expect(mean.blue > mean.red + 0.1 && mean.blue > mean.green + 0.05)
      #expect(mean.luminance < 0.35)
    }
    for prompt in ["green mountains", "绿色的山"] {
      let mean = try Looking(prompt).mean
      #expect(mean.green > mean.red && mean.green > mean.blue)
    }
    let red = try Looking("red mountains").mean
    #expect(red.red > red.blue + 0.1 && red.red > red.green + 0.1)
  }

  @Test(
    "a lantern glows in its colour, the fog around it stays grey",
    arguments: ["a red lantern in fog", "雾中的红灯笼"])
  func lantern(prompt: String) throws {
    let look = try Looking(prompt)
    let vivid = look.tiles.filter { $0.red > $0.green + 0.25 && $0.red > $0.blue + 0.25 }
    #expect((1...60).contains(vivid.count))
    let grey = look.tiles.filter { abs($0.red - $0.blue) < 0.12 && abs($0.red - $0.green) < 0.12 }
    #expect(grey.count > 100)
  }

  @Test("night is darker than day, fog paler in contrast than clear air")
  func moods() throws {
    let night = try Looking("mountains at night").mean.luminance
    let day = try Looking("mountains at noon").mean.luminance
    #expect(night < day - 0.25)
    #expect(try Looking("海 夜").mean.luminance < 0.3)
  }

  @Test("four seasons give four pictures, in order")
  func seasons() throws {
    let looks = try (0..<4).map { try Looking("four seasons of a courtyard", index: $0) }
    for (index, look) in looks.enumerated() {
      for other in looks[..<index] { #expect(look.distance(to: other) > 0.04) }
    }
    let means = looks.map(\.mean)
    #expect(means[1].green > means[1].red)  // summer
    #expect(means[2].red > means[2].blue + 0.15)  // autumn
    #expect(means[3].blue > means[3].red)  // winter
  }

  @Test("the watermark stands in the bottom right corner, and nowhere without being asked for")
  func watermark() throws {
    let (bare, marked) = (
      try SandboxPainting.draw("sea at night", 512, 384),
      try SandboxPainting.draw("sea at night", 512, 384, watermark: true)
    )
    var changed: [(x: Int, y: Int)] = []
    for y in 0..<384 {
      for x in 0..<512 where bare[x, y] != marked[x, y] { changed.append((x, y)) }
    }
    #expect(changed.count > 100)
    #expect(changed.allSatisfy { $0.x > 512 / 2 && $0.y > 384 * 9 / 10 })
    #expect(changed.contains { marked[$0.x, $0.y].luminance > 0.8 })
  }

  @Test("references give their colour to the picture and are seen themselves")
  func references() throws {
    let green = try SandboxPainting.plain(RGBColor(0x18B848))
    let plain = try Looking("a quiet lake at sunset", width: 512, height: 384)
    let tinted = try Looking(
      "a quiet lake at sunset", width: 512, height: 384, references: [green])
    let (before, after) = (plain.mean, tinted.mean)
    #expect(after.green - after.red > before.green - before.red + 0.12)
    let print = tinted.tiles.enumerated().filter { place, color in
      place % 16 < 6 && place / 16 > 9 && color.green > color.red + 0.4
    }
    #expect(print.count >= 2)
  }

  @Test("each of many references is seen")
  func manyReferences() throws {
    let colors = [0xE02020, 0x20C040, 0x2040E0, 0xE0D020].map { RGBColor(UInt32($0)) }
    let picture = try SandboxPainting.draw(
      "combine all", 800, 600, references: try colors.map { try SandboxPainting.plain($0) })
    for color in colors {
      var count = 0
      for y in stride(from: 0, to: 600, by: 4) {
        for x in stride(from: 0, to: 800, by: 4) {
          let pixel = picture[x, y]
          let apart =
            abs(pixel.red - color.red) + abs(pixel.green - color.green)
            + abs(pixel.blue - color.blue)
          if apart < 0.2 { count += 1 }
        }
      }
      #expect(count > 200)
    }
  }

  @Test("hostile prompts are drawn like others")
  func hostile() throws {
    let prompts = [
      "\u{0}\u{1B}[31m\u{202E}", String(repeating: "红", count: 50_000),
      String(repeating: "a b ", count: 30_000), "👩‍👩‍👧‍👦🏳️‍🌈", "\r\n\t",
    ]
    for prompt in prompts { #expect(try Looking(prompt, width: 64, height: 64).contrast > 0.05) }
  }
}
