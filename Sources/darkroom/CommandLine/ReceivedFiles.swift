import Posix
import Settings
import Synchronization

/// What came through pipes, in files of our own until the program ends.
enum ReceivedFiles {
  private static let kept = Mutex<[String]>([])

  /// - Returns: The path of a new file (0600) with these bytes.
  static func keep(_ bytes: [UInt8], in paths: Paths) throws -> String {
    let directory = paths.stateDirectory + "/received"
    try FileSystem.createDirectory(directory, mode: 0o700)
    let path = directory + "/piped-" + Randomness.hexadecimal(byteCount: 6)
    try DurableFile.write(bytes, to: path, mode: 0o600, replacing: false)
    kept.withLock { $0.append(path) }
    return path
  }

  /// The service has them by now, or never will.
  static func removeAll() {
    for path in kept.withLock(\.self) { try? FileSystem.remove(path) }
  }
}
