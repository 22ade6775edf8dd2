import FoundationEssentials
import Glibc
import Posix
import TestSupport

/// A gallery on a small file system of its own (tmpfs, mount(8)), which can fill up, turn read-only and go
/// away. Needs a private mount namespace.
final class MountedGallery: Sendable {
  private let home: Home
  private let store: String

  init(_ home: Home, kilobytes: Int) throws {
    self.home = home
    store = home.path + "/disk"
    for path in [store, home.gallery] { try FileSystem.createDirectory(path, mode: 0o700) }
    try Self.run(["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k,mode=0700", "faults", store])
    try Self.run(["mount", "--bind", store, home.gallery])
  }

  /// Whether this process may mount anything.
  static let isPermitted = (try? run(["mount", "--make-rprivate", "/"])) != nil

  func remove() {
    for path in [home.gallery, store] { _ = try? Self.run(["umount", "-l", path]) }
  }

  /// For whoever looks at it later: the file system goes with this process.
  func saveCopy() { _ = try? Self.run(["cp", "-a", store, home.path + "/gallery-as-it-was"]) }

  /// Leaves so many kilobytes free.
  func fill(leaving kilobytes: Int) {
    let file = unsafe open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 0, count: 4096)
    while unsafe write(file, block, block.count) > 0 {}
    let size = lseek(file, 0, SEEK_END)
    ftruncate(file, max(0, size - kilobytes * 1024))
  }

  func empty() { unsafe unlink(filler) }

  /// Puts a read-only view of the same files in its place. The kernel refuses to make a mount read-only on
  /// which a file is open for writing; what is open stays so, as after a change of permissions.
  func becomeReadOnly() throws {
    for attempt in 1... {
      try detach()
      try attach()
      do {
        return try Self.run(["mount", "-o", "remount,bind,ro", home.gallery])
      } catch  where attempt < 20 {
        continue  // The service was quicker, and has opened a file again.
      }
    }
  }

  func becomeWritable() throws {
    try detach()
    try attach()
  }

  func detach() throws { try Self.run(["umount", "-l", home.gallery]) }

  func attach() throws { try Self.run(["mount", "--bind", store, home.gallery]) }

  private var filler: String { store + "/filler" }

  private static func run(_ words: [String]) throws {
    let output = try ProcessSpec(words[0], Array(words.dropFirst())).runBlocking(
      timeLimit: .seconds(10))
    guard output.status.isSuccess else {
      throw TestFailure(
        "\(words.joined(separator: " ")): \(String(decoding: output.errorOutput, as: UTF8.self))")
    }
  }
}
