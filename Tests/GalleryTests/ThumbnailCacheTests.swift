import FoundationEssentials
import Gallery
import Glibc
import Posix
import TestSupport
import Testing

@Suite("Small views kept on disk")
struct ThumbnailCacheTests {
  let home: TemporaryDirectory
  let cache: any BlobStore

  init() throws {
    home = try TemporaryDirectory()
    cache = Self.store(home.path("cache/previews"), byteLimit: 40_000)
  }

  private static func store(_ directory: String, byteLimit: Int = 64 << 20) -> any BlobStore {
    GalleryAccess(
      GalleryLayout(root: "/none"), thumbnails: directory, thumbnailBytes: byteLimit
    ).blobs
  }

  /// A file with these bytes, and its name in the cache.
  private func name(_ file: String, _ text: String = "bytes") throws -> ThumbnailName {
    let path = home.path(file)
    try Data(text.utf8).write(to: URL(filePath: path))
    return try ThumbnailName(of: FileInformation(of: path), form: "8x4")
  }

  private func kept(_ name: ThumbnailName) -> String { home.path("cache/previews/\(name.text)") }

  private var files: [DirectoryListing.Entry] {
    (try? DirectoryListing(of: home.path("cache/previews")).entries) ?? []
  }

  @Test func whatWasKeptIsFoundByOthersOfThePersonOnly() throws {
    let name = try name("a.jpg")
    #expect(cache.read(name, limit: 100) == nil)
    #expect(!FileSystem.exists(home.path("cache")))
    cache.write([1, 2, 3], as: name)
    #expect(cache.read(name, limit: 100) == [1, 2, 3])
    cache.write([4], as: name)
    let other = Self.store(home.path("cache/previews"))
    #expect(other.read(name, limit: 100) == [4])
    #expect(try FileInformation(of: kept(name)).mode == 0o600)
    #expect(try FileInformation(of: home.path("cache/previews")).mode == 0o700)
    #expect(files.map(\.name) == [name.text])
  }

  @Test func aFileThatMovedKeepsItsNameAndOneInItsPlaceHasAnother() throws {
    let first = try name("a.jpg")
    try FileSystem.rename(home.path("a.jpg"), to: home.path("b.jpg"))
    let moved = try ThumbnailName(of: FileInformation(of: home.path("b.jpg")), form: "8x4")
    #expect(moved == first)
    #expect(try name("a.jpg") != first)
    #expect(try ThumbnailName(of: FileInformation(of: home.path("b.jpg")), form: "9x4") != first)
    #expect(try name("b.jpg", "others") != first)
  }

  @Test func aRestoredPictureKeepsItsNameAndOneThatWasChangedHasAnother() throws {
    func name(_ file: String, _ text: String, at seconds: Int, hash: String?) throws -> String {
      let path = home.path(file)
      try Data(text.utf8).write(to: URL(filePath: path))
      let time = timespec(tv_sec: seconds, tv_nsec: 123_456_789)
      let failed = unsafe utimensat(AT_FDCWD, path, [time, time], 0) != 0
      try #require(!failed)
      return try ThumbnailName(
        of: FileInformation(of: path), imageHash: hash, form: "8x4"
      ).text
    }
    let first = try name("a.jpg", "bytes", at: 1_700_000_000, hash: "ab")
    #expect(try name("b.jpg", "bytes", at: 1_700_000_000, hash: "ab") == first)
    #expect(try name("b.jpg", "bytes", at: 1_700_000_001, hash: "ab") != first)
    #expect(try name("b.jpg", "more bytes", at: 1_700_000_000, hash: "ab") != first)
    #expect(try name("b.jpg", "bytes", at: 1_700_000_000, hash: "cd") != first)
    // Of one nobody knows, only the very file is the same.
    #expect(
      try name("a.jpg", "bytes", at: 1_700_000_000, hash: nil)
        != name("b.jpg", "bytes", at: 1_700_000_000, hash: nil))
  }

  @Test func theOldestGoWhereTheyAreTooMany() throws {
    var names: [ThumbnailName] = []
    for number in 0..<60 {
      let name = try name("\(number).jpg", "\(number)")
      names.append(name)
      cache.write([UInt8](repeating: 7, count: 2000), as: name)
    }
    let total = try files.reduce(0) {
      try $0 + FileInformation(of: home.path("cache/previews/\($1.name)")).size
    }
    #expect(total <= 40_000 && total >= 20_000)
    #expect(cache.read(try #require(names.last), limit: 2000)?.count == 2000)
    #expect(cache.read(names[0], limit: 2000) == nil)
    cache.write([UInt8](repeating: 7, count: 10_001), as: names[0])
    #expect(cache.read(names[0], limit: 20_000) == nil)
  }

  @Test func whatACrashedWriterLeftIsTakenAwayWhenItIsOld() throws {
    cache.write([1], as: try name("a.jpg"))
    for (leftover, age) in [(".pending-0123", 7200.0), (".pending-4567", 1)] {
      let path = home.path("cache/previews/\(leftover)")
      try Data("half".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes(
        [.modificationDate: Date().addingTimeInterval(-age)], ofItemAtPath: path)
    }
    // A new process looks with its first write.
    Self.store(home.path("cache/previews")).write([2], as: try name("b.jpg"))
    #expect(files.map(\.name).filter(PendingFile.isLeftover) == [".pending-4567"])
  }

  @Test func aHostileFileIsOnlyRefused() throws {
    let names = try (0..<5).map { try name("\($0).jpg", "\($0)") }
    cache.write([1], as: names[0])
    let secret = home.path("secret")
    try Data("secret".utf8).write(to: URL(filePath: secret))
    unsafe symlink(secret, kept(names[1]))
    unsafe mkfifo(kept(names[2]), 0o600)
    unsafe mkdir(kept(names[3]), 0o700)
    try Data(repeating: 9, count: 101).write(to: URL(filePath: kept(names[4])))
    for name in names[1...] { #expect(cache.read(name, limit: 100) == nil) }
    for name in names[1...] { cache.write([5], as: name) }
    #expect(try FileSystem.read(secret, limit: 100) == Array("secret".utf8))
    for index in [1, 2, 4] { #expect(cache.read(names[index], limit: 100) == [5]) }
    #expect(cache.read(names[3], limit: 100) == nil)
  }

  @Test func aDirectoryThatIsOpenToOthersIsNotUsed() throws {
    let name = try name("a.jpg")
    try FileSystem.createDirectory(home.path("cache/previews"))
    try FileSystem.setMode(0o777, of: home.path("cache/previews"))
    cache.write([1], as: name)
    #expect(cache.read(name, limit: 100) == nil)
    #expect(files.isEmpty)
    // Nor is one that is none, and nothing comes of it.
    try Data().write(to: URL(filePath: home.path("file")))
    let none = Self.store(home.path("file/previews"))
    none.write([1], as: name)
    #expect(none.read(name, limit: 100) == nil)
  }
}

extension BlobStore {
  fileprivate func read(_ name: ThumbnailName, limit: Int) -> [UInt8]? {
    try? read(.thumbnail(name), limit: limit)
  }

  fileprivate func write(_ bytes: [UInt8], as name: ThumbnailName) {
    try? write(bytes, as: .thumbnail(name), replacing: true)
  }
}
