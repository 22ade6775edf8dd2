import Gallery
import Seedream
import Testing

@Suite struct NameTests {
  @Test(arguments: [
    ("a red lantern in fog", "a-red-lantern-in-fog"),
    ("  A  \"Quoted\", LOUD -- prompt!  ", "a-quoted-loud-prompt"),
    ("../../etc/passwd", "etc-passwd"),
    ("..", "picture"), ("", "picture"), ("-rf /", "rf"), (".hidden", "hidden"),
    ("a\0b\nc\u{1B}[31md\u{7F}", "a-b-c-31md"),
    ("$(reboot); `id` | cat > x && *?[y]{z}~#'\\", "reboot-id-cat-x-y-z"),
    ("🏮🏮🏮", "picture"), ("lantern 🏮 fog", "lantern-fog"),
    ("深蓝色的雾中灯笼", "深蓝色的雾中灯笼"),
    ("ネオンの街, rain", "ネオンの街-rain"),
    ("Жёлтый фонарь", "жёлтый-фонарь"),
    ("abc\u{202E}gpj.exe", "abc-gpj-exe"), ("a\u{200B}b\u{FEFF}c", "a-b-c"),
    ("one-two---three", "one-two-three"),
  ])
  func slugsKeepLettersAndNothingElse(prompt: String, slug: String) {
    #expect(Slug.make(prompt) == slug)
  }

  @Test(arguments: [
    String(repeating: "灯", count: 300), String(repeating: "word ", count: 300),
    String(repeating: "x", count: 10_000), "a" + String(repeating: "\u{301}", count: 5000),
    String(repeating: "e\u{301}\u{302}\u{303}\u{304}", count: 200),
    String(repeating: "𠮷", count: 300), String(repeating: "🏮", count: 5000),
  ])
  func longPromptsGiveShortSlugs(prompt: String) {
    let slug = Slug.make(prompt)
    #expect(!slug.isEmpty)
    #expect(slug.count <= 40)
    #expect(slug.utf8.count <= 120)
    #expect(slug.first != "-" && slug.last != "-")
  }

  @Test func aLongSlugEndsWithAWholeWord() {
    #expect(
      Slug.make("an enormous lighthouse standing over thunderstorms")
        == "an-enormous-lighthouse-standing-over")
    #expect(Slug.make(String(repeating: "灯", count: 30)).count == 20)
  }

  @Test func pathsAreThoseOfTheDesign() throws {
    let layout = GalleryLayout(root: "/g/")
    let id = try #require(PictureID("k7f2-1"))
    let name = layout.pictureName(
      id: id, created: evening, prompt: "Red lantern in fog", format: .jpeg)
    #expect(
      layout.dayDirectory(evening) + "/" + name
        == "/g/2026-11-21/143205-k7f2-1-red-lantern-in-fog.jpg")
    #expect(layout.journal(evening) == "/g/.darkroom/journal/2026-11.jsonl")
    let hash = String(repeating: "ab", count: 32)
    #expect(layout.reference(sha256: hash) == "/g/.darkroom/refs/ab/\(hash)")
    #expect(layout.reference(sha256: "../../../etc/passwd") == nil)
    #expect(layout.reference(sha256: String(repeating: "/", count: 64)) == nil)
  }

  @Test func idsAreReadAsPeopleTypeThem() throws {
    #expect(JobID("K7FO")?.text == "k7f0")
    #expect(JobID("klif")?.text == "k11f")
    for text in ["", "k7f", "k7fu", "k7 f", "k7f2-1", "../x", String(repeating: "a", count: 17)] {
      #expect(JobID(text) == nil, "\(text)")
    }
    #expect(PictureID("K7F2-12")?.description == "k7f2-12")
    for text in [
      "k7f2", "k7f2-", "k7f2-0", "k7f2-01", "k7f2-1000", "k7f2--1", "k7f2-1-2", "k7f2-１",
    ] {
      #expect(PictureID(text) == nil, "\(text)")
    }
  }

  @Test func aTakenIDIsNeverGivenAndCrowdingMakesThemLonger() {
    var taken: Set<JobID> = []
    for _ in 0..<2000 { #expect(taken.insert(JobID.unused { taken.contains($0) }).inserted) }
    #expect(taken.allSatisfy { $0.text.utf8.count == 4 })
    let longer = JobID.unused { $0.text.utf8.count < 6 }
    #expect(longer.text.utf8.count == 6)
  }
}
