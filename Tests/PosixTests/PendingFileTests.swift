import Posix
import TestSupport
import Testing

/// Files that appear whole, under a name nobody had.
@Suite struct PendingFileTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func names() throws -> [String] {
    try DirectoryListing(of: directory.path).entries.map(\.name)
  }

  private func text(of name: String) throws -> String {
    String(decoding: try FileSystem.read(directory.path(name), limit: 1000), as: UTF8.self)
  }

  @Test func nothingIsThereUnderItsNameBeforeCommit() throws {
    var file = try PendingFile(in: directory.path)
    try file.write(Array("half".utf8))
    #expect(try names().allSatisfy(PendingFile.isLeftover))
    try file.write(Array(" and half".utf8))
    try file.commit(as: "picture.jpg")
    #expect(try names() == ["picture.jpg"])
    #expect(try text(of: "picture.jpg") == "half and half")
    #expect(file.byteCount == 13)
  }

  @Test func anUncommittedFileLeavesNothingBehind() throws {
    do {
      var file = try PendingFile(in: directory.path)
      try file.write([1, 2, 3])
    }
    #expect(try names() == [])
  }

  @Test func aCommitNeverOverwritesAndAnotherNameCanBeTried() throws {
    try DurableFile.write(Array("first".utf8), to: directory.path("a"))
    var file = try PendingFile(in: directory.path)
    try file.write(Array("second".utf8))
    let error = #expect(throws: PosixError.self) { try file.commit(as: "a") }
    #expect(error?.code == PosixError.alreadyExists)
    #expect(try text(of: "a") == "first")
    try file.commit(as: "b")
    #expect(try text(of: "b") == "second")
    #expect(try names() == ["a", "b"])
  }

  @Test func replacingIsAskedFor() throws {
    let path = directory.path("note")
    try DurableFile.write(Array("old".utf8), to: path)
    #expect(throws: PosixError.self) { try DurableFile.write(Array("new".utf8), to: path) }
    #expect(try text(of: "note") == "old")
    try DurableFile.write(Array("new".utf8), to: path, replacing: true)
    #expect(try text(of: "note") == "new")
    #expect(try names() == ["note"])
  }

  @Test(arguments: ["", "a/b", "../a", "a\0b"])
  func aNameThatIsAPathIsRefused(_ name: String) throws {
    var file = try PendingFile(in: directory.path)
    #expect(throws: PosixError.self) { try file.commit(as: name) }
  }

  @Test func theModeIsTheOneAskedFor() throws {
    try DurableFile.write([], to: directory.path("secret"), mode: 0o600)
    #expect(try FileInformation(of: directory.path("secret")).mode == 0o600)
  }
}
