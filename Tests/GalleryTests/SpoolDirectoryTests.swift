import Gallery
import Glibc
import Posix
import SQLite
import Seedream
import TestSupport
import Testing

/// What could not be written to the gallery, and comes home later.
@Suite struct SpoolDirectoryTests {
  private func entry(_ job: String, _ event: JournalEntry.Event) throws -> JournalEntry {
    JournalEntry(job: try #require(JobID(job)), time: evening, event: event)
  }

  /// Puts a file where the journal's directory belongs. Rights would not stop a test that runs as root.
  private func block(_ layout: GalleryLayout) throws {
    try DurableFile.write([], to: layout.journalDirectory)
  }

  /// The device that is always full takes nothing back either; only root makes one where it is needed.
  @Test(.enabled(if: geteuid() == 0))
  func anIntentThatCannotBeTakenBackIsCancelled() throws {
    let state = try TemporaryDirectory()
    try withGallery { layout in
      let spoolDirectory = SpoolDirectory(stateDirectory: state.path, gallery: layout.root)
      let intent = try entry(
        "k7f2", .intent(.init(request: .init(model: "m", prompt: "p"), provider: "test")))
      let path = layout.journal(intent.time)
      try FileSystem.createDirectory(layout.journalDirectory)
      let made = unsafe mknod(path, S_IFCHR | 0o600, dev_t(1 << 8 | 7))
      try #require(made == 0)
      #expect(throws: GalleryError.self) {
        try Journal(layout, spoolDirectory: spoolDirectory).append(intent)
      }
      try FileSystem.remove(path)
      // As it is where the line did get there.
      try Journal(layout).append(intent)
      try Journal(layout, spoolDirectory: spoolDirectory).recover()
      #expect(try JournalContents(layout).entries.map(\.event) == [intent.event, .cancelled])
    }
  }

  @Test func linesComeHomeOnceAndInOrder() throws {
    let state = try TemporaryDirectory()
    try withGallery { layout in
      let spoolDirectory = SpoolDirectory(stateDirectory: state.path, gallery: layout.root)
      let writer = try GalleryWriter(layout, spoolDirectory: spoolDirectory)
      try block(layout)
      let entries = try [
        entry("k7f2", .result(number: 1, .address("https://example.org/1?signature=x"))),
        entry("k7f2", .finished(count: 1)), entry("k7f2", .settled(pictures: 1, nil)),
      ]
      func first() {
        let journal = Journal(layout, spoolDirectory: spoolDirectory)
        for entry in entries { #expect(journal.note(entry)?.code == .cannotWrite) }
        #expect(journal.heldEntries == 0)
      }
      first()
      let away = spoolDirectory.directory + "/journal.jsonl"
      #expect(try FileInformation(of: away).mode == 0o600)
      let lines = try bytes(away)
      try FileSystem.remove(layout.journalDirectory)

      let second = Journal(layout, spoolDirectory: spoolDirectory)
      let last = try entry("k7f2", .forgotten)
      try second.append(last)
      #expect(try JournalContents(layout).entries == entries + [last])
      #expect(!FileSystem.exists(away))

      // A crash before the refuge was emptied brings nothing twice.
      try DurableFile.write(lines, to: away)
      try Journal(layout, spoolDirectory: spoolDirectory).recover()
      #expect(try JournalContents(layout).entries == entries + [last])
      #expect(writer.layout == layout)
    }
  }

  @Test func withoutAnyDiskLinesWaitInMemory() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      try block(layout)
      let journal = Journal(layout)
      let entry = try entry("k7f2", .finished(count: 1))
      #expect(journal.note(entry)?.code == .cannotWrite)
      #expect(journal.heldEntries == 1)
      try FileSystem.remove(layout.journalDirectory)
      try journal.recover()
      #expect(journal.heldEntries == 0)
      #expect(try JournalContents(layout).entries == [entry])
      #expect(writer.layout == layout)
    }
  }

  @Test(arguments: [false, true])
  func bytesOfTheRefugeAreFiled(afterRestart: Bool) throws {
    let state = try TemporaryDirectory()
    try withGallery { layout in
      let spoolDirectory = SpoolDirectory(stateDirectory: state.path, gallery: layout.root)
      let writer = try GalleryWriter(layout, spoolDirectory: spoolDirectory)
      let origin = try origin("k7f2-1")
      var draft = try StagedPicture(layout, in: spoolDirectory, created: origin.created)
      try draft.write(try jpeg())
      let kept = draft.keep()
      #expect(kept.hasPrefix(spoolDirectory.directory + "/pictures/"))
      let picture: PictureRecord
      if afterRestart {
        var taken = try writer.adopt(kept, as: origin.id, created: origin.created)
        picture = try writer.finish(&taken, origin: origin)
      } else {
        picture = try writer.finish(&draft, origin: origin)
      }
      #expect(
        try BirthRecord(ofPicture: layout.path(relative: picture.path)).origin.id == origin.id)
      #expect(try writer.reindex().foundNothing)
      let outside = galleryError {
        _ = try writer.adopt(
          spoolDirectory.directory + "/pictures/../gallery", as: origin.id, created: origin.created)
      }
      #expect(outside?.code == .notFound)
    }
    #expect(try names(state.path("refuge")).count == 1)
  }

  @Test func anIndexThatCannotBeWrittenCostsNoPicture() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      try writer.store(origin("k7f2-1"))
      let other = try Connection(path: layout.index)
      try other.execute(
        "CREATE TRIGGER t BEFORE INSERT ON picture BEGIN SELECT RAISE(ABORT, 'no'); END")
      let picture = try writer.store(origin("k7f2-2"))
      #expect(FileSystem.exists(layout.path(relative: picture.path)))
      #expect(try GalleryAccess(layout).makeIndex().count() == 1)
      try other.execute("DROP TRIGGER t")
      try writer.completeIndex()
      #expect(
        try GalleryAccess(layout).makeIndex().newest(limit: 9).map(\.id.description).sorted() == [
          "k7f2-1", "k7f2-2",
        ])
    }
  }

  @Test func aGalleryThatWasRemovedMayBeBegunAnew() throws {
    let state = try TemporaryDirectory()
    for _ in 1...2 {
      let gallery = try TemporaryDirectory()
      let layout = GalleryLayout(root: gallery.path("pictures"))
      let spoolDirectory = SpoolDirectory(stateDirectory: state.path, gallery: layout.root)
      _ = try GalleryWriter(layout, spoolDirectory: spoolDirectory)
      #expect(FileSystem.exists(layout.lock))
    }
  }
}
