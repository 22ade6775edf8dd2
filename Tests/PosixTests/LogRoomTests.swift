import Posix
import TestSupport
import Testing

/// Room on a disk, and files that are not where they were.
@Suite struct LogRoomTests {
  @Test func roomSetAsideDoesNotChangeALog() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("log")
    let log = try AppendOnlyFile(path: path)
    try log.append("one")
    try log.reserve(1 << 20)
    try log.append("two")
    #expect(try FileSystem.read(path, limit: 100) == Array("one\ntwo\n".utf8))
    let isInPlace = log.isInPlace
    #expect(isInPlace)
    try FileSystem.rename(path, to: directory.path("other"))
    let isStillInPlace = log.isInPlace
    #expect(!isStillInPlace)
  }

  @Test func thePathOfWhatIsNotThereIsThatOfTheDirectoryAbove() throws {
    let directory = try TemporaryDirectory()
    let real = try FileSystem.realPath(directory.path)
    #expect(FileSystem.resolvedPath(directory.path("./a/b")) == real + "/a/b")
    #expect(FileSystem.deepestExisting(directory.path("a/b")) == directory.path)
    #expect(try FreeSpace(at: directory.path).bytes > 0)
  }
}
