import FoundationEssentials
import Posix
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct FileLockTests {
  private func isHeld(_ path: String) throws -> Bool {
    let lock = try FileLock.tryAcquire(path: path)
    return lock == nil
  }

  @Test func aSecondHolderIsTurnedAwayUntilTheFirstLetsGo() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("lock")
    do {
      let first = try FileLock.tryAcquire(path: path)
      #expect(try isHeld(path))
      _ = consume first
    }
    #expect(try !isHeld(path))
  }

  @Test func whoeverWaitsGetsTheLockWhenItIsFree() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("lock")
    let isFree = Atomic(false)
    let first = try FileLock.acquire(path: path)
    async let second = blocking { () throws(PosixError) in
      let lock = try FileLock.acquire(path: path)
      let wasFree = isFree.load(ordering: .sequentiallyConsistent)
      _ = consume lock
      return wasFree
    }
    isFree.store(true, ordering: .sequentiallyConsistent)
    _ = consume first
    #expect(try await second)
  }

  /// So has every child between its fork and its exec.
  @Test func aChildThatHasACopyOfTheDescriptorDoesNotKeepTheLock() throws {
    let directory = try TemporaryDirectory()
    let path = try FileSystem.realPath(directory.path) + "/lock"
    let input = try Pipe()
    let lock = try FileLock.acquire(path: path)
    let copy = try #require(
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").first {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
      })
    var command = ProcessSpec("cat")
    command.keptDescriptors = [try #require(Int32(copy))]
    var child = try ChildProcess(
      command, input: input.readingEnd.number, output: 1, error: 2)
    _ = consume lock
    #expect(try !isHeld(path))
    child.kill()
    #expect(try child.wait() == .signalled(9))
  }

  @Test func aLockDiesWithItsHolder() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("lock")
    let nothing = try Pipe()
    let report = try Pipe()
    // The shell takes the lock on descriptor 9, says so, and then waits for a line that never comes.
    var holder = try ChildProcess(
      ProcessSpec("/bin/sh", ["-c", #"exec 9>"$0"; flock -n 9 && echo held; read line"#, path]),
      input: nothing.readingEnd.number, output: report.writingEnd.number, error: 2)
    #expect(try report.answer() == Array("held\n".utf8))
    #expect(try isHeld(path))
    holder.kill()
    #expect(try holder.wait() == .signalled(9))
    #expect(try !isHeld(path))
  }
}
