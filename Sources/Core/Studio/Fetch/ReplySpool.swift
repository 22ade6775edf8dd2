import Gallery
import Posix
import Secrets
import Synchronization

/// The body of one reply as it comes, for the case that it cannot be read: nobody sends it a second time.
///
/// Short ones stay in memory, longer ones go to a file that is removed with this; up to a bound. A disk that
/// does not take them costs the rest of the raw body, never a picture.
final class ReplySpool: Sendable {
  struct Body: Sendable {
    var bytes: [UInt8]
    /// Whether it was all that came.
    var isWhole: Bool
  }

  /// The most that is kept of one reply.
  static let longest = 64 << 20
  /// The most that is kept in memory.
  private static let longestInMemory = 256 << 10

  private struct State: ~Copyable, Sendable {
    var held: [UInt8] = []
    var file: PendingFile?
    var isWhole = true
  }

  private let layout: GalleryLayout
  private let state = Mutex(State())

  init(_ layout: GalleryLayout) {
    self.layout = layout
  }

  /// Takes the next bytes; from any thread, in order.
  func take(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.isWhole else { return }
      do throws(PosixError) {
        let count = state.held.count + (state.file?.byteCount ?? 0)
        let room = Self.longest - count
        let piece = bytes.count > room ? Array(bytes.prefix(room)) : bytes
        if bytes.count > room { state.isWhole = false }
        if state.file == nil, count + piece.count > Self.longestInMemory {
          try layout.makePrivateDirectory(layout.repliesDirectory)
          state.file = try PendingFile(in: layout.repliesDirectory, mode: 0o600)
          try state.file?.write(state.held)
          state.held = []
        }
        if state.file == nil { state.held += piece } else { try state.file?.write(piece) }
      } catch {
        state.isWhole = false
      }
    }
  }

  /// What has come, without the key; nil where nothing has.
  func body(_ redaction: Redaction) -> Body? {
    state.withLock { state -> Body? in
      var bytes: [UInt8] = []
      if state.file != nil {
        do throws(PosixError) {
          try state.file?.forEachPiece { piece throws(PosixError) in bytes += piece }
        } catch {
          return nil
        }
      } else {
        bytes = state.held
      }
      return bytes.isEmpty ? nil : Body(bytes: redaction.bytes(bytes), isWhole: state.isWhole)
    }
  }
}
