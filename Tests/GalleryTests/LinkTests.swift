import Gallery
import Glibc
import Posix
import Seedream
import TestSupport
import Testing

/// Links in the place of a gallery's directories: what they lead out of it is neither written nor read.
@Suite struct LinkTests {
  private let directory: TemporaryDirectory
  private let layout: GalleryLayout
  /// A directory that is none of the gallery's.
  private let outside: String

  init() throws {
    directory = try TemporaryDirectory()
    layout = GalleryLayout(root: directory.path("pictures"))
    outside = directory.path("outside")
    try FileSystem.createDirectory(outside)
  }

  /// Puts a link to a directory elsewhere, with what it had, in the place of one of the gallery.
  private func lead(_ path: String, to target: String) throws {
    if FileSystem.exists(path) {
      unsafe rmdir(target)
      try FileSystem.rename(path, to: target)
    }
    try #require(unsafe symlink(target, path) == 0)
  }

  private func expectsRefusal(_ body: () throws -> Void) {
    let error = galleryError(body)
    #expect(error?.code == .cannotWrite, "\(error?.message ?? "nothing was refused")")
    #expect(error?.message.contains("leads out") == true, "\(error?.message ?? "")")
  }

  @Test func aGalleryThatIsReachedThroughALinkIsOne() throws {
    let link = directory.path("link")
    try FileSystem.createDirectory(layout.root)
    try #require(unsafe symlink(layout.root, link) == 0)
    let linked = GalleryLayout(root: link)
    let writer = try GalleryWriter(linked)
    let record = try writer.store(origin("k7f2-1"))
    _ = try writer.storeReference(jpeg(), origin: "a")
    let trashed = try writer.trash(record.id)
    #expect(try writer.restore(trashed.picture.id).path == record.path)
    #expect(try writer.reindex().foundNothing)
    #expect(FileSystem.exists(layout.path(relative: record.path)))
    #expect(try GalleryAccess(linked).blobs.open(.picture(record.path)).byteCount > 0)
  }

  @Test func aDayThatLeadsOutIsNeitherWrittenNorRead() throws {
    let writer = try GalleryWriter(layout)
    let record = try writer.store(origin("k7f2-1"))
    try lead(layout.dayDirectory(evening), to: outside)
    let before = try names(outside)
    expectsRefusal { try writer.store(origin("k7f2-2")) }
    expectsRefusal { _ = try writer.trash(record.id) }
    #expect(try names(outside) == before)
    let blobs = GalleryAccess(layout).blobs
    for blob in [BlobID.picture(record.path), .record(ofPicture: record.path)] {
      let error = galleryError { _ = try blobs.open(blob) }
      #expect(error?.message.contains("leads out") == true, "\(blob)")
      #expect(blobs.localPath(of: blob) == nil)
    }
    let report = try writer.reindex()
    #expect(report.pictures == 0)
    #expect(report.inaccessible[evening.day]?.contains("leads out") == true)
    #expect(try names(outside) == before)
  }

  @Test func aFileThatLeadsOutIsNoPictureOfTheGallery() throws {
    let writer = try GalleryWriter(layout)
    let record = try writer.store(origin("k7f2-1"))
    try DurableFile.write(jpeg(), to: outside + "/secret.jpg")
    let link = layout.dayDirectory(evening) + "/143205-c3d4-1-link.jpg"
    try #require(unsafe symlink(outside + "/secret.jpg", link) == 0)
    let report = try writer.reindex()
    #expect(report.pictures == 1)
    #expect(report.inaccessible[layout.location(link)]?.contains("leads out") == true)
    #expect(!FileSystem.exists(GalleryLayout.record(ofPicture: link)))
    let blobs = GalleryAccess(layout).blobs
    #expect(throws: GalleryError.self) { try blobs.open(.picture(layout.location(link))) }
    // One that leads to another place of the gallery is a name like any other.
    let second = layout.dayDirectory(evening) + "/143205-c3d4-2-link.jpg"
    try #require(unsafe symlink(layout.path(relative: record.path), second) == 0)
    #expect(try blobs.open(.picture(layout.location(second))).byteCount > 0)
  }

  @Test func referencesThatLeadOutAreNeitherWrittenNorRead() throws {
    let writer = try GalleryWriter(layout)
    let stored = try writer.storeReference(jpeg(), origin: "a")
    try lead(layout.referencesDirectory, to: outside)
    let before = try names(outside)
    expectsRefusal { _ = try writer.storeReference(jpeg(shade: 9), origin: "b") }
    #expect(try names(outside) == before)
    let blobs = GalleryAccess(layout).blobs
    let error = galleryError { _ = try blobs.open(.reference(sha256: stored.sha256)) }
    #expect(error?.message.contains("leads out") == true)
  }

  @Test func aTrashThatLeadsOutTakesNothing() throws {
    let writer = try GalleryWriter(layout)
    let record = try writer.store(origin("k7f2-1"))
    try lead(layout.trash, to: outside)
    expectsRefusal { _ = try writer.trash(record.id) }
    #expect(try names(outside) == [])
    #expect(try GalleryAccess(layout).makeIndex().picture("k7f2-1").path == record.path)
    #expect(FileSystem.exists(layout.path(relative: record.path)))
  }

  @Test func whatIsTheProgramsLeadsNowhereElse() throws {
    _ = try GalleryWriter(layout).store(origin("k7f2-1"))
    try lead(layout.journalDirectory, to: outside)
    let entry = JournalEntry(job: try #require(JobID("k7f2")), time: .now(), event: .cancelled)
    #expect(Journal(layout).note(entry)?.message.contains("leads out") == true)
    #expect(try names(outside) == [])
    unsafe unlink(layout.journalDirectory)
    try lead(layout.privateDirectory, to: outside)
    expectsRefusal { _ = try GalleryWriter(layout) }
    let error = galleryError { _ = try GalleryAccess(layout).makeIndex().count() }
    #expect(error?.message.contains("leads out") == true)
  }
}
