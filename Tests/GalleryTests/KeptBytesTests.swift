import Gallery
import Glibc
import Imaging
import Posix
import Seedream
import Testing

/// What was received is paid for: no failure may cost it.
@Suite struct KeptBytesTests {
  static let day = "2026-11-21"
  static let picture = day + "/143205-k7f2-1-a-red-lantern-in-fog.jpg"

  /// A draft with these bytes.
  static func draft(_ writer: GalleryWriter, _ bytes: [UInt8]) throws -> StagedPicture {
    let origin = try origin("k7f2-1")
    var draft = try writer.beginPicture(origin.id, created: origin.created)
    try draft.write(bytes)
    return draft
  }

  /// The error of a `finish` that must fail; the draft goes away with it.
  static func failure(_ writer: GalleryWriter, _ bytes: [UInt8]) throws -> GalleryError? {
    let origin = try origin("k7f2-1")
    var draft = try draft(writer, bytes)
    do throws(GalleryError) {
      _ = try writer.finish(&draft, origin: origin)
      return nil
    } catch {
      return error
    }
  }

  @Test func bytesThatCannotBeFiledOutliveTheirDraft() throws {
    for received in ["<html>", "{\"error\":\"denied\"}", "No such key.\n"].map({ Array($0.utf8) }) {
      try withGallery { layout in
        let writer = try GalleryWriter(layout)
        #expect(try Self.failure(writer, received)?.code == .notAPicture)
        #expect(try names(layout.root + "/" + Self.day) == [])
        let left = try writer.reindex().leftovers
        try #require(left.count == 1)
        #expect(left[0].hasPrefix(".darkroom/incoming/2026-11-21-143205-k7f2-1-"))
        #expect(try bytes(layout.path(relative: left[0])) == received)
      }
    }
  }

  @Test func bytesWhosePlaceIsTakenOutliveTheirDraft() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      try writer.store(origin("k7f2-1"))
      let second = try jpeg(shade: 99)
      #expect(try Self.failure(writer, second)?.code == .alreadyThere)
      let left = try writer.reindex().leftovers
      try #require(left.count == 1)
      #expect(try bytes(layout.path(relative: left[0])) == second)
    }
  }

  @Test func bytesThatCannotBePutAsideStayWhereTheyAre() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      try DurableFile.write([], to: layout.incomingDirectory)
      #expect(try Self.failure(writer, Array("abc".utf8))?.code == .notAPicture)
      let left = try writer.reindex().leftovers
      #expect(left.map { $0.hasPrefix("2026-11-21/.pending-") } == [true])
      #expect(try left.map { try bytes(layout.path(relative: $0)) } == [Array("abc".utf8)])
    }
  }

  @Test func bytesAreKeptAsideAndTakenUpAgain() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let received = try jpeg()
      let origin = try origin("k7f2-1")
      func keep() throws -> String {
        var draft = try Self.draft(writer, received)
        return draft.keep()
      }
      let kept = try keep()
      #expect(kept.hasPrefix(".darkroom/incoming/2026-11-21-143205-k7f2-1-"))
      #expect(try names(layout.root + "/" + Self.day) == [])
      #expect(try bytes(layout.path(relative: kept)) == received)
      #expect(try writer.reindex().leftovers == [kept])

      var draft = try writer.adopt(kept, as: origin.id, created: origin.created)
      #expect((draft.keep()) == kept)
      let obstacle = layout.path(relative: Self.picture)
      try FileSystem.createDirectory(obstacle)
      #expect(throws: GalleryError.self) { _ = try writer.finish(&draft, origin: origin) }
      #expect(try bytes(layout.path(relative: kept)) == received)
      try #require(unsafe rmdir(obstacle) == 0)
      #expect(try writer.finish(&draft, origin: origin).path == Self.picture)
      #expect((draft.keep()) == Self.picture)
      #expect(try names(layout.root + "/.darkroom/incoming") == [])
      #expect(try writer.reindex().foundNothing)
    }
  }

  @Test func aPictureWhoseRecordCannotBeWrittenIsFinishedLater() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin("k7f2-1")
      let obstacle = layout.path(relative: Self.picture) + ".json"
      try FileSystem.createDirectory(obstacle)
      var draft = try Self.draft(writer, jpeg())
      #expect(throws: GalleryError.self) { _ = try writer.finish(&draft, origin: origin) }
      #expect((draft.keep()) == Self.picture)
      #expect(try PixelDecoder.decode(file: layout.path(relative: Self.picture)).width == 48)
      try #require(unsafe rmdir(obstacle) == 0)
      #expect(try writer.finish(&draft, origin: origin).path == Self.picture)
      #expect(try writer.reindex().foundNothing)
      // Once more changes nothing.
      #expect(try writer.finish(&draft, origin: origin).path == Self.picture)
      #expect(try GalleryAccess(layout).makeIndex().count() == 1)
    }
  }

  @Test func aPictureThatLacksOnlyItsRecordCanBeTakenUp() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let origin = try origin("k7f2-1")
      let first = try writer.store(origin)
      let before = try bytes(layout.path(relative: first.path))
      let error = galleryError {
        _ = try writer.adopt(first.path, as: origin.id, created: origin.created)
      }
      #expect(error?.code == .alreadyThere)
      try FileSystem.remove(layout.path(relative: first.path) + ".json")
      var draft = try writer.adopt(first.path, as: origin.id, created: origin.created)
      #expect(try writer.finish(&draft, origin: origin).path == first.path)
      #expect(try bytes(layout.path(relative: first.path)) == before)
      #expect(try writer.reindex().foundNothing)
    }
  }

  @Test(arguments: [
    "", "/etc/passwd", "../x", ".darkroom/lock", ".darkroom/incoming/..", ".darkroom/incoming/a/b",
    "2026-11-21/../.darkroom/lock", "holiday/a.jpg", ".darkroom/incoming/missing",
  ])
  func onlyWhatLiesWhereBytesAreKeptIsTakenUp(_ path: String) throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let error = galleryError {
        _ = try writer.adopt(path, as: origin("k7f2-1").id, created: evening)
      }
      #expect(error?.code == .notFound)
      #expect(FileSystem.exists(layout.lock))
    }
  }

  @Test func aPictureThatNeverEndsIsRefused() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let kept = layout.root + "/.darkroom/incoming/large"
      try FileSystem.createDirectory(FileSystem.parent(of: kept))
      try DurableFile.write([], to: kept)
      try #require(unsafe truncate(kept, GalleryWriter.maximumPictureBytes - 1) == 0)
      var draft = try writer.adopt(
        ".darkroom/incoming/large", as: origin("k7f2-1").id, created: evening)
      #expect(throws: Never.self) { try draft.write([1]) }
      do throws(GalleryError) {
        try draft.write([2])
        Issue.record("a byte too many was taken")
      } catch {
        #expect(error.code == .tooLarge)
        #expect(error.message == "The picture is larger than 256 MB; the rest was not taken.")
      }
      #expect((draft.byteCount) == GalleryWriter.maximumPictureBytes)
    }
  }

  /// In a process of its own, because the largest file is a limit of a process. It stands for a disk
  /// with room for the picture, and none for a copy of it with metadata.
  @Test func aFullDiskCostsTheMetadataAndNotThePicture() async {
    await #expect(processExitsWith: .success) {
      try withGallery { layout in
        let writer = try GalleryWriter(layout)
        let received = try ImageEncoder.png(noise(side: 400))
        var draft = try KeptBytesTests.draft(writer, received)
        signal(SIGXFSZ, SIG_IGN)
        var limits = rlimit(rlim_cur: rlim_t(received.count), rlim_max: rlim_t(received.count))
        try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0)
        let picture = try writer.finish(&draft, origin: origin("k7f2-1"))
        let path = layout.path(relative: picture.path)
        #expect(try bytes(path) == received)
        let record = try BirthRecord(ofPicture: path)
        #expect(record.file.sha256 == record.file.receivedSHA256)
        #expect(record.file.byteCount == received.count)
        #expect(try names(FileSystem.parent(of: path)).count == 2)
        #expect(try writer.reindex().foundNothing)
      }
    }
  }
}

/// A picture that cannot be compressed.
private func noise(side: Int) -> Pixels {
  var state: UInt32 = 1
  let bytes = (0..<side * side * 4).map { place -> UInt8 in
    state = state &* 1_664_525 &+ 1_013_904_223
    return place % 4 == 3 ? 255 : UInt8(truncatingIfNeeded: state >> 24)
  }
  return Pixels(width: side, height: side, bytes: bytes)
}
