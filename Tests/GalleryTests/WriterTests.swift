import Gallery
import Imaging
import Posix
import Seedream
import Testing

@Suite struct WriterTests {
  @Test func aPictureLiesWithItsRecordWhereTheDesignSays() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let picture = try writer.store(origin("k7f2-1"))
      #expect(picture.path == "2026-11-21/143205-k7f2-1-a-red-lantern-in-fog.jpg")
      #expect(
        try names(layout.root + "/2026-11-21") == [
          "143205-k7f2-1-a-red-lantern-in-fog.jpg", "143205-k7f2-1-a-red-lantern-in-fog.jpg.json",
        ])
      let decoded = try PixelDecoder.decode(
        file: layout.path(relative: picture.path), fitting: nil)
      #expect(decoded == (try PixelDecoder.decode(bytes: jpeg(), fitting: nil)))
    }
  }

  @Test func theEndingIsThatOfTheBytes() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let picture = try writer.store(origin("k7f2-1"), bytes: ImageEncoder.png(pattern()))
      #expect(picture.path.hasSuffix(".png"))
      #expect(picture.format == .png)
    }
  }

  @Test func aHundredPicturesOfOneSecondAndPromptLieSideBySide() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      var taken: Set<JobID> = []
      for _ in 0..<25 {
        let job = try writer.newJobID { taken.contains($0) }
        taken.insert(job)
        for number in 1...4 { try writer.store(origin("\(job)-\(number)")) }
      }
      #expect(try names(layout.root + "/2026-11-21").count == 200)
      #expect(try GalleryAccess(layout).makeIndex().count() == 100)
    }
  }

  @Test func aPictureThatIsThereIsNeverOverwritten() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let first = try writer.store(origin("k7f2-1"))
      let path = layout.path(relative: first.path)
      let before = try bytes(path)
      let error = galleryError { try writer.store(origin("k7f2-1"), bytes: jpeg(shade: 99)) }
      #expect(error?.code == .alreadyThere)
      #expect(try bytes(path) == before)
      #expect(try names(layout.root + "/2026-11-21").count == 2)
    }
  }

  @Test func whatIsNoPictureIsRefusedAndItsBytesAreKeptForAnotherTry() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin("k7f2-1")
      var draft = try writer.beginPicture(origin.id, created: origin.created)
      try draft.write(Array("<html>Denied\u{1B}</html>".utf8))
      do throws(GalleryError) {
        _ = try writer.finish(&draft, origin: origin)
        Issue.record("an error page was taken for a picture")
      } catch {
        #expect(error.code == .notAPicture)
        #expect(error.message.hasPrefix("The answer for picture k7f2-1 is not a picture"))
        #expect(error.message.contains("<html>Denied␛"))
      }
      #expect(try bytes(draft.temporaryPath).count == 20)
      #expect(try GalleryAccess(layout).makeIndex().count() == 0)
    }
  }

  @Test func anAbandonedDraftLeavesNothing() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      func abandon() throws {
        let origin = try origin("k7f2-1")
        var draft = try writer.beginPicture(origin.id, created: origin.created)
        try draft.write([1, 2, 3])
      }
      try abandon()
      #expect(try names(layout.root + "/2026-11-21") == [])
    }
  }

  @Test func bytesOfACrashedWriterAreTakenUp() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin("k7f2-1")
      try FileSystem.createDirectory(layout.root + "/2026-11-21")
      try DurableFile.write(jpeg(), to: layout.root + "/2026-11-21/.pending-0123456789abcdef")
      #expect(try writer.reindex().leftovers == ["2026-11-21/.pending-0123456789abcdef"])
      var draft = try writer.adopt(
        "2026-11-21/.pending-0123456789abcdef", as: origin.id, created: origin.created)
      #expect(try writer.finish(&draft, origin: origin).width == 48)
      #expect(try writer.reindex().foundNothing)
    }
  }

  @Test func onlyOneWriterMayWrite() throws {
    try withGallery { layout in
      do {
        let writer = try GalleryWriter(layout)
        let error = galleryError { _ = try GalleryWriter(layout) }
        #expect(error?.code == .inUse)
        #expect(error?.message.contains(layout.root) == true)
        try writer.store(origin("k7f2-1"))
      }
      #expect(throws: Never.self) { _ = try GalleryWriter(layout) }
    }
  }

  @Test func aGalleryThatCannotBeWrittenSaysSoInOneSentence() throws {
    try withGallery { layout in
      try DurableFile.write([1], to: layout.root)
      let error = galleryError { _ = try GalleryWriter(GalleryLayout(root: layout.root + "/in")) }
      #expect(error?.code == .cannotWrite)
      #expect(error?.message.hasPrefix("The gallery cannot be written: ") == true)
      #expect(error?.message.contains("--gallery") == true)
    }
  }

  @Test func aPreparedPictureBecomesTheSameFile() throws {
    var stored: [[UInt8]] = []
    for isPrepared in [false, true] {
      try withGallery { layout in
        let writer = try GalleryWriter(layout)
        let origin = try origin("k7f2-1")
        var draft = try writer.beginPicture(origin.id, created: origin.created)
        try draft.write(jpeg())
        if isPrepared { draft.prepare(origin) }
        let picture = try writer.finish(&draft, origin: origin)
        stored.append(try bytes(layout.path(relative: picture.path)))
        #expect(try names(layout.root + "/2026-11-21").count == 2)
        // It holds the hashes of the record against the file.
        #expect(try writer.reindex().foundNothing)
      }
    }
    #expect(stored.first == stored.last)
  }

  @Test func aPictureThatWasPreparedForAnotherBirthIsCopiedAnew() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let early = try origin("k7f2-1", prompt: "fog")
      let late = try origin("k7f2-1")
      var draft = try writer.beginPicture(late.id, created: late.created)
      try draft.write(jpeg())
      draft.prepare(early)
      let picture = try writer.finish(&draft, origin: late)
      let saved = String(decoding: try bytes(layout.path(relative: picture.path)), as: UTF8.self)
      #expect(saved.contains("a red lantern in fog"))
      #expect(try names(layout.root + "/2026-11-21").count == 2)
    }
  }

  @Test func whatCannotBePreparedIsSaidWhenItIsFinished() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin("k7f2-1")
      var draft = try writer.beginPicture(origin.id, created: origin.created)
      try draft.write(Array("<html>".utf8))
      draft.prepare(origin)
      #expect(throws: GalleryError.self) { _ = try writer.finish(&draft, origin: origin) }
      #expect(draft.keep().hasPrefix(".darkroom/incoming/"))
    }
  }
}
