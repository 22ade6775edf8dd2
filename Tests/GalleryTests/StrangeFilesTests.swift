import Gallery
import Glibc
import Posix
import TestSupport
import Testing

/// What stands where a gallery keeps a file, and is none: it is refused with a sentence, and nothing waits for it.
@Suite(.timeLimit(.minutes(2))) struct StrangeFilesTests {
  enum Thing: CaseIterable {
    case pipe, directory, device

    func put(at path: String) throws {
      try FileSystem.remove(path)
      switch self {
      case .pipe: try #require(unsafe mkfifo(path, 0o600) == 0)
      case .directory: try #require(unsafe mkdir(path, 0o700) == 0)
      case .device: try #require(unsafe symlink("/dev/zero", path) == 0)
      }
    }
  }

  /// A gallery with a picture that has a reference, nobody writing it.
  private func withClosedGallery(_ body: (GalleryLayout, PictureRecord) throws -> Void) throws {
    try withGallery { layout in
      let record = try Self.fill(layout)
      try body(layout, record)
    }
  }

  private static func fill(_ layout: GalleryLayout) throws -> PictureRecord {
    let writer = try GalleryWriter(layout)
    let journal = Journal(layout)
    let entry = JournalEntry(job: try #require(JobID("k7f2")), time: .now(), event: .cancelled)
    #expect(journal.note(entry) == nil)
    return try writer.store(origin("k7f2-1"))
  }

  @Test(arguments: Thing.allCases) func inPlaceOfTheIndex(_ thing: Thing) throws {
    try withClosedGallery { layout, record in
      for ending in ["-wal", "-shm"] { try FileSystem.remove(layout.index + ending) }
      try thing.put(at: layout.index)
      let error = galleryError {
        _ = try GalleryAccess(layout).makeIndex().search("lantern", limit: 5)
      }
      #expect(error?.message.contains("no regular file") == true, "\(error?.message ?? "none")")
      // Pictures are filed all the same: the index is made from them once it can be.
      let writer = try GalleryWriter(layout)
      try writer.store(origin("k7f2-2"))
      let refusal = galleryError { try writer.reindex() }
      #expect(refusal?.message.contains("no regular file") == true, "\(refusal?.message ?? "none")")
      _ = thing == .directory ? unsafe rmdir(layout.index) : unsafe unlink(layout.index)
      #expect(try writer.reindex().pictures == 2)
      #expect(try GalleryAccess(layout).makeIndex().picture("k7f2-1").path == record.path)
    }
  }

  @Test(arguments: Thing.allCases, ["-wal", "-shm"])
  func besideTheIndex(_ thing: Thing, _ ending: String) throws {
    try withClosedGallery { layout, _ in
      try thing.put(at: layout.index + ending)
      let error = galleryError {
        _ = try GalleryAccess(layout).makeIndex().search("lantern", limit: 5)
      }
      #expect(error?.message.contains("no regular file") == true, "\(error?.message ?? "none")")
    }
  }

  @Test(arguments: Thing.allCases) func inPlaceOfTheLock(_ thing: Thing) throws {
    try withClosedGallery { layout, _ in
      try thing.put(at: layout.lock)
      let error = galleryError { _ = try GalleryWriter(layout) }
      #expect(error?.code == .cannotWrite)
    }
  }

  /// A journal that passed for an empty one would let jobs be sent anew that are paid.
  @Test(arguments: Thing.allCases) func inPlaceOfTheJournal(_ thing: Thing) throws {
    try withClosedGallery { layout, _ in
      let month = layout.journal(Timestamp.now())
      try thing.put(at: month)
      let error = galleryError { _ = try JournalContents(layout) }
      #expect(error?.code == .cannotRead, "\(error?.message ?? "none")")
      let journal = Journal(layout)
      let entry = JournalEntry(job: try #require(JobID("k7f2")), time: .now(), event: .cancelled)
      #expect(journal.note(entry)?.code == .cannotWrite)
    }
  }

  @Test(arguments: Thing.allCases) func inPlaceOfAPictureOrItsRecord(_ thing: Thing) throws {
    try withClosedGallery { layout, record in
      let writer = try GalleryWriter(layout)
      try writer.store(origin("k7f2-2"))
      let picture = layout.path(relative: record.path)
      try thing.put(at: GalleryLayout.record(ofPicture: picture))
      let blobs = GalleryAccess(layout).blobs
      let refused = galleryError {
        _ = try blobs.read(.record(ofPicture: record.path), limit: 1 << 20)
      }
      #expect(refused?.code == .cannotRead)
      // The picture is told by what is embedded in it.
      var report = try writer.reindex()
      #expect(report.pictures == 2)
      #expect(report.recordsBroken[record.path] != nil || !report.inaccessible.isEmpty)
      try thing.put(at: picture)
      report = try writer.reindex()
      #expect(report.inaccessible[record.path] != nil)
      #expect(galleryError { _ = try blobs.open(.picture(record.path)) }?.code == .cannotRead)
      #expect(report.pictures == 1)
    }
  }
}
