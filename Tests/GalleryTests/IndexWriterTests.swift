import Posix
import Seedream
import Synchronization
import Testing

@testable import Gallery

/// What every `IndexWriter` answers whoever writes a gallery; that readers see what it was told is in
/// `PictureIndexTests`.
@Suite("What is written to the index") struct IndexWriterTests {
  @Test(arguments: IndexKind.allCases) func itKnowsWhatItWasTold(kind: IndexKind) throws {
    try kind.withIndex { writer, _ in
      var shelf = Shelf(seed: 5)
      #expect(writer.isNew)
      try shelf.fill(writer, rows: 200)
      for _ in 0..<30 { try shelf.remove(from: writer) }
      for picture in shelf.pictures {
        #expect(try writer.picture(picture.id) == picture)
        #expect(try writer.contains(picture.id.job))
        for parent in picture.parents { #expect(try writer.contains(parent.job)) }
      }
      #expect(try writer.trashPaths() == Set(shelf.trash.map(\.picture.path)))
      for trashed in shelf.trash {
        #expect(try writer.trashed(trashed.picture.id)?.picture.id == trashed.picture.id)
        #expect(try writer.picture(trashed.picture.id) == nil)
        #expect(try writer.contains(trashed.picture.id.job))
      }
      let nobody = try #require(JobID("zzzz"))
      #expect(try !writer.contains(nobody))
      #expect(try writer.picture(PictureID(job: nobody, number: 1)) == nil)
      #expect(try writer.trashed(PictureID(job: nobody, number: 1)) == nil)
    }
  }

  @Test(arguments: IndexKind.allCases) func itIsNewUntilItWasFilled(kind: IndexKind) throws {
    try kind.withIndex { writer, _ in
      #expect(writer.isNew)
      try writer.replaceAll([], trash: [])
      #expect(!writer.isNew)
    }
  }

  /// Of a first filling that was cut off nothing is left, and the next who opens the index fills it.
  @Test func oneThatWasNeverFilledIsFilledByTheNext() throws {
    try withUnindexedGallery { layout in
      #expect(try GalleryIndex(path: layout.index).isNew)
      _ = try GalleryWriter(layout)
      #expect(try !GalleryIndex(path: layout.index).isNew)
      #expect(try GalleryAccess(layout).makeIndex().count(matching: "") == 3)
    }
  }

  /// The disk was full when the gallery was opened: what was in it is found once there is room.
  @Test func oneThatCouldNotBeMadeAtTheStartIsMadeWhole() throws {
    try withUnindexedGallery { layout in
      let files = GalleryAccess(layout)
      let isFull = Mutex(true)
      let access = files.opening { anew throws(GalleryError) in
        if isFull.withLock({ $0 }) { throw GalleryError(.noSpace, "The disk is full.") }
        return try files.openIndex(anew)
      }
      let writer = try GalleryWriter(layout, access: access)
      #expect(!FileSystem.exists(layout.index))
      isFull.withLock { $0 = false }
      let row = try writer.store(origin("m3n4-1"))
      let index = files.makeIndex()
      #expect(try index.count(matching: "") == 4)
      #expect(try index.picture("m3n4-1") == row)
      #expect(writer.unindexed.isEmpty)
    }
  }

  /// There was room to open an index and none to fill it: the gallery is written all the same, and the index is filled
  /// as soon as it can be, whether or not a picture comes.
  @Test func oneThatCouldNotBeFilledAtTheStartIsFilledLater() throws {
    try withUnindexedGallery { layout in
      let files = GalleryAccess(layout)
      let isFull = Mutex(true)
      let access = files.opening { anew throws(GalleryError) in
        if isFull.withLock({ $0 }) { return FullIndex() }
        return try files.openIndex(anew)
      }
      let writer = try GalleryWriter(layout, access: access)
      try writer.store(origin("m3n4-1"))
      isFull.withLock { $0 = false }
      // Each try looks at every record: not at once.
      #expect(throws: GalleryError.self) { try writer.completeIndex() }
      writer.fillPause = 0
      try writer.completeIndex()
      #expect(try files.makeIndex().count(matching: "") == 4)
    }
  }

  /// Of two with one id, it is what came last; the row of another picture that has the id by now stays.
  @Test(arguments: IndexKind.allCases) func oneIdMayBeInTheTrashTwice(kind: IndexKind) throws {
    try kind.withIndex { writer, index in
      var shelf = Shelf(seed: 6)
      try shelf.fill(writer, rows: 3)
      var picture = try #require(shelf.pictures.first)
      let home = picture.path
      for (number, time) in ["2026-11-21T10:00:00Z", "2026-11-22T10:00:00Z"].enumerated() {
        picture.path = ".darkroom/trash/2026-11-21/\(number).jpg"
        let trashed = TrashedPicture(picture, trashed: try #require(Timestamp(time)))
        try writer.moveToTrash(trashed, from: home)
      }
      #expect(try writer.trashed(picture.id)?.picture.path == picture.path)
      #expect(try writer.trashPaths().count == 2)
      picture.path = home
      let back = try writer.restore(picture, from: ".darkroom/trash/2026-11-21/1.jpg")
      #expect(try index.picture(picture.id.description) == back)
      var other = picture
      other.path = ".darkroom/trash/2026-11-21/2.jpg"
      try writer.moveToTrash(TrashedPicture(other, trashed: .now()), from: "2026-11-20/other.jpg")
      #expect(try writer.picture(picture.id) == back)
    }
  }

  /// Whoever writes a gallery asks for no more than the protocol has.
  @Test func aGalleryIsWrittenWithAnIndexThatIsNoFile() throws {
    try withGallery { layout in
      let files = GalleryAccess(layout)
      let access = GalleryAccess(
        makeIndex: { ArrayIndex() }, openIndex: { _ in ArrayIndex() }, blobs: files.blobs,
        acquireLease: files.acquireLease)
      let writer = try GalleryWriter(layout, access: access)
      let index = try #require(writer.index as? ArrayIndex)
      let record = try writer.store(origin("k7f2-1"))
      try writer.store(origin("k7f2-2"))
      #expect(try index.picture("k7f2-1") == record)
      _ = try writer.trash(record.id)
      #expect(index.trashedPictures().map(\.picture.id) == [record.id])
      #expect(try writer.restore(record.id).path == record.path)
      #expect(try writer.reindex().pictures == 2)
      #expect(index.count(matching: "") == 2)
      #expect(try writer.newJobID { _ in false } != record.id.job)
      #expect(!FileSystem.exists(layout.index))
    }
  }
}

/// A gallery of three pictures whose index is gone.
private func withUnindexedGallery(_ body: (GalleryLayout) throws -> Void) throws {
  try withGallery { layout in
    do {
      let writer = try GalleryWriter(layout)
      for number in 1...3 { try writer.store(origin("k7f2-\(number)")) }
    }
    try GalleryIndex.remove(layout.index)
    try body(layout)
  }
}

extension GalleryAccess {
  /// The same with another way to open the index.
  fileprivate func opening(
    _ openIndex: @escaping @Sendable (_ anew: Bool) throws(GalleryError) -> any IndexWriter
  ) -> GalleryAccess {
    GalleryAccess(
      makeIndex: makeIndex, openIndex: openIndex, blobs: blobs, acquireLease: acquireLease)
  }
}

/// An index on a disk that has no room for a row.
private final class FullIndex: IndexWriter {
  let isNew = true
  private let full = GalleryError(.noSpace, "The disk is full.")

  func insert(_ record: PictureRecord) throws(GalleryError) -> PictureRecord { throw full }
  func replaceAll(_ records: [PictureRecord], trash: [TrashedPicture]) throws(GalleryError) {
    throw full
  }
  func contains(_ job: JobID) -> Bool { false }
  func picture(_ id: PictureID) -> PictureRecord? { nil }
  func trashPaths() -> Set<String> { [] }
  func trashed(_ id: PictureID) -> TrashedPicture? { nil }
  func moveToTrash(_ picture: TrashedPicture, from: String) throws(GalleryError) { throw full }
  func restore(
    _ record: PictureRecord, from trashPath: String
  ) throws(GalleryError) -> PictureRecord { throw full }
  func removeFromTrash(_ path: String) throws(GalleryError) { throw full }
}
