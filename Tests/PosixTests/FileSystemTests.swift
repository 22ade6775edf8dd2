import Posix
import TestSupport
import Testing

@Suite struct FileSystemTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func aSlashIsOneBeforeACombiningCharacterToo() {
    #expect(FileSystem.parent(of: "/a/\u{301}b") == "/a")
    #expect(Array(FileSystem.name(of: "/a/\u{301}b").utf8) == Array("\u{301}b".utf8))
    #expect("/\u{301}b".isAbsolutePath && !"\u{301}/b".isAbsolutePath)
    #expect(FileSystem.parent(of: "//") == "/" && FileSystem.parent(of: "b") == ".")
    #expect(FileSystem.parent(of: "/b//") == "/" && FileSystem.name(of: "/b//") == "b")
  }

  @Test func bytesThatAreNoTextAreShownOneByOne() {
    #expect(printable([0x63, 0xE9, 0x2E] + Array("海\u{1B}".utf8)) == "c\\xE9.海␛")
  }

  @Test func readingStopsAtTheLimit() throws {
    let path = directory.path("file")
    try DurableFile.write([1, 2, 3, 4], to: path)
    #expect(try FileSystem.read(path, limit: 4) == [1, 2, 3, 4])
    let error = #expect(throws: PosixError.self) { try FileSystem.read(path, limit: 3) }
    #expect(error?.code == PosixError.tooLarge)
    #expect(try FileSystem.readStart(path, count: 2) == [1, 2])
    #expect(try FileSystem.readStart(path, count: 9) == [1, 2, 3, 4])
  }

  @Test func aFileWithoutAnEndIsRefused() {
    // Its size says zero, so only counting what is read can stop it.
    let error = #expect(throws: PosixError.self) { try FileSystem.read("/dev/zero", limit: 100) }
    #expect(error?.code == PosixError.tooLarge)
  }

  @Test func missingDirectoriesAreMadeWithTheirMode() throws {
    let path = directory.path("a/b/c")
    try FileSystem.createDirectory(path, mode: 0o700)
    try FileSystem.createDirectory(path, mode: 0o777)
    #expect(try FileInformation(of: path).kind == .directory)
    #expect(try FileInformation(of: directory.path("a")).mode == 0o700)
    #expect(try FileInformation(of: path).mode == 0o700)
  }

  @Test func aFileInTheWayOfADirectoryIsSaid() throws {
    try DurableFile.write([], to: directory.path("a"))
    let path = directory.path("a")
    let error = #expect(throws: PosixError.self) { try FileSystem.createDirectory(path) }
    #expect(
      error?.description == "cannot create the directory \(path): not a directory (ENOTDIR)")
  }

  @Test func aListingTellsKindsAndCountsUnreadableNames() async throws {
    try FileSystem.createDirectory(directory.path("b"))
    try DurableFile.write([], to: directory.path("红"))
    try DurableFile.write([], to: directory.path("a"))
    // A name in Latin-1, as old archives hold them.
    let made = try await ProcessSpec.shell(#"printf x > "$(printf 'caf\351')""#)
      .inDirectory(directory.path).run(timeLimit: .seconds(10))
    #expect(made.status.isSuccess)
    let listing = try DirectoryListing(of: directory.path)
    #expect(listing.entries.map(\.name) == ["a", "b", "红"])
    #expect(listing.entries.map(\.kind) == [.file, .directory, .file])
    #expect(listing.unreadableNameCount == 1)
    #expect(listing.unreadableName == "caf\\xE9")
    #expect(throws: PosixError.self) { try DirectoryListing(of: directory.path, limit: 2) }
  }

  @Test func removingWhatIsGoneIsNoError() throws {
    let path = directory.path("file")
    try DurableFile.write([], to: path)
    try FileSystem.remove(path)
    try FileSystem.remove(path)
    #expect(!FileSystem.exists(path))
  }

  @Test func renamingReplaces() throws {
    try DurableFile.write([1], to: directory.path("a"))
    try DurableFile.write([2, 3], to: directory.path("b"))
    try FileSystem.rename(directory.path("a"), to: directory.path("b"))
    #expect(try FileInformation(of: directory.path("b")).size == 1)
    #expect(!FileSystem.exists(directory.path("a")))
  }

  @Test(arguments: [
    ("/a/b", "/a", "b"), ("/a/b/", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("/", "/", ""),
    ("a//b", "a", "b"), ("//a", "/", "a"),
  ])
  func pathsComeApart(_ path: String, _ parent: String, _ name: String) {
    #expect(FileSystem.parent(of: path) == parent)
    #expect(FileSystem.name(of: path) == name)
  }

  @Test func aLogKeepsWholeLinesOnly() throws {
    let path = directory.path("log")
    do {
      let log = try AppendOnlyFile(path: path)
      try log.append("one")
      #expect(throws: PosixError.self) { try log.append("two\nthree") }
    }
    // A writer that died in the middle of a line.
    try DurableFile.write(Array("one\nhal".utf8), to: path, replacing: true)
    try AppendOnlyFile(path: path).append("next")
    let text = String(decoding: try FileSystem.read(path, limit: 100), as: UTF8.self)
    #expect(text == "one\nnext\n")
    try DurableFile.write(Array("one\nwhole".utf8), to: path, replacing: true)
    try AppendOnlyFile(path: path) { $0.elementsEqual("whole".utf8) }.append("next")
    let kept = String(decoding: try FileSystem.read(path, limit: 100), as: UTF8.self)
    #expect(kept == "one\nwhole\nnext\n")
    // A file without a single line feed, longer than one reading.
    try DurableFile.write(Array(repeating: 0x61, count: 200_000), to: path, replacing: true)
    try AppendOnlyFile(path: path).mend()
    #expect(try FileSystem.read(path, limit: 100).isEmpty)
  }
}

extension ProcessSpec {
  func inDirectory(_ directory: String) -> ProcessSpec {
    var command = self
    command.directory = directory
    return command
  }
}
