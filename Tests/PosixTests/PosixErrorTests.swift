import Posix
import TestSupport
import Testing

/// Errors of the real system, as a user reads them.
@Suite struct PosixErrorTests {
  @Test func aFullDiskIsNamed() throws {
    let error = #expect(throws: PosixError.self) {
      let log = try AppendOnlyFile(path: "/dev/full")
      try log.append("line")
    }
    // A device cannot be shortened either, which is said too.
    #expect(error?.description.hasSuffix("/dev/full: no space left on device (ENOSPC)") == true)
  }

  @Test func aPathBelowAFileIsNamed() throws {
    let directory = try TemporaryDirectory()
    try DurableFile.write([], to: directory.path("file"))
    let path = directory.path("file/picture.jpg")
    let error = #expect(throws: PosixError.self) { try DurableFile.write([1], to: path) }
    #expect(error?.description == "cannot write \(path): not a directory (ENOTDIR)")
  }

  @Test func aNameThatIsTooLongIsNamed() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path(String(repeating: "x", count: 300))
    let error = #expect(throws: PosixError.self) { try DurableFile.write([1], to: path) }
    #expect(error?.codeName == "ENAMETOOLONG")
    #expect(error?.reason == "file name too long")
  }

  @Test func aDirectoryTheKernelForbidsIsNamed() {
    let error = #expect(throws: PosixError.self) {
      try DurableFile.write([1], to: "/proc/self/picture.jpg")
    }
    #expect(error?.description.hasPrefix("cannot write /proc/self/picture.jpg: ") == true)
  }

  @Test func aHostilePathCannotReachTheTerminal() {
    let error = PosixError("read", path: "/a/\u{1B}]0;evil\u{07}\n\u{202E}gpj.b", code: 2)
    #expect(
      error.description
        == #"cannot read /a/␛]0;evil␇␊<202E>gpj.b: no such file or directory (ENOENT)"#
    )
  }

  @Test func ordinaryTextOfAnyScriptStaysAsItIs() {
    #expect(printable("红灯笼 ça ünd 👩‍👩‍👧") == "红灯笼 ça ünd 👩‍👩‍👧")
  }
}
