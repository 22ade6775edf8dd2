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
    _ origin: PictureOrigin, _ bytes: [UInt8], _ writer: GalleryWriter
  ) throws -> PictureRecord {
    let request = try #require(origin.request)
    let journal = Journal(writer.layout)
    func write(_ event: JournalEntry.Event) throws {
      try journal.append(JournalEntry(job: origin.id.job, time: evening, event: event))
    }
    try write(
      .intent(
        JournalEntry.Intent(
          request: request, provider: origin.provider, dialect: origin.dialect,
          clientRequestID: "8a7b")))
    try write(.sent(attempt: 1))
    let picture = try writer.store(origin, bytes: bytes)
    try write(.done(origin.id))
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
      var origin = try origin("k7f2-1")
      origin.said = SaidOfPicture(
        size: "2x2", background: "opaque", layer: PictureLayer(order: 1, name: "Cat"))
      let journal = Journal(layout)
      for event in [
        JournalEntry.Event.intent(
          .init(request: try #require(origin.request), provider: origin.provider)),
        .result(number: 1, .file(".pending-1"), said: origin.said),
        .result(number: 1, .file(".pending-2")),
      ] {
        try journal.append(JournalEntry(job: origin.id.job, time: evening, event: event))
      }
      let picture = try GalleryWriter(layout).store(origin, bytes: Self.gif)
      try FileSystem.remove(layout.path(relative: picture.path) + ".json")
      try ReindexTests.removeIndex(layout)
      _ = try GalleryWriter(layout)
      let record = try BirthRecord(ofPicture: layout.path(relative: picture.path))
      #expect(record.origin.said == origin.said)
    }
  }

  @Test func aJobThatWasChangedWhileItWaitedIsKnownAsItWasSent() throws {
    try withGallery { layout in
      let origin = try origin("k7f2-1", prompt: "a blue lantern")
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
            request: try #require(origin.request), provider: origin.provider,
            dialect: origin.dialect, provenance: experiment)),
        .sent(attempt: 1), .done(origin.id),
      ] {
        try journal.append(JournalEntry(job: origin.id.job, time: evening, event: event))
      }
      let picture = try GalleryWriter(layout).store(origin, bytes: Self.gif)
      let read = try originMadeAnew(of: picture, layout)
      #expect(read.request == origin.request)
      #expect(read.provider == origin.provider)
      #expect(read.provenance == experiment)
      #expect(read.timings == Timings(submitted: evening, sent: evening, finished: evening))
    }
  }

  @Test func aLostRecordComesBackWhenTheIndexIsMadeAnew() throws {
    try withGallery { layout in
      var origin = try origin(
        "k7f2-2", references: [Self.stored("/home/me.png"), .picture("c3d4-1")])
      origin.request?.count = 3
      let picture = try Self.store(origin, Self.gif, GalleryWriter(layout))
      try ReindexTests.removeIndex(layout)
      _ = try GalleryWriter(layout)
      let record = try BirthRecord(ofPicture: layout.path(relative: picture.path))
      #expect(record.origin.id == origin.id)
      #expect(record.origin.source == .generated)
      #expect(record.origin.request == origin.request)
      #expect(record.origin.setSize == 3)
      #expect(record.origin.provider == "sandbox")
      #expect(record.origin.dialect == "ark")
      #expect(record.origin.clientRequestID == "8a7b")
      #expect(record.origin.created == evening)
      #expect(
        record.origin.timings == Timings(submitted: evening, sent: evening, finished: evening))
      #expect(record.origin.parents.map(\.description) == ["c3d4-1"])
      #expect(try GalleryAccess(layout).makeIndex().search("lantern", limit: 9) == [picture])
    }
  }

  @Test func whatIsEmbeddedAndWhatIsJournalledCompleteEachOther() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      // The reply's side is only in the file, the path of the reference only in the journal.
      var origin = try origin("k7f2-1", references: [Self.stored("/home/me.png")])
      origin.modelAnswered = "seedream-4-5-251128"
      origin.usage = Usage(generatedImages: 1, outputTokens: 4, totalTokens: 5)
      origin.providerRequestID = "0217"
      origin.clientRequestID = "8a7b"
      let picture = try Self.store(origin, jpeg(), writer)
      #expect(try writer.reindex().recordsWritten == [picture.path])
      #expect(try BirthRecord(ofPicture: layout.path(relative: picture.path)).origin == origin)
    }
  }

  @Test(arguments: [true, false])
  func whatThePictureHashedToAsItArrivedIsFoundOutAgain(isJPEG: Bool) throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin(
        "k7f2-1", references: [Self.stored("/home/me.png"), .picture("c3d4-1")])
      let received = try isJPEG ? jpeg() : ImageEncoder.png(pattern())
      let picture = try Self.store(origin, received, writer)
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
      _ = try Self.store(origin("k7f2-1"), Self.gif, writer)
      let other = try writer.store(origin("c3d4-1"), bytes: Self.gif)
      let path = layout.path(relative: other.path)
      try FileSystem.remove(path + ".json")
      #expect(try writer.reindex().recordsWritten.count == 2)
      #expect(try BirthRecord(ofPicture: path).origin.source == .recovered)
    }
  }

  @Test func aJournalThatCannotBeReadIsNoted() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let picture = try Self.store(origin("k7f2-1"), Self.gif, writer)
      try FileSystem.createDirectory(layout.journalDirectory + "/2026-10.jsonl")
      let report = try writer.reindex()
      #expect(report.recordsWritten == [picture.path])
      #expect(report.inaccessible.keys.sorted() == [".darkroom/journal"])
    }
  }
}
