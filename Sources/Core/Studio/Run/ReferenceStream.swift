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
  }

  private let paths: [Int: String]
  private let state: Mutex<State>

  /// - Parameter paths: The file of each stored reference, by its place among the references.
  init(_ pieces: [BodyPiece], paths: [Int: String]) {
    self.paths = paths
    state = Mutex(State(pieces: pieces[...]))
  }

  /// At most `limit` further bytes; none at the end. May wait for the disk.
  /// - Throws: `Unreadable`.
  func next(_ limit: Int) throws(Unreadable) -> [UInt8] {
    try state.withLock { state throws(Unreadable) in try take(limit, &state) }
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
