import FoundationEssentials
import Interface
import Posix
import Synchronization

/// What was written and not sent, kept in the state directory so that it is there next time.
final class DraftFile: Sendable {
  private static let maximumBytes = 4 << 20
  private let path: String
  private let writing = Mutex(())

  init(path: String) {
    self.path = path
  }

  /// The draft of the last session; nil where there is none, or none that can be read.
  func read() -> Draft? {
    guard let bytes = try? FileSystem.read(path, limit: Self.maximumBytes) else { return nil }
    return try? JSONDecoder().decode(Draft.self, from: Data(bytes))
  }

  /// Keeps a draft. A draft that cannot be kept is no reason to disturb the person who writes it.
  func write(_ draft: Draft) {
    writing.withLock { _ in
      guard let json = try? JSONEncoder().encode(draft) else { return }
      try? FileSystem.createDirectory(FileSystem.parent(of: path), mode: 0o700)
      try? DurableFile.write(Array(json), to: path, mode: 0o600, replacing: true)
    }
  }
}
