import FoundationEssentials
import Gallery
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

  private let references: [Reference]
  private let blobs: any BlobStore
  private let state: Mutex<State>

  /// - Parameters:
  ///   - pieces: The body of the request.
  ///   - blobs: Where its references are.
  init(_ pieces: [BodyPiece], of request: GenerationRequest, in blobs: any BlobStore) {
    references = request.references
    self.blobs = blobs
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
        state.file = try open(index, byteCount)
      }
    }
  }
}

extension WireRequest {
  /// Whether anything has to be read while it is sent.
  var hasReferences: Bool {
    body.contains { if case .reference = $0 { true } else { false } }
  }
}

extension ReferenceStream {
  private func open(_ index: Int, _ byteCount: Int) throws(Unreadable) -> OpenReference {
    let name = "Reference \(index + 1)"
    guard references.indices.contains(index), case .stored(let kept) = references[index] else {
      throw Unreadable(message: "\(name) is gone from the gallery.")
    }
    do {
      return OpenReference(
        name, try blobs.open(.reference(sha256: kept.sha256)), byteCount: byteCount)
    } catch {
      throw Unreadable(message: "\(name) is gone from the gallery: \(error.message)")
    }
  }
}

/// One stored reference while it is read.
private final class OpenReference {
  /// A multiple of three, so that every piece is whole in base64.
  private static let pieceLength = 48 << 10
  private let name: String
  private let file: any BlobReader
  private var left: Int

  init(_ name: String, _ file: any BlobReader, byteCount: Int) {
    self.name = name
    self.file = file
    left = byteCount
  }

  /// The base64 of the next piece; empty at the end.
  func next() throws(ReferenceStream.Unreadable) -> [UInt8] {
    guard left > 0 else { return [] }
    var bytes: [UInt8] = []
    let wanted = min(left, Self.pieceLength)
    while bytes.count < wanted {
      let more = (try? file.next(wanted - bytes.count)) ?? []
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
