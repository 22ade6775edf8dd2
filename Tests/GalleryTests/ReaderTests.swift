import Gallery
import Posix
import SQLite
import Synchronization
import TestSupport
import Testing

/// Tells readers when the writer has ended.
private final class Writing: Sendable {
  let isDone = Atomic(false)
}

@Suite struct ReaderTests {
  @Test func aGalleryThatIsNotThereIsEmpty() throws {
    try withGallery { layout in
      let reader = GalleryAccess(layout).makeIndex()
      #expect(try reader.count() == 0)
      #expect(try reader.newest(limit: 5) == [])
      #expect(try reader.search("fog", limit: 5) == [])
      #expect(galleryError { _ = try reader.picture("k7f2") }?.code == .notFound)
      #expect(!FileSystem.exists(layout.root))
      let writer = try GalleryWriter(layout)
      try writer.store(origin("k7f2-1"))
      #expect(try reader.count() == 1)
    }
  }

  @Test func anEmptyIndexFileIsNoError() throws {
    try withGallery { layout in
      try FileSystem.createDirectory(layout.privateDirectory)
      try DurableFile.write([], to: layout.index)
      #expect(try GalleryAccess(layout).makeIndex().count() == 0)
    }
  }

  @Test func readersOnOtherThreadsSeeWholeStatesWhileTheWriterWrites() async throws {
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("pictures"))
    let writing = Writing()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { writing.isDone.store(true, ordering: .releasing) }
        let writer = try GalleryWriter(layout)
        for number in 1...60 { try writer.store(origin("k7f2-\(number)")) }
        for _ in 1...10 { try writer.reindex() }
      }
      group.addTask {
        let reader = GalleryAccess(layout).makeIndex()
        var most = 0
        while !writing.isDone.load(ordering: .acquiring) {
          let pictures = try reader.search("lantern", limit: 100)
          #expect(pictures.count >= most, "a reader saw pictures vanish")
          #expect(
            pictures.map(\.id.number) == Array((0..<pictures.count).map { pictures.count - $0 }))
          most = pictures.count
        }
        #expect(try reader.count() == 60)
      }
      try await group.waitForAll()
    }
    withExtendedLifetime(directory) {}
  }

  @Test func anIndexOfANewerProgramIsLeftAlone() throws {
    try withGallery { layout in
      do { try GalleryWriter(layout).store(origin("k7f2-1")) }
      try Connection(path: layout.index).execute("PRAGMA user_version = 1000")
      let error = galleryError { _ = try GalleryWriter(layout) }
      #expect(error?.code == .newerIndex)
      #expect(try GalleryAccess(layout).makeIndex().count() == 1)
    }
  }
}
