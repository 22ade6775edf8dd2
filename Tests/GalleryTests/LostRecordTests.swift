import Gallery
import Hashing
import Imaging
import Posix
import Seedream
import Testing

/// Records that are gone come back from the journal, without anybody asking for it.
@Suite struct LostRecordTests {
  /// A format that has no place for what we embed.
  static let gif = Array("GIF89a".utf8) + [64, 1, 200, 0, 0, 0, 0x3B]

  /// Stores a picture as the service does, with its lines in the journal.
  static func store(
    _ birth: PictureOrigin, _ bytes: [UInt8], _ writer: GalleryWriter
  ) throws -> PictureRecord {
    let request = try #require(birth.request)
    let journal = Journal(writer.layout)
    func write(_ event: JournalEntry.Event) throws {
      try journal.append(JournalEntry(job: birth.id.job, time: evening, event: event))
    }
    try write(
      .intent(
        JournalEntry.Intent(
          request: request, provider: birth.provider, dialect: birth.dialect,
          clientRequestID: "8a7b")))
    try write(.sent(attempt: 1))
    let picture = try writer.store(birth, bytes: bytes)
    try write(.done(birth.id))
    try write(.finished(count: 1))
    try FileSystem.remove(writer.layout.path(relative: picture.path) + ".json")
    return picture
  }

  static func stored(_ origin: String) -> Reference {
    .stored(
      StoredReference(
        sha256: String(repeating: "a", count: 64), format: .png, byteCount: 1, origin: origin))
  }

  @Test func whatWasSaidOfAPictureIsKnownAfterItsBytesMoved() throws {
    try withGallery { layout in
      var birth = try birth("k7f2-1")
      birth.said = SaidOfPicture(
        size: "2x2", background: "opaque", layer: PictureLayer(order: 1, name: "Cat"))
      let journal = Journal(layout)
      for event in [
        JournalEntry.Event.intent(
          .init(request: try #require(birth.request), provider: birth.provider)),
        .result(number: 1, .file(".pending-1"), said: birth.said),
        .result(number: 1, .file(".pending-2")),
      ] {
        try journal.append(JournalEntry(job: birth.id.job, time: evening, event: event))
      }
      let picture = try GalleryWriter(layout).store(birth, bytes: Self.gif)
      try FileSystem.remove(layout.path(relative: picture.path) + ".json")
      try ReindexTests.removeIndex(layout)
      _ = try GalleryWriter(layout)
      let record = try BirthRecord(ofPicture: layout.path(relative: picture.path))
      #expect(record.birth.said == birth.said)
    }
  }

  @Test func aJobThatWasChangedWhileItWaitedIsKnownAsItWasSent() throws {
    try withGallery { layout in
      let birth = try birth("k7f2-1", prompt: "a blue lantern")
      let journal = Journal(layout)
      let before = GenerationRequest(model: "seedream-4-5-251128", prompt: "a red lantern")
      let experiment = Provenance(experiment: ExperimentID("x9"))
      for event in [
        JournalEntry.Event.intent(
          .init(
            request: before, provider: "other",
            provenance: Provenance(template: "a {color} lantern", experiment: ExperimentID("x9")))),
        .edited(
          .init(
            request: try #require(birth.request), provider: birth.provider,
            dialect: birth.dialect, provenance: experiment)),
        .sent(attempt: 1), .done(birth.id),
      ] {
        try journal.append(JournalEntry(job: birth.id.job, time: evening, event: event))
      }
      let picture = try GalleryWriter(layout).store(birth, bytes: Self.gif)
      let read = try birthMadeAnew(of: picture, layout)
      #expect(read.request == birth.request)
      #expect(read.provider == birth.provider)
      #expect(read.provenance == experiment)
      #expect(read.timings == Timings(submitted: evening, sent: evening, finished: evening))
    }
  }

  @Test func aLostRecordComesBackWhenTheIndexIsMadeAnew() throws {
    try withGallery { layout in
      var birth = try birth(
        "k7f2-2", references: [Self.stored("/home/me.png"), .picture("c3d4-1")])
      birth.request?.count = 3
      let picture = try Self.store(birth, Self.gif, GalleryWriter(layout))
      try ReindexTests.removeIndex(layout)
      _ = try GalleryWriter(layout)
      let record = try BirthRecord(ofPicture: layout.path(relative: picture.path))
      #expect(record.birth.id == birth.id)
      #expect(record.birth.source == .generated)
      #expect(record.birth.request == birth.request)
      #expect(record.birth.setSize == 3)
      #expect(record.birth.provider == "sandbox")
      #expect(record.birth.dialect == "ark")
      #expect(record.birth.clientRequestID == "8a7b")
      #expect(record.birth.created == evening)
      #expect(record.birth.timings == Timings(submitted: evening, sent: evening, finished: evening))
      #expect(record.birth.parents.map(\.description) == ["c3d4-1"])
      #expect(try GalleryAccess(layout).makeIndex().search("lantern", limit: 9) == [picture])
    }
  }

  @Test func whatIsEmbeddedAndWhatIsJournalledCompleteEachOther() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      // The reply's side is only in the file, the path of the reference only in the journal.
      var birth = try birth("k7f2-1", references: [Self.stored("/home/me.png")])
      birth.modelAnswered = "seedream-4-5-251128"
      birth.usage = Usage(generatedImages: 1, outputTokens: 4, totalTokens: 5)
      birth.providerRequestID = "0217"
      birth.clientRequestID = "8a7b"
      let picture = try Self.store(birth, jpeg(), writer)
      #expect(try writer.reindex().recordsWritten == [picture.path])
      #expect(try BirthRecord(ofPicture: layout.path(relative: picture.path)).birth == birth)
    }
  }

  @Test(arguments: [true, false])
  func whatThePictureHashedToAsItArrivedIsFoundOutAgain(isJPEG: Bool) throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let birth = try birth(
        "k7f2-1", references: [Self.stored("/home/me.png"), .picture("c3d4-1")])
      let received = try isJPEG ? jpeg() : ImageEncoder.png(pattern())
      let picture = try Self.store(birth, received, writer)
      _ = try writer.reindex()
      let path = layout.path(relative: picture.path)
      let file = try BirthRecord(ofPicture: path).file
      #expect(file.receivedSHA256 == SHA256.hexDigest(of: received))
      #expect(file.sha256 == SHA256.hexDigest(of: try bytes(path)))
      #expect(file.receivedSHA256 != file.sha256)
    }
  }

  @Test func aJobTheJournalDoesNotKnowIsRecoveredAsBefore() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      _ = try Self.store(birth("k7f2-1"), Self.gif, writer)
      let other = try writer.store(birth("c3d4-1"), bytes: Self.gif)
      let path = layout.path(relative: other.path)
      try FileSystem.remove(path + ".json")
      #expect(try writer.reindex().recordsWritten.count == 2)
      #expect(try BirthRecord(ofPicture: path).birth.source == .recovered)
    }
  }

  @Test func aJournalThatCannotBeReadIsNoted() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let picture = try Self.store(birth("k7f2-1"), Self.gif, writer)
      try FileSystem.createDirectory(layout.journalDirectory + "/2026-10.jsonl")
      let report = try writer.reindex()
      #expect(report.recordsWritten == [picture.path])
      #expect(report.inaccessible.keys.sorted() == [".darkroom/journal"])
    }
  }
}
