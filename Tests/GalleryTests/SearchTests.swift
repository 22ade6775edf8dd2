import Gallery
import Posix
import Seedream
import Testing

@Suite struct SearchTests {
  static let prompts = [
    "a red lantern in fog", "A lighthouse, Red sails", "深蓝色的雾中红灯笼", "灯塔与 neon 海",
    "ネオンの街 at night", "café in the rain \"quoted\" (parens) OR NOT", "한국의 등불",
  ]

  /// Numbers of the prompts found, from 1, newest first.
  static func found(_ text: String, in kind: IndexKind) throws -> [Int] {
    var numbers: [Int] = []
    try kind.withIndex { filled, index in
      for (place, prompt) in prompts.enumerated() {
        var time = evening
        time.milliseconds += Int64(place) * 1000
        try filled.insert(record("aaaa-\(place + 1)", prompt: prompt, created: time))
      }
      numbers = try index.search(text, limit: 10).map(\.id.number)
      #expect(try index.count(matching: text) == numbers.count)
      #expect(try index.search(text, limit: 1).count == min(1, numbers.count))
    }
    return numbers
  }

  private static func record(
    _ id: String, prompt: String = "fog", created: Timestamp = evening
  ) throws -> PictureRecord {
    PictureRecord(
      BirthRecord(
        origin: try origin(id, prompt: prompt, created: created),
        file: FileFacts(
          name: "\(id).jpg", format: .jpeg, width: 64, height: 64, byteCount: 1000,
          sha256: "hash", receivedSHA256: "hash")),
      path: "2026-11-21/\(id).jpg")
  }

  @Test(
    arguments: IndexKind.allCases,
    [
      ("lantern", [1]), ("red", [2, 1]), ("RED lantern", [1]), ("lantern red", [1]), ("lan", [1]),
      ("lan fog", []), ("fog lan", [1]), ("lan ", []), ("cafe", [6]), ("quoted\"", [6]),
      ("(parens) OR", [6]), ("NOT", [6]), ("灯笼", [3]), ("红灯", [3]), ("灯", [4, 3]), ("笼灯", []),
      ("蓝 雾", [3]), ("neon 灯塔", [4]), ("灯塔与neon", [4]), ("ネオン", [5]), ("街at", [5]), ("등불", [7]),
      ("nothing", []), ("red*", [2, 1]), ("prompt:red", []), ("''; --", Array((1...7).reversed())),
      ("", Array((1...7).reversed())), ("  ", Array((1...7).reversed())),
      ("\0red", [2, 1]), ("*", Array((1...7).reversed())), ("🏮", Array((1...7).reversed())),
    ])
  func wordsAreFoundInEveryScript(kind: IndexKind, _ question: (String, [Int])) throws {
    #expect(try Self.found(question.0, in: kind) == question.1)
  }

  @Test func pagesFollowOneAnotherWithoutGapOrOverlap() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      for number in 1...23 { try writer.store(origin("k7f2-\(number)", prompt: "fog \(number)")) }
      let reader = GalleryAccess(layout).makeIndex()
      var newest: [Int] = []
      var found: [Int] = []
      var page = try reader.newest(limit: 5)
      while let last = page.last {
        newest += page.map(\.id.number)
        page = try reader.newest(limit: 5, before: last.position)
      }
      page = try reader.search("fog", limit: 7)
      while let last = page.last {
        found += page.map(\.id.number)
        page = try reader.search("fog", limit: 7, before: last.position)
      }
      #expect(newest == Array((1...23).reversed()))
      #expect(found == newest)
    }
  }

  @Test(arguments: IndexKind.allCases)
  func aPictureIsFoundByAnUnmistakableBeginning(kind: IndexKind) throws {
    try kind.withIndex { filled, reader in
      for id in ["k7f2-1", "k7f2-2", "k7g3-1", "m000-1", "m000-12"] {
        try filled.insert(Self.record(id))
      }
      #expect(try reader.picture("k7f2-2").id.description == "k7f2-2")
      #expect(try reader.picture("K7G").id.description == "k7g3-1")
      #expect(try reader.picture("mooo-1").id.description == "m000-1")
      let ambiguous = galleryError { _ = try reader.picture("k7") }
      #expect(
        ambiguous?.code
          == .ambiguous(["k7f2-1", "k7f2-2", "k7g3-1"].compactMap { PictureID($0) }))
      #expect(ambiguous?.message.contains("k7f2-1, k7f2-2, k7g3-1") == true)
      for text in ["", "zzzz", "k7f2-9", "k7f2-x", "%", "k7f2-1-", "' OR 1 --", "u"] {
        #expect(galleryError { _ = try reader.picture(text) }?.code == .notFound, "\(text)")
      }
    }
  }

  @Test func lineageLeadsBothWays() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let parent = try writer.store(origin("k7f2-1"))
      let stored = try writer.storeReference(
        bytes(layout.path(relative: parent.path)), origin: "k7f2-1")
      let child = try writer.store(
        origin("m000-1", references: [.stored(stored), .picture("k7f2-1")]))
      let reader = GalleryAccess(layout).makeIndex()
      #expect(child.parents == [parent.id])
      #expect(child.references == [stored.sha256])
      #expect(try reader.children(of: parent.id).map(\.picture) == [child])
      #expect(try reader.children(of: child.id).map(\.picture) == [])
      #expect(try reader.pictures(of: parent.id.job) == [parent])
    }
  }
}
