import Gallery
import Glibc
import Posix
import Testing

/// What cannot be read is named and costs nothing else.
@Suite struct UnreadableTests {
  /// Names that the file system shows and does not open, for any user.
  static func spoil(_ layout: GalleryLayout) throws {
    let day = layout.root + "/2026-11-21"
    for (target, link) in [
      ("2026-11-22", "/2026-11-22"), ("nowhere", "/2026-11-23"),
      ("nowhere", "/2026-11-21/143205-c3d4-1-dangling.jpg"),
    ] {
      try #require(unsafe symlink(target, layout.root + link) == 0)
    }
    try FileSystem.createDirectory(day + "/143205-c3d4-2-directory.jpg")
    try DurableFile.write([], to: day + "/143205-c3d4-3-huge.png")
    try #require(
      unsafe truncate(day + "/143205-c3d4-3-huge.png", GalleryWriter.maximumPictureBytes + 1) == 0)
    // One whose record is in order.
    let recorded = day + "/143205-k7f2-3-a-red-lantern-in-fog.jpg"
    try FileSystem.remove(recorded)
    try #require(unsafe symlink("nowhere", recorded) == 0)
    // One whose record cannot be read.
    try DurableFile.write(jpeg(), to: day + "/strange.jpg")
    try FileSystem.createDirectory(day + "/strange.jpg.json")
  }

  static let unreadable = [
    "2026-11-21/143205-c3d4-1-dangling.jpg", "2026-11-21/143205-c3d4-2-directory.jpg",
    "2026-11-21/143205-c3d4-3-huge.png", "2026-11-21/143205-k7f2-3-a-red-lantern-in-fog.jpg",
    "2026-11-22", "2026-11-23",
  ]

  @Test func whatCannotBeReadIsNotedAndAllElseIsIndexed() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      for number in 1...3 { try writer.store(origin("k7f2-\(number)")) }
      try Self.spoil(layout)
      let report = try writer.reindex()
      #expect(report.inaccessible.keys.sorted() == Self.unreadable)
      #expect(report.inaccessible["2026-11-23"]?.contains("no such file or directory") == true)
      #expect(report.recordsBroken.keys.sorted() == ["2026-11-21/strange.jpg"])
      #expect(report.pictures == 3)
      let pictures = try GalleryAccess(layout).makeIndex().newest(limit: 9)
      #expect(Set(pictures.map(\.id.description)).isSuperset(of: ["k7f2-1", "k7f2-2"]))
      #expect(pictures.contains { $0.path == "2026-11-21/strange.jpg" })
    }
  }

  /// As a program that knows nothing of UTF-8 leaves them there.
  @Test func namesThatAreNoTextAreCountedAndOneIsShown() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      try writer.store(origin("k7f2-1"))
      #expect(try writer.reindex().unreadableNames.sentence == nil)
      let day = layout.root + "/2026-11-21"
      for (directory, name) in [
        (layout.root, "b\u{E4}r"), (day, "caf\u{E9}.jpg"), (day, "caf\u{E8}.jpg"),
      ] {
        let path =
          Array(directory.utf8) + [0x2F] + name.unicodeScalars.map { UInt8($0.value) } + [0]
        let descriptor = unsafe path.withUnsafeBytes { bytes in
          unsafe open(
            bytes.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o644)
        }
        try #require(descriptor >= 0)
        close(descriptor)
      }
      let found = try writer.reindex().unreadableNames
      #expect(found.count == 3)
      #expect(found.example == #"b\xE4r"#)
      #expect(found == UnreadableNames(in: layout))
      #expect(try GalleryAccess(layout).makeIndex().count() == 1)
    }
  }

  @Test func aWriterOpensAGalleryWithUnreadableParts() throws {
    try withGallery { layout in
      do {
        let writer = try GalleryWriter(layout)
        for number in 1...3 { try writer.store(origin("k7f2-\(number)")) }
      }
      try Self.spoil(layout)
      try ReindexTests.removeIndex(layout)
      let writer = try GalleryWriter(layout)
      #expect(try GalleryAccess(layout).makeIndex().count() == 3)
      #expect(try writer.store(origin("k7f2-4")).id.number == 4)
    }
  }
}
