import Paging
import Posix
import SQLite
import Seedream
import TestSupport
import Testing

@testable import Gallery

@Suite("Pages of the index") struct PictureIndexTests {
  /// An index without its gallery, filled.
  private func withShelf(
    seed: Int = 1, rows: Int = 3000,
    _ body: (inout Shelf, GalleryIndex, GalleryLayout) throws -> Void
  ) throws {
    try withGallery { layout in
      try FileSystem.createDirectory(layout.root)
      try FileSystem.createDirectory(layout.privateDirectory)
      let index = try GalleryIndex(path: layout.index)
      var shelf = Shelf(seed: seed)
      try shelf.fill(index, rows: rows)
      try body(&shelf, index, layout)
    }
  }

  @Test(arguments: ["", Shelf.words])
  func everyPageIsAPartOfTheList(words: String) throws {
    try withShelf { shelf, index, layout in
      let reader = GalleryReader(layout)
      try PictureIndexContract(index: reader, rows: shelf.rows).checkPages(
        300, words: words, seed: 7)
      for _ in 0..<400 { try shelf.remove(from: index) }
      let contract = PictureIndexContract(index: reader, rows: shelf.rows)
      try contract.checkPages(100, words: words, seed: 8)
      try contract.checkWalks(words: words)
    }
  }

  @Test(arguments: ["", Shelf.words])
  func anIndexOfAnOlderProgramIsReadAsItIs(words: String) throws {
    try withShelf(rows: 1000) { shelf, _, layout in
      try layout.setIndexBackToLayers()
      let contract = PictureIndexContract(
        index: GalleryReader(layout), rows: shelf.rows, isOld: true)
      try contract.checkPages(100, words: words, seed: 9)
      try contract.checkWalks(words: words)
      #expect(try GalleryReader(layout).changes(since: 0) == nil)
    }
  }

  @Test func anIndexOfAnOlderProgramIsBroughtUpToDate() throws {
    try withShelf(rows: 1000) { shelf, _, layout in
      try layout.setIndexBackToLayers()
      let index = try GalleryIndex(path: layout.index)
      let reader = GalleryReader(layout)
      try PictureIndexContract(index: reader, rows: shelf.rows, isOld: true)
        .checkPages(100, words: "", seed: 10)
      let mark = try reader.page(PageRequest(.first, limit: 1)).mark
      try shelf.add(to: index)
      #expect(try reader.changes(since: mark)?.changed.isEmpty == false)
    }
  }

  @Test func anIndexOfTheFirstProgramHasPages() throws {
    try withGallery { layout in
      do { try GalleryWriter(layout).store(birth("k7f2-1")) }
      try layout.setIndexBackToLayers()
      let connection = try Connection(path: layout.index)
      try connection.executeScript(
        """
        DROP INDEX picture_layer; ALTER TABLE picture DROP COLUMN layer;
        ALTER TABLE picture DROP COLUMN remark; DROP TABLE trash; PRAGMA user_version = 1
        """)
      let page = try GalleryReader(layout).page(PageRequest(.picture(id: "k7f2-1"), limit: 5))
      #expect(page.rows.map(\.picture.id.description) == ["k7f2-1"])
      #expect(page.total == 1 && page.firstRow == 0)
    }
  }

  @Test(arguments: 1...4)
  func changesTurnAnOldListIntoTheNewOne(seed: Int) throws {
    try withShelf(seed: seed, rows: 300) { shelf, index, layout in
      let reader = GalleryReader(layout)
      for round in 0..<20 {
        let before = shelf.rows()
        let mark = try reader.page(PageRequest(.first, limit: 1)).mark
        let old = shelf.pictures.map(\.id)
        for _ in 0..<round { try shelf.remove(from: index) }
        for _ in 0..<(round % 4) { try shelf.add(to: index) }
        let left = Set(shelf.pictures.map(\.id))
        for id in old where !left.contains(id) && round % 2 == 0 {
          try shelf.restore(id, to: index)
        }
        let changes = try #require(try reader.changes(since: mark))
        let touched = Set(changes.removed + changes.changed.map(\.picture.id))
        let after = before.filter { !touched.contains($0.picture.id) } + changes.changed
        #expect(after.sorted { $0.picture.position > $1.picture.position } == shelf.rows())
        #expect(try reader.changes(since: changes.mark)?.changed == [])
      }
    }
  }

  @Test func whatIsTooMuchOrTooLongAgoIsReadAgain() throws {
    try withShelf(rows: 20) { shelf, index, layout in
      let reader = GalleryReader(layout)
      let mark = try reader.page(PageRequest(.first, limit: 1)).mark
      #expect(try reader.changes(since: mark - 100) == nil)
      #expect(try reader.changes(since: mark + 1) == nil)
      try shelf.fill(index, rows: 400)
      #expect(try reader.changes(since: mark) == nil)
      let later = try reader.page(PageRequest(.first, limit: 1)).mark
      try index.replaceAll(shelf.pictures, trash: [])
      #expect(try reader.changes(since: later) == nil)
      let contract = PictureIndexContract(index: reader, rows: shelf.rows)
      try contract.checkPages(50, words: "", seed: 11)
    }
  }

  @Test func aGalleryThatIsNotThereHasAnEmptyPage() throws {
    try withGallery { layout in
      let page = try GalleryReader(layout).page(PageRequest(.last, limit: 5))
      #expect(page.rows.isEmpty && page.total == 0 && page.reachesStart && page.reachesEnd)
      #expect(try GalleryReader(layout).changes(since: 0) == nil)
    }
  }
}
