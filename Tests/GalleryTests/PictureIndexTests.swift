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
    _ body: (inout Shelf, GalleryIndex, GalleryLayout) throws -> Void
  ) throws {
    try withGallery { layout in
      try FileSystem.createDirectory(layout.root)
      try FileSystem.createDirectory(layout.privateDirectory)
      let index = try GalleryIndex(path: layout.index)
      var shelf = Shelf(seed: 1)
      try shelf.fill(index, rows: 1000)
      try body(&shelf, index, layout)
    }
  }

  @Test(arguments: IndexKind.allCases, ["", Shelf.words])
  func everyPageIsAPartOfTheList(kind: IndexKind, words: String) throws {
    try kind.withShelf { shelf, filled, index in
      try PictureIndexContract(index: index, shelf: shelf).checkPages(300, words: words, seed: 7)
      for _ in 0..<400 { try shelf.remove(from: filled) }
      let contract = PictureIndexContract(index: index, shelf: shelf)
      try contract.checkPages(100, words: words, seed: 8)
      try contract.checkWalks(words: words)
    }
  }

  @Test(arguments: IndexKind.allCases)
  func whatIsThereIsFoundByWordsIdsAndLineage(kind: IndexKind) throws {
    try kind.withShelf(rows: 600) { shelf, filled, index in
      for _ in 0..<60 { try shelf.remove(from: filled) }
      for trashed in shelf.trash.prefix(20) { try shelf.restore(trashed.picture.id, to: filled) }
      let contract = PictureIndexContract(index: index, shelf: shelf)
      for words in ["", Shelf.words, "lake"] { try contract.checkSearch(words: words) }
      try contract.checkPictures(150, seed: 12)
      try contract.checkLineage()
      try contract.checkTrash()
      let erased = try #require(shelf.trash.first?.picture)
      try filled.removeFromTrash(erased.path)
      #expect(try !index.trashedPictures().contains { $0.picture.id == erased.id })
      #expect(galleryError { _ = try index.pictureAnywhere("\(erased.id)") }?.code == .notFound)
    }
  }

  @Test(arguments: IndexKind.allCases)
  func aSetOfLayersGoesTogether(kind: IndexKind) throws {
    try kind.withShelf(rows: 40) { shelf, filled, index in
      let base = try #require(shelf.pictures.first { $0.layer == 0 })
      let set = try index.set(of: base)
      #expect(set.count == 4 && set.map(\.layer) == [0, 1, 2, 3])
      for picture in set.reversed() {
        var there = picture
        there.path = ".darkroom/trash/" + picture.path
        try filled.moveToTrash(TrashedPicture(there, trashed: evening), from: picture.path)
      }
      let trashed = try index.trashedPicture(base.id.description)
      #expect(try index.trashedSet(of: trashed).map(\.picture.id) == set.map(\.id))
      let layer = try index.trashedPicture(set[2].id.description)
      #expect(try index.trashedSet(of: layer) == [layer])
      #expect(try index.layers(of: base.id.job).isEmpty)
    }
  }

  @Test(arguments: ["", Shelf.words])
  func anIndexOfAnOlderProgramIsReadAsItIs(words: String) throws {
    try withShelf { shelf, _, layout in
      try layout.setIndexBackToLayers()
      let contract = PictureIndexContract(
        index: GalleryAccess(layout).makeIndex(), shelf: shelf, schema: 3)
      try contract.checkPages(100, words: words, seed: 9)
      try contract.checkWalks(words: words)
      #expect(try GalleryAccess(layout).makeIndex().changes(since: 0) == nil)
    }
  }

  @Test func anIndexOfAnOlderProgramIsBroughtUpToDate() throws {
    try withShelf { shelf, _, layout in
      try layout.setIndexBackToLayers()
      let index = try GalleryIndex(path: layout.index)
      let reader = GalleryAccess(layout).makeIndex()
      try PictureIndexContract(index: reader, shelf: shelf, schema: 3)
        .checkPages(100, words: "", seed: 10)
      let mark = try reader.page(PageRequest(.first, limit: 1)).mark
      try shelf.add(to: index)
      #expect(try reader.changes(since: mark)?.changed.isEmpty == false)
    }
  }

  @Test(arguments: ["", Shelf.words])
  func anIndexWithoutProvenanceIsReadAsItIsAndBroughtUpToDate(words: String) throws {
    try withShelf { shelf, _, layout in
      for _ in 0..<20 { try shelf.remove(from: try GalleryIndex(path: layout.index)) }
      try layout.setIndexBackToWindow()
      let reader = GalleryAccess(layout).makeIndex()
      let contract = PictureIndexContract(index: reader, shelf: shelf, schema: 4)
      try contract.checkPages(50, words: words, seed: 13)
      let child = try #require(
        shelf.pictures.first { !$0.parentEdges.isEmpty && $0.layer == nil })
      let layer = try #require(
        shelf.pictures.first { !$0.parentEdges.isEmpty && $0.layer != nil })
      let mark = try reader.page(PageRequest(.first, limit: 1)).mark
      for isNew in [false, true] {
        if isNew { _ = try GalleryIndex(path: layout.index) }
        for (picture, kind) in [(child, ParentEdge.Kind.reference), (layer, .layer)] {
          #expect(try reader.parents(of: picture.id).map(\.kind).allSatisfy { $0 == kind })
          let found = try reader.children(of: picture.parents[0])
            .filter { $0.picture.id == picture.id }
          #expect(found.map(\.kind) == [kind])
        }
        #expect(try reader.pictures(of: ExperimentID("x1")).isEmpty)
        #expect(try reader.trashedPictures().map(\.picture.id) == shelf.trash.map(\.picture.id))
        #expect(try reader.changes(since: mark)?.changed == [])
      }
      try contract.checkPages(50, words: words, seed: 14)
      try shelf.add(to: try GalleryIndex(path: layout.index))
      #expect(try reader.changes(since: mark)?.changed.isEmpty == false)
    }
  }

  @Test func anIndexOfTheFirstProgramHasPages() throws {
    try withGallery { layout in
      do { try GalleryWriter(layout).store(origin("k7f2-1")) }
      try layout.setIndexBackToLayers()
      let connection = try Connection(path: layout.index)
      try connection.executeScript(
        """
        DROP INDEX picture_layer; ALTER TABLE picture DROP COLUMN layer;
        ALTER TABLE picture DROP COLUMN remark; DROP TABLE trash; PRAGMA user_version = 1
        """)
      let page = try GalleryAccess(layout).makeIndex().page(
        PageRequest(.picture(id: "k7f2-1"), limit: 5))
      #expect(page.rows.map(\.picture.id.description) == ["k7f2-1"])
      #expect(page.total == 1 && page.firstRow == 0)
    }
  }

  @Test(arguments: IndexKind.allCases, 1...4)
  func changesTurnAnOldListIntoTheNewOne(kind: IndexKind, seed: Int) throws {
    try kind.withShelf(seed: seed, rows: 300) { shelf, index, reader in
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
        let position = before[before.count / 2].picture.position
        let changes = try #require(try reader.changes(since: mark, above: position))
        let touched = Set(changes.removed + changes.changed.map(\.picture.id.description))
        let after =
          before.filter { !touched.contains($0.picture.id.description) } + changes.changed
        #expect(changes.total == after.count)
        #expect(changes.newer == after.count { $0.picture.position > position })
        #expect(after.sorted { $0.picture.position > $1.picture.position } == shelf.rows())
        #expect(try reader.changes(since: changes.mark)?.changed == [])
      }
    }
  }

  @Test(arguments: IndexKind.allCases)
  func whatIsTooMuchOrTooLongAgoIsReadAgain(kind: IndexKind) throws {
    try kind.withShelf(rows: 20) { shelf, index, reader in
      let mark = try reader.page(PageRequest(.first, limit: 1)).mark
      #expect(try reader.changes(since: mark - 100) == nil)
      #expect(try reader.changes(since: mark + 1) == nil)
      try shelf.fill(index, rows: 400)
      #expect(try reader.changes(since: mark) == nil)
      let later = try reader.page(PageRequest(.first, limit: 1)).mark
      try index.replaceAll(shelf.pictures, trash: [])
      #expect(try reader.changes(since: later) == nil)
      let contract = PictureIndexContract(index: reader, shelf: shelf)
      try contract.checkPages(50, words: "", seed: 11)
    }
  }

  @Test func aGalleryThatIsNotThereHasAnEmptyPage() throws {
    try withGallery { layout in
      let page = try GalleryAccess(layout).makeIndex().page(PageRequest(.last, limit: 5))
      #expect(page.rows.isEmpty && page.total == 0 && page.reachesStart && page.reachesEnd)
      #expect(try GalleryAccess(layout).makeIndex().changes(since: 0) == nil)
    }
  }
}
