import FoundationEssentials
import Interface
import Posix
import Synchronization

/// What was written and not sent, kept in the state directory so that it is there next time.
final class DraftFile: Sendable {
  private enum State {
    /// The draft of the last session lies there and is not in the interface yet: nothing may take its place.
    /// What was to be written meanwhile is held.
    case unread(Draft?)
    case taken
    /// The last word was written: a write that begins now would be cut by the end of the program, and leave its
    /// temporary file.
    case closed
  }

  private static let maximumBytes = 4 << 20
  private let path: String
  private let state = Mutex(State.unread(nil))

  init(path: String) {
    self.path = path
  }

  /// The draft of the last session; nil where there is none, or none that can be read.
  func read() -> Draft? {
    guard let bytes = try? FileSystem.read(path, limit: Self.maximumBytes) else { return nil }
    return try? JSONDecoder().decode(Draft.self, from: Data(bytes))
  }

  /// Whether the interface has the draft of the last session, or there is none.
  var isTaken: Bool {
    state.withLock { if case .unread = $0 { false } else { true } }
  }

  /// The interface has it: what is written from now on takes its place.
  func wasTaken() {
    state.withLock { if case .unread = $0 { $0 = .taken } }
  }

  /// There is none.
  func isAbsent() {
    state.withLock { state in
      guard case .unread(let held) = state else { return }
      if let held { save(held) }
      state = .taken
    }
  }

  /// Keeps a draft. A draft that cannot be kept is no reason to disturb the person who writes it.
  func write(_ draft: Draft) {
    state.withLock { state in
      switch state {
      case .unread: state = .unread(draft)
      case .taken: save(draft)
      case .closed: break
      }
    }
  }

  /// Keeps the last draft, before the program ends.
  func close(with draft: Draft) {
    state.withLock { state in
      save(draft)
      state = .closed
    }
  }

  private func save(_ draft: Draft) {
    guard let json = try? JSONEncoder().encode(draft) else { return }
    try? FileSystem.createDirectory(FileSystem.parent(of: path), mode: 0o700)
    try? DurableFile.write(Array(json), to: path, mode: 0o600, replacing: true)
  }
}
