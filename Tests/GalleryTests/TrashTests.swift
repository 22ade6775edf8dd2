import Gallery
import Posix
import Seedream
import Testing

@Suite struct TrashTests {
  /// The bytes of every file of the gallery but the index and the lock, by relative path.
  static func files(_ layout: GalleryLayout) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    func walk(_ relative: String) throws {
      for entry in try DirectoryListing(of: layout.path(relative: relative)).entries {
        let path = relative.isEmpty ? entry.name : relative + "/" + entry.name
        if try FileInformation(of: layout.path(relative: path)).kind == .directory {
          try walk(path)
        } else if !path.contains("index.sqlite"), !path.hasSuffix("/lock") {
          found[path] = try bytes(layout.path(relative: path))
        }
      }
    }
    try walk("")
    return found
  }

  /// Writes what a photo program keeps beside a picture.
  static func addSidecar(_ picture: PictureRecord, _ layout: GalleryLayout) throws {
    try DurableFile.write(
      Array("<rating>5</rating>".utf8), to: layout.path(relative: picture.path) + ".xmp")
  }

  @Test func aPictureGoesWithAllThatBelongsToItAndComesBack() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let reader = GalleryAccess(layout).makeIndex()
      let parent = try writer.store(origin("k7f1-1"))
      let child = try writer.store(origin("k7f2-1", references: [.picture("k7f1-1")]))
      let other = try writer.store(origin("k7f3-1", prompt: "a harbour"))
      try Self.addSidecar(child, layout)
      let before = try Self.files(layout)

      let trashed = try writer.trash(child.id)
      #expect(trashed.picture.path == ".darkroom/trash/" + child.path)
      #expect(try reader.newest(limit: 9).map(\.id) == [other.id, parent.id])
      #expect(try reader.search("lantern", limit: 9).map(\.id) == [parent.id])
      #expect(try reader.children(of: parent.id).map(\.picture) == [])
      #expect(galleryError { _ = try reader.picture("k7f2-1") }?.code == .notFound)
      #expect(try reader.trashedPictures() == [trashed])
      let moved = before.map { path, bytes in
        (path.hasPrefix(child.path) ? ".darkroom/trash/" + path : path, bytes)
      }
      #expect(try Self.files(layout) == Dictionary(uniqueKeysWithValues: moved))

      #expect(try writer.restore(child.id) == child)
      #expect(try Self.files(layout) == before)
      #expect(try reader.search("lantern", limit: 9) == [child, parent])
      #expect(try reader.children(of: parent.id).map(\.picture) == [child])
      #expect(try reader.trashedPictures() == [])
    }
  }

  @Test func theTrashIsNoPartOfARebuiltIndex() throws {
    try withGallery { layout in
      do {
        let writer = try GalleryWriter(layout)
        try writer.store(origin("k7f1-1"))
        try writer.store(origin("k7f2-1", references: [.picture("k7f1-1")]))
        _ = try writer.trash(try #require(PictureID("k7f1-1")))
      }
      let reader = GalleryAccess(layout).makeIndex()
      let before = try reader.trashedPictures()
      try ReindexTests.removeIndex(layout)
      let writer = try GalleryWriter(layout)
      #expect(try reader.newest(limit: 9).map(\.id.description) == ["k7f2-1"])
      let after = try reader.trashedPictures()
      #expect(after.map(\.picture.id) == before.map(\.picture.id))
      #expect(after.map(\.picture.path) == before.map(\.picture.path))
      #expect(
        try reader.children(of: before[0].picture.id).map(\.picture.id.description) == ["k7f2-1"])
      let report = try writer.reindex()
      #expect(report.foundNothing && report.pictures == 1 && report.trashed == 1)
    }
  }

  @Test func nothingIsOverwrittenOnEitherWay() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let first = try writer.store(origin("k7f1-1"), bytes: jpeg(shade: 1))
      try Self.addSidecar(first, layout)
      let firstBytes = try bytes(layout.path(relative: first.path))
      _ = try writer.trash(first.id)
      // A copy from elsewhere takes the place, and goes the same way.
      let path = layout.path(relative: first.path)
      try DurableFile.write(jpeg(shade: 2), to: path)
      try writer.reindex()
      let second = try writer.trash(first.id)
      #expect(second.picture.path.hasSuffix("-2.jpg"))
      #expect(try GalleryAccess(layout).makeIndex().trashedPictures().count == 2)

      try DurableFile.write(Array("mine".utf8), to: path)
      let restored = try writer.restore(first.id)
      #expect(try bytes(path) == Array("mine".utf8))
      #expect(restored.path == second.picture.path.dropFirst(".darkroom/trash/".count))
      let again = galleryError { _ = try writer.restore(first.id) }
      #expect(again?.code == .alreadyThere)
      #expect(again?.message.contains(restored.path) == true)
      try FileSystem.remove(path)
      _ = try writer.trash(first.id)
      try writer.erase(first.id)
      let back = try writer.restore(first.id)
      #expect(try bytes(layout.path(relative: back.path)) == firstBytes)
      #expect(FileSystem.exists(layout.path(relative: back.path) + ".xmp"))
      #expect(try names(layout.trash + "/2026-11-21") == [])
    }
  }

  @Test func onlyWhatIsNamedIsErased() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      for number in 1...3 {
        try Self.addSidecar(try writer.store(origin("k7f\(number)-1")), layout)
      }
      for id in ["k7f1-1", "k7f2-1"] { _ = try writer.trash(try #require(PictureID(id))) }
      let before = try Self.files(layout)
      try writer.erase(try #require(PictureID("k7f1-1")))
      let after = try Self.files(layout)
      #expect(after == before.filter { !$0.key.contains("k7f1-1") })
      #expect(before.count == after.count + 3)
      #expect(
        try GalleryAccess(layout).makeIndex().trashedPictures().map(\.picture.id.description) == [
          "k7f2-1"
        ])
      // A picture that is not in the trash is never erased.
      let error = galleryError { try writer.erase(PictureID("k7f3-1") ?? origin("k7f3-1").id) }
      #expect(error?.code == .notFound)
      #expect(try Self.files(layout) == after)
    }
  }

  @Test func aPictureInTheTrashIsFoundByWhoMeansIt() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      try writer.store(origin("k7f1-1"))
      try writer.store(origin("k8f1-1"))
      let trashed = try writer.trash(try #require(PictureID("k7f1-1")))
      let reader = GalleryAccess(layout).makeIndex()
      #expect(try reader.pictureAnywhere("k7f1-1") == trashed.picture)
      #expect(try reader.pictureAnywhere("k8").id.description == "k8f1-1")
      #expect(try reader.trashedPicture("K7F") == trashed)
      #expect(galleryError { _ = try reader.pictureAnywhere("zzzz-1") }?.code == .notFound)
      #expect(galleryError { _ = try reader.trashedPicture("k8f1-1") }?.code == .notFound)
    }
  }

  /// The name of a picture is not given away while it is in the trash, or is somebody's parent.
  @Test func anIndexOfAnOlderProgramIsBroughtUpToDate() throws {
    try withGallery { layout in
      do {
        let writer = try GalleryWriter(layout)
        try writer.store(origin("k7f1-1"))
      }
      try setBack(layout)
      let reader = GalleryAccess(layout).makeIndex()
      #expect(try reader.trashedPictures() == [])
      #expect(try reader.pictureAnywhere("k7f1-1").id.description == "k7f1-1")
      let writer = try GalleryWriter(layout)
      _ = try writer.trash(try #require(PictureID("k7f1-1")))
      #expect(try reader.trashedPictures().count == 1)
    }
  }
}
