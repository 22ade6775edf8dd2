import Posix

/// A small disk of a test's own: a tmpfs in the mount namespace of this process, which `OwnMounts` has
/// started with one of its own. It is gone when the process ends.
package final class MountedDisk: Sendable {
  /// The mount point.
  package let path: String
  private let directory: TemporaryDirectory

  /// - Parameter megabytes: How much it holds.
  package init(megabytes: Int) throws {
    directory = try TemporaryDirectory()
    path = directory.path("disk")
    try FileSystem.createDirectory(path)
    try run("mount -t tmpfs -o size=\(megabytes)m none \(path)")
  }

  deinit {
    try? run("umount -l \(path) \(path)-aside; true")
  }

  /// Fills it up, to the last byte but so many.
  package func fill(leaving bytes: Int = 0) throws {
    try run(
      "cat /dev/zero > \(path)/filling; truncate -s -\(bytes) \(path)/filling; test -s \(path)/filling"
    )
  }

  package func makeRoom() throws {
    try run("rm -f \(path)/filling")
  }

  /// Puts a read-only view of it over the mount point. Files that are open can still be written.
  package func makeReadOnly() throws {
    try run("mount --bind \(path) \(path) && mount -o remount,bind,ro \(path)")
  }

  package func makeWritable() throws {
    try run("umount \(path)")
  }

  /// Takes it from its mount point, where an empty directory is left; files that are open stay open.
  package func vanish() throws {
    try run("mkdir -p \(path)-aside && mount --bind \(path) \(path)-aside && umount -l \(path)")
  }

  /// Mounts it again where it was.
  package func comeBack() throws {
    try run("mount --bind \(path)-aside \(path)")
  }

  private func run(_ command: String) throws {
    guard try OwnMounts.status(of: .shell(command)).isSuccess else {
      throw TestFailure("'\(command)' failed")
    }
  }
}
