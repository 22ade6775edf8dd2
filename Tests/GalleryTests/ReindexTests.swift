import Gallery
import Posix
import SQLite
import Seedream
import Testing

@Suite struct ReindexTests {
  static func fill(_ writer: GalleryWriter) throws {
    for (index, prompt) in SearchTests.prompts.enumerated() {
      try writer.store(origin("k7f\(index)-1", prompt: prompt))
      try writer.store(origin("k7f\(index)-2", prompt: prompt, references: [.picture("k7f0-1")]))
    }
  }

  static func removeIndex(_ layout: GalleryLayout) throws {
    for ending in ["", "-wal", "-shm"] { try FileSystem.remove(layout.index + ending) }
  }

  @Test func aDeletedIndexIsRebuiltEqual() throws {
    try withGallery { layout in
      do { try Self.fill(try GalleryWriter(layout)) }
      let reader = GalleryAccess(layout).makeIndex()
      let before = try reader.newest(limit: 100)
      let found = try reader.search("灯", limit: 100)
      #expect(before.count == 14)
      try Self.removeIndex(layout)
      #expect(try reader.count() == 0)
      let writer = try GalleryWriter(layout)
      #expect(try reader.newest(limit: 100) == before)
      #expect(try reader.search("灯", limit: 100) == found)
      #expect(try writer.reindex().foundNothing)
      #expect(try reader.newest(limit: 100) == before)
    }
  }

  @Test func aBrokenIndexIsMadeAnew() throws {
    try withGallery { layout in
      do { try Self.fill(try GalleryWriter(layout)) }
      try Self.removeIndex(layout)
      try DurableFile.write([UInt8](repeating: 7, count: 5000), to: layout.index)
      #expect(galleryError { _ = try GalleryAccess(layout).makeIndex().count() }?.code == .index)
      _ = try GalleryWriter(layout)
      #expect(try GalleryAccess(layout).makeIndex().count() == 14)
    }
  }

  @Test(arguments: ["span", "change", "lineage", "words", "trash"])
  func anIndexThatLacksATableIsMadeAnew(_ table: String) throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      try Self.fill(writer)
      let before = try GalleryAccess(layout).makeIndex().newest(limit: 100)
      do { try Connection(path: layout.index).execute("DROP TABLE \(table)") }
      #expect(try writer.reindex().foundNothing)
      #expect(try GalleryAccess(layout).makeIndex().newest(limit: 100) == before)
      #expect(try writer.store(origin("zzzz-1")).id.description == "zzzz-1")
      #expect(try GalleryAccess(layout).makeIndex().count() == before.count + 1)
    }
  }

  @Test func aPictureWithoutRecordGetsTheOneThatIsEmbeddedInIt() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin("k7f2-1", prompt: "雾 <&> \"a\"")
      let picture = try writer.store(origin)
      let path = layout.path(relative: picture.path)
      let before = try BirthRecord(ofPicture: path)
      try FileSystem.remove(path + ".json")
      #expect(try writer.reindex().recordsWritten == [picture.path])
      #expect(try BirthRecord(ofPicture: path).origin == before.origin)
      #expect(try GalleryAccess(layout).makeIndex().newest(limit: 9) == [picture])
    }
  }

  @Test func theJournalIsAskedFirst() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let picture = try writer.store(origin("k7f2-1"))
      try FileSystem.remove(layout.path(relative: picture.path) + ".json")
      var known = try origin("k7f2-1")
      known.providerRequestID = "from the journal"
      let report = try writer.reindex { $0 == known.id ? known : nil }
      #expect(report.recordsWritten == [picture.path])
      let record = try BirthRecord(ofPicture: layout.path(relative: picture.path))
      #expect(record.origin.providerRequestID == "from the journal")
    }
  }

  @Test func aStrangePictureGetsAnIDOfItsOwn() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let known = try writer.store(origin("k7f2-1"))
      let copy = "2026-11-21/143205-k7f2-1-copy.jpg"
      try DurableFile.write(jpeg(), to: layout.path(relative: copy))
      try DurableFile.write(jpeg(), to: layout.root + "/2026-11-21/holiday.JPG")
      try DurableFile.write(Array("text".utf8), to: layout.root + "/2026-11-21/fake.png")
      let report = try writer.reindex()
      #expect(report.recordsWritten == [copy, "2026-11-21/holiday.JPG"])
      #expect(report.recordsBroken.keys.sorted() == ["2026-11-21/fake.png"])
      let pictures = try GalleryAccess(layout).makeIndex().newest(limit: 9)
      #expect(Set(pictures.map(\.id)).count == 3)
      #expect(pictures.contains { $0.id == known.id && $0.path == known.path })
    }
  }

  @Test func everyOtherFaultIsReportedAndNothingIsChanged() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let gone = try writer.store(origin("k7f2-1"))
      let broken = try writer.store(origin("k7f2-2"))
      let changed = try writer.store(origin("k7f2-3"))
      try FileSystem.remove(layout.path(relative: gone.path))
      let record = layout.path(relative: broken.path) + ".json"
      try DurableFile.write(Array("{".utf8), to: record, replacing: true)
      try DurableFile.write(
        jpeg() + [0], to: layout.path(relative: changed.path), replacing: true)
      let report = try writer.reindex()
      #expect(report.picturesMissing == [gone.path + ".json"])
      #expect(report.recordsBroken.keys.sorted() == [broken.path])
      #expect(report.picturesChanged == [changed.path])
      #expect(report.recordsWritten == [])
      #expect(report.pictures == 2)
      #expect(try bytes(record) == Array("{".utf8))
      let pictures = try GalleryAccess(layout).makeIndex().newest(limit: 9)
      #expect(pictures.map(\.id) == [changed.id, broken.id])
    }
  }
}
