import HTTP
import Posix
import Secrets
import Seedream
import Synchronization

/// The text of an exchange with a provider, for a user who looks for a fault: heads and bodies as they
/// were, without the key and with pictures shortened. Held in memory until the exchange is over.
final class CallTrace: Sendable {
  /// Bytes; a longer trace is cut.
  private static let capacity = 4 << 20

  private struct State {
    var text: [UInt8] = []
    var shortener = Base64Shortener()
    var isCut = false
  }

  private let key: String?
  private let state = Mutex(State())

  init(key: String?) {
    self.key = key
  }

  /// The whole text, made fit to be kept. The key is taken out last, since it may have come in pieces.
  var bytes: [UInt8] {
    let (text, isCut) = state.withLock { state in
      (state.text + state.shortener.finish(), state.isCut)
    }
    let kept = Redaction(key: key).text(String(decoding: text, as: UTF8.self))
    return Array((kept + (isCut ? "\n(the rest is left out)" : "") + "\n").utf8)
  }

  func take(_ request: HTTPRequest, _ body: [BodyPiece]) {
    add("\(request.method) \(request.url)\n")
    for header in request.headers {
      let isKey = key.map { header.value.contains($0) } ?? false
      add("\(header.name): \(isKey ? "[key]" : header.value)\n")
    }
    add("\n")
    for piece in body {
      switch piece {
      case .text(let bytes): take(bytes)
      case .reference(_, let byteCount): add("[\(byteCount) bytes of a picture]")
      }
    }
    add("\n\n")
  }

  func take(_ head: HTTPResponseHead) {
    add("HTTP \(head.status)\n")
    for header in head.headers { add("\(header.name): \(printable(header.value))\n") }
    add("\n")
  }

  func take(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.text.count < Self.capacity else {
        state.isCut = true
        return
      }
      state.text += state.shortener.shorten(bytes)
    }
  }

  func take(_ error: HTTPError) {
    add("\n(\(error.message))")
  }

  private func add(_ text: String) {
    state.withLock { state in
      state.text += state.shortener.finish() + Array(text.utf8)
    }
  }
}
