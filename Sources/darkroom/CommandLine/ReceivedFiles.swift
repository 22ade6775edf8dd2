import Posix
import Settings
import Synchronization

/// What came through pipes, in files of our own until the program ends.
enum ReceivedFiles {
  private static let paths = Mutex<[String]>([])

  /// - Returns: The path of a new file (0600) with these bytes.
  static func keep(_ bytes: [UInt8], in places: Places) throws -> String {
    let directory = places.stateDirectory + "/received"
    try FileSystem.createDirectory(directory, mode: 0o700)
    let path = directory + "/piped-" + Randomness.hexadecimal(byteCount: 6)
    try DurableFile.write(bytes, to: path, mode: 0o600, replacing: false)
    paths.withLock { $0.append(path) }
    return path
  }

  /// The service has them by now, or never will.
  static func removeAll() {
    for path in paths.withLock(\.self) { try? FileSystem.remove(path) }
  }
}
