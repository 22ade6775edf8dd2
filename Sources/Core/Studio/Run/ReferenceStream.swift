import FoundationEssentials
import Posix
import Seedream
import Synchronization

/// The body of a request as it leaves: text as it is, stored references as base64 read from the
/// gallery piece by piece, so that a body of any size costs the memory of one piece.
final class ReferenceStream: Sendable {
  /// A stored reference that cannot be read, or has another length than it had.
  struct Unreadable: Error {
    let message: String
  }

  private struct State {
    var pieces: ArraySlice<BodyPiece>
    var text: ArraySlice<UInt8> = []
    var file: OpenReference?
    var left: Int
  }

  private let paths: [Int: String]
  private let onLast: @Sendable () -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - paths: The file of each stored reference, by its place among the references.
  ///   - onLast: Called once, on the client's thread, when the last byte is given away.
  init(
    _ pieces: [BodyPiece], paths: [Int: String], onLast: @escaping @Sendable () -> Void
  ) {
    self.paths = paths
    self.onLast = onLast
    state = Mutex(State(pieces: pieces[...], left: pieces.reduce(0) { $0 + $1.length }))
  }

  /// At most `limit` further bytes; none at the end. Called on the client's thread.
  /// - Throws: `Unreadable`.
  func next(_ limit: Int) throws -> [UInt8] {
    let (bytes, isLast) = try state.withLock { state in
      let bytes = try take(limit, &state)
      state.left -= bytes.count
      return (bytes, !bytes.isEmpty && state.left == 0)
    }
    if isLast { onLast() }
    return bytes
  }

  private func take(_ limit: Int, _ state: inout State) throws(Unreadable) -> [UInt8] {
    while true {
      if !state.text.isEmpty {
        let part = state.text.prefix(limit)
        state.text = state.text.dropFirst(part.count)
        return Array(part)
      }
      if let file = state.file {
        let bytes = try file.next()
        if bytes.isEmpty { state.file = nil }
        state.text = bytes[...]
        continue
      }
      switch state.pieces.popFirst() {
      case nil: return []
      case .text(let bytes): state.text = bytes[...]
      case .reference(let index, let byteCount):
        state.file = try OpenReference(index, path: paths[index] ?? "", byteCount: byteCount)
      }
    }
  }
}

/// One stored reference while it is read.
private final class OpenReference {
  /// A multiple of three, so that every piece is whole in base64.
  private static let pieceLength = 48 << 10
  private let name: String
  private let file: FileDescriptor
  private var left: Int

  init(_ index: Int, path: String, byteCount: Int) throws(ReferenceStream.Unreadable) {
    name = "Reference \(index + 1)"
    left = byteCount
    do {
      file = try FileDescriptor(reading: path)
    } catch {
      throw ReferenceStream.Unreadable(message: "\(name) is gone from the gallery: \(error).")
    }
  }

  /// The base64 of the next piece; empty at the end.
  func next() throws(ReferenceStream.Unreadable) -> [UInt8] {
    guard left > 0 else { return [] }
    var bytes: [UInt8] = []
    let wanted = min(left, Self.pieceLength)
    while bytes.count < wanted {
      let more = (try? file.read(upTo: wanted - bytes.count)) ?? []
      guard !more.isEmpty else {
        throw ReferenceStream.Unreadable(
          message: "\(name) in the gallery cannot be read to its end.")
      }
      bytes += more
    }
    left -= wanted
    return Array(Data(bytes).base64EncodedData())
  }
}
