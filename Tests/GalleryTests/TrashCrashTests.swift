import Gallery
import Posix
import Seedream
import Testing

/// A crash between any two steps: the next start, or `reindex`, finds one whole picture in one place.
@Suite struct TrashCrashTests {
  /// What looks for the damage.
  enum Healer: CaseIterable {
    case start, reindex, indexGone
  }

  /// Renames in the order of the program, and how many of them a crash has let happen.
  struct Crash: CustomTestStringConvertible {
    var isRestore: Bool
    var steps: Int
    var healer: Healer
    var testDescription: String {
      "\(isRestore ? "restore" : "trash") after \(steps) renames, \(healer)"
    }

    static let all: [Crash] = [false, true].flatMap { isRestore in
      (0...3).flatMap { steps in
        Healer.allCases.map { Crash(isRestore: isRestore, steps: steps, healer: $0) }
      }
    }
  }

  @Test(arguments: Crash.all) func aPictureIsInOnePlaceWithItsRecords(crash: Crash) throws {
    try withGallery { layout in
      let (picture, trashed) = try prepare(layout, crash)
      let (from, to) =
        crash.isRestore ? (trashed, picture.path) : (picture.path, trashed)
      let endings = crash.isRestore ? [".json", ".xmp", ""] : ["", ".json", ".xmp"]
      for ending in endings.prefix(crash.steps) {
        try FileSystem.rename(
          layout.path(relative: from + ending), to: layout.path(relative: to + ending))
      }
      // The rename of the picture itself decides.
      let hasMoved = endings.prefix(crash.steps).contains("")
      try expect(picture, isInTrash: crash.isRestore != hasMoved, layout, crash.healer)
    }
  }

  /// File systems that cannot rename in one step leave the picture under both names.
  @Test(arguments: [false, true], Healer.allCases)
  func aPictureUnderBothNamesIsInOnePlace(isRestore: Bool, healer: Healer) throws {
    try withGallery { layout in
      let crash = Crash(isRestore: isRestore, steps: 0, healer: healer)
      let (picture, trashed) = try prepare(layout, crash)
      let (here, there) = (layout.path(relative: picture.path), layout.path(relative: trashed))
      if isRestore {
        for ending in [".json", ".xmp"] {
          try FileSystem.rename(there + ending, to: here + ending)
        }
      }
      try link(isRestore ? there : here, isRestore ? here : there)
      try expect(picture, isInTrash: false, layout, healer)
    }
  }

  @Test(arguments: [false, true], Healer.allCases)
  func aReservedNameIsNoPicture(isRestore: Bool, healer: Healer) throws {
    try withGallery { layout in
      let crash = Crash(isRestore: isRestore, steps: 0, healer: healer)
      let (picture, trashed) = try prepare(layout, crash)
      let empty = layout.path(relative: isRestore ? picture.path : trashed)
      try FileSystem.createDirectory(FileSystem.parent(of: empty))
      try DurableFile.write([], to: empty)
      if isRestore {
        for ending in [".json", ".xmp"] {
          try FileSystem.rename(
            layout.path(relative: trashed + ending),
            to: layout.path(relative: picture.path + ending))
        }
      }
      try expect(picture, isInTrash: isRestore, layout, healer)
    }
  }

  /// A record that was on its way to a free name is found by the id in it.
  @Test(arguments: Healer.allCases) func aRecordUnderAnotherNameIsFound(healer: Healer) throws {
    try withGallery { layout in
      let crash = Crash(isRestore: true, steps: 0, healer: healer)
      let (picture, trashed) = try prepare(layout, crash)
      try DurableFile.write(Array("mine".utf8), to: layout.path(relative: picture.path))
      let other = picture.path.dropLast(4) + "-2.jpg"
      for ending in [".json", ".xmp"] {
        try FileSystem.rename(
          layout.path(relative: trashed + ending), to: layout.path(relative: other + ending))
      }
      try expect(picture, isInTrash: true, layout, healer)
      #expect(try bytes(layout.path(relative: picture.path)) == Array("mine".utf8))
    }
  }

  /// An erasure that was cut short has left the picture, which can be erased once more.
  @Test(arguments: Healer.allCases) func anErasureCutShortHasErasedNothing(healer: Healer) throws {
    try withGallery { layout in
      let crash = Crash(isRestore: true, steps: 0, healer: healer)
      let (picture, trashed) = try prepare(layout, crash)
      for ending in [".json", ".xmp"] {
        try FileSystem.remove(layout.path(relative: trashed + ending))
      }
      let writer = try heal(layout, healer)
      #expect(
        try GalleryAccess(layout).makeIndex().trashedPictures().map(\.picture.id) == [picture.id])
      // The request is embedded in the picture itself.
      #expect(
        try GalleryAccess(layout).makeIndex().trashedPictures()[0].picture.prompt == picture.prompt)
      try writer.erase(picture.id)
      #expect(try names(layout.trash + "/2026-11-21") == [])
    }
  }

  // MARK: Steps

  /// A gallery without its service, the picture where the move begins, the index as it is before.
  private func prepare(
    _ layout: GalleryLayout, _ crash: Crash
  ) throws -> (picture: PictureRecord, trashed: String) {
    let writer = try GalleryWriter(layout)
    try writer.store(origin("k7f9-1"))
    let picture = try writer.store(origin("k7f2-1", prompt: "雾 over a harbour"))
    try TrashTests.addSidecar(picture, layout)
    let trashed = ".darkroom/trash/" + picture.path
    if crash.isRestore {
      #expect(try writer.trash(picture.id).picture.path == trashed)
    } else {
      try FileSystem.createDirectory(FileSystem.parent(of: layout.path(relative: trashed)))
    }
    return (picture, trashed)
  }

  private func heal(_ layout: GalleryLayout, _ healer: Healer) throws -> GalleryWriter {
    if healer == .indexGone { try ReindexTests.removeIndex(layout) }
    let writer = try GalleryWriter(layout)
    if healer == .reindex { try writer.reindex() }
    return writer
  }

  private func expect(
    _ picture: PictureRecord, isInTrash: Bool, _ layout: GalleryLayout, _ healer: Healer,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let writer = try heal(layout, healer)
    let reader = GalleryAccess(layout).makeIndex()
    let listed = try reader.newest(limit: 9).filter { $0.id == picture.id }
    let trashed = try reader.trashedPictures()
    #expect(listed.count == (isInTrash ? 0 : 1), sourceLocation: sourceLocation)
    #expect(trashed.count == (isInTrash ? 1 : 0), sourceLocation: sourceLocation)
    let row = try #require(listed.first ?? trashed.first?.picture)
    #expect(row.prompt == picture.prompt, sourceLocation: sourceLocation)
    let all = try TrashTests.files(layout).keys.filter {
      $0.contains("k7f2-1") && $0 != picture.path
    }
    let whole = ["", ".json", ".xmp"].map { row.path + $0 }
    #expect(Set(all).union([row.path]).isSubset(of: whole), sourceLocation: sourceLocation)
    for path in whole {
      #expect(FileSystem.exists(layout.path(relative: path)), sourceLocation: sourceLocation)
    }
    if row.path == picture.path || isInTrash {
      #expect(
        try BirthRecord(ofPicture: layout.path(relative: row.path)).origin.id == picture.id,
        sourceLocation: sourceLocation)
    }
    // There and back again, as if nothing had been.
    if isInTrash { _ = try writer.restore(picture.id) } else { _ = try writer.trash(picture.id) }
    let report = try writer.reindex()
    #expect(report.trashMended == [], sourceLocation: sourceLocation)
    #expect(report.trashed == (isInTrash ? 0 : 1), sourceLocation: sourceLocation)
  }
}
