import Gallery
import HTTP
import Synchronization

/// Takes the bytes of one picture over one or several connections, and notices what does not fit
/// together.
final class DownloadSink: Sendable {
  /// The bytes of a continued download are not the missing ones.
  struct Mismatch: Error {}

  private struct State {
    var bytes: SpooledPicture?
    /// The whole length, where the server has said it.
    var total: Int?
    /// A strong validator of the bytes so far, or the date of their last change (RFC 9110, section 13.1.5).
    var validator: String?
    /// Whether the server gives parts without having been asked for one.
    var givesParts = false
    /// What the server has done to the picture. Lengths and ranges count what comes out of that.
    var codings: [String] = []
    var isTaking = false
    /// Whether the transport says where the body ends: by its length, or by a last chunk.
    var isFramed = false
  }

  private let spool: PictureSpool
  private let state = Mutex(State())

  init(_ spool: PictureSpool) {
    self.spool = spool
  }

  /// Whether the transport says where the body ends.
  var isFramed: Bool { state.withLock { $0.isFramed } }

  /// What is here, where all of it is: the picture, whatever codings it came in.
  var whole: SpooledPicture? {
    let (bytes, codings) = state.withLock { state -> (SpooledPicture?, [String]) in
      guard let bytes = state.bytes, state.total.map({ $0 == bytes.count }) ?? true else {
        return (nil, [])
      }
      return (bytes, state.codings)
    }
    return bytes?.withoutCodings(codings)
  }

  /// What asks for the picture as it is, and for the missing bytes only where some are here that can be known
  /// again: the rest of another picture under the same address would be taken for theirs.
  var headers: [HTTPHeader] {
    state.withLock { state in
      let identity = [HTTPHeader("Accept-Encoding", "identity")]
      guard let count = state.bytes?.count, count > 0,
        state.validator != nil || state.givesParts
      else { return identity }
      return identity + [HTTPHeader("Range", "bytes=\(count)-")]
        + (state.validator.map { [HTTPHeader("If-Range", $0)] } ?? [])
    }
  }

  /// How many bytes are here.
  var count: Int { state.withLock { $0.bytes?.count ?? 0 } }

  /// Forgets what is here.
  func startOver() {
    state.withLock { $0 = State() }
  }

  func begin(_ head: HTTPResponseHead) throws {
    try state.withLock { state in
      switch head.status {
      case 200:
        state = State(
          bytes: SpooledPicture(spool), total: head["Content-Length"].flatMap { Int($0) },
          validator: head.validator, codings: head.contentCodings, isTaking: true,
          isFramed: head["Content-Length"] != nil || head["Transfer-Encoding"] != nil)
        try check(state.total ?? 0)
      case 206:
        guard let range = ContentRange(head["Content-Range"] ?? "") else { throw Mismatch() }
        if state.bytes.map({ $0.count == 0 }) ?? true, range.first == 0 {
          // Nobody asked for a part: it may be all the same, or the first one.
          state = State(
            bytes: SpooledPicture(spool), validator: head.validator, givesParts: true,
            codings: head.contentCodings)
          try check(range.total ?? 0)
        }
        guard range.first == state.bytes?.count, state.total == nil || range.total == state.total,
          head.entityTag == nil || state.validator?.hasPrefix("\"") != true
            || head.entityTag == state.validator
        else { throw Mismatch() }
        state.total = range.total
        state.isFramed = range.total != nil
        state.isTaking = true
      default: state.isTaking = false
      }
    }
  }

  func append(_ piece: [UInt8]) throws {
    try state.withLock { state in
      guard state.isTaking, let bytes = state.bytes else { return }
      try check(bytes.count + piece.count)
      try bytes.append(piece)
    }
  }

  private func check(_ count: Int) throws(PictureLoss) {
    guard count <= GalleryWriter.maximumPictureBytes else {
      throw PictureLoss(
        "its address gives more than \(GalleryWriter.maximumPictureBytes >> 20) MB.",
        isFetchable: false)
    }
  }
}

extension HTTPResponseHead {
  /// One that says of two parts that they are of the same bytes.
  fileprivate var entityTag: String? {
    self["ETag"].flatMap { $0.hasPrefix("\"") ? $0 : nil }
  }

  /// What may stand in `If-Range`.
  fileprivate var validator: String? { entityTag ?? self["Last-Modified"] }
}

/// `bytes 100-199/200` (RFC 9110, section 14.4).
struct ContentRange: Equatable {
  var first: Int
  /// Nil where the server does not know it.
  var total: Int?

  init?(_ text: String) {
    guard text.lowercased().hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
    let ends = parts.first?.split(separator: "-").compactMap { Int($0) } ?? []
    guard parts.count == 2, ends.count == 2, ends[0] >= 0, ends[0] <= ends[1] else { return nil }
    first = ends[0]
    total = Int(parts[1])
    guard parts[1] == "*" || (total ?? 0) > ends[1] else { return nil }
  }
}
