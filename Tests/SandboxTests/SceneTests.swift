import Imaging
import Testing

@testable import SandboxArt

@Suite("What a prompt says")
struct SceneTests {
  private func scene(_ prompt: String, index: Int = 0) -> SandboxScene {
    SandboxScene(prompt: prompt, seed: 0, index: index)
  }

  @Test(
    "the first place that is named is the ground, in both languages",
    arguments: [
      ("a boat on the sea below the mountains", Ground.sea), ("Mountains, and a lake", .mountains),
      ("neon street", .city), ("海上的山", .sea), ("沙漠", .desert), ("a black hole", .space),
      ("logo for a bakery", .poster), ("竹林", .forest),
    ])
  func grounds(prompt: String, ground: Ground) {
    #expect(scene(prompt).ground == ground)
  }

  @Test("things are found by their word, also in the plural")
  func motifs() {
    #expect(scene("a cat and two dogs").motifs == [.cat, .dog])
    #expect(scene("red lanterns").crowds == [.lantern])
    #expect(scene("a red lantern").crowds.isEmpty)
    #expect(scene("许多灯笼").crowds == [.lantern])
  }

  @Test("a word that only begins like a known one is not taken for it")
  func similarWords() {
    #expect(!scene("many lanterns").motifs.contains(.person))
    #expect(!scene("a catalogue of dogma").motifs.contains { [.cat, .dog].contains($0) })
    #expect(scene("a starting seam").mood == nil)
  }

  @Test("a colour before a thing is the thing's, any other the picture's")
  func colors() {
    let lantern = scene("a red lantern in fog")
    #expect(lantern.colors[.lantern]?.oklch.turns ?? 0 < 0.12)
    #expect(lantern.palette.sky == scene("a lantern in fog").palette.sky)
    #expect(scene("a white cat by a blue sea").colors.keys.sorted { "\($0)" < "\($1)" } == [.cat])
    #expect(scene("a blue sea").palette.sky != scene("a green sea").palette.sky)
    #expect(
      scene("a deep blue sea").palette.sky.luminance
        < scene("a pale blue sea").palette.sky.luminance)
  }

  @Test("a season at an hour has the light of the hour")
  func seasonAtNight() {
    #expect(scene("a winter night").palette.isDark)
    #expect(!scene("a winter day").palette.isDark)
    #expect(scene("a winter night").mood == .winter)
  }

  @Test("members of a set share their palette unless they are seasons")
  func sets() {
    #expect(scene("a lake", index: 0).palette == scene("a lake", index: 3).palette)
    #expect(scene("a lake", index: 0).seed != scene("a lake", index: 3).seed)
    #expect(
      (0..<5).map { scene("四季", index: $0).mood } == [.spring, .summer, .autumn, .winter, .spring])
  }
}
