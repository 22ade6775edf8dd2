import Posix
import Synchronization

/// The bytes of one picture of a reply, until it is told: they come before it is known whether it is a picture
/// at all, and others may come before that.
///
/// Short ones stay in memory, longer ones go to a file without a name. What no disk takes stays in memory too:
/// it is paid for.
final class SpooledImage: Sendable {
  private struct State: ~Copyable, Sendable {
    /// What follows the bytes of the file.
    var held: [UInt8] = []
    var file: PendingFile?
    var isDiskFull = false
  }

  /// The most that is kept in memory where there is a disk.
  private static let longestInMemory = 256 << 10

  private let state = Mutex(State())

  /// Adds the next bytes.
  func append(_ bytes: [UInt8]) {
    state.withLock { state in
      state.held += bytes
      guard state.held.count > Self.longestInMemory, !state.isDiskFull else { return }
      do throws(PosixError) {
        if state.file == nil {
          let file = try PendingFile(in: Environment.value("TMPDIR") ?? "/tmp", mode: 0o600)
          // Nothing is left of it, whatever ends this process.
          try FileSystem.remove(file.temporaryPath)
          state.file = consume file
        }
        try state.file?.write(state.held)
        state.held = []
      } catch {
        state.isDiskFull = true
      }
    }
  }

  /// The base64 of all bytes, piece by piece.
  ///
  /// - Throws: `PosixError` where the file cannot be read any more.
  func base64(_ take: ([UInt8]) async -> Void) async throws(PosixError) {
    var text = Base64Text()
    var place = 0
    while case let piece = try next(at: place), !piece.isEmpty {
      place += piece.count
      await take(text.of(piece))
    }
    await take(text.end())
  }

  private func next(at place: Int) throws(PosixError) -> [UInt8] {
    let result = state.withLock { state -> Result<[UInt8], PosixError> in
      let stored = state.file?.byteCount ?? 0
      guard place < stored else {
        return .success(Array(state.held.dropFirst(place - stored).prefix(Base64Text.piece)))
      }
      do throws(PosixError) {
        return .success(try state.file?.piece(at: place, upTo: Base64Text.piece) ?? [])
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
