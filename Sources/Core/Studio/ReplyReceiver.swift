import Gallery
import HTTP
import Posix
import Seedream
import Synchronization

/// Takes one reply apart while it arrives: bytes of pictures go to files at once, on the client's
/// thread; everything else becomes events for the run.
final class ReplyReceiver: Sendable {
  /// What the run hears, in order; ends after the event that ends the reply.
  enum Event: Sendable {
    case picture(PictureReply, PictureBytes?)
    case memberRefused(index: Int, APIError)
    case failed(APIError)
    case interrupted
    /// The reply went beyond what this program is willing to hold, so the rest of it is unknown.
    case abandoned(ReplyFault)
    case finished
  }

  private struct State {
    var parser: ReplyParser
    var files: [Int: PictureBytes] = [:]
    var head: HTTPResponseHead?
    var firstByte: Double?
    var completion: Completion?
  }

  let events: AsyncStream<Event>
  private let feed: AsyncStream<Event>.Continuation
  private let state: Mutex<State>
  private let dialect: Dialect
  private let layout: GalleryLayout

  /// - Parameter layout: Of the gallery that pictures inside the reply are written to.
  init(dialect: Dialect, layout: GalleryLayout) {
    self.dialect = dialect
    self.layout = layout
    state = Mutex(State(parser: ReplyParser(dialect: dialect)))
    (events, feed) = AsyncStream.makeStream(of: Event.self)
  }

  /// The provider's name for the request, as its header says.
  var requestID: String? {
    state.withLock { $0.head?["X-Request-Id"] }
  }

  /// When the first byte of the reply's body was here, in seconds since 1970.
  var firstByte: Double? {
    state.withLock(\.firstByte)
  }

  /// What the reply said about itself at its end, where that has come already.
  var completion: Completion? {
    state.withLock(\.completion)
  }

  /// The head of the reply is here.
  func begin(_ head: HTTPResponseHead) {
    state.withLock { state in
      state.head = head
      state.parser = ReplyParser(
        status: head.status, requestID: head["X-Request-Id"], dialect: dialect)
    }
  }

  /// The next bytes of the body are here.
  /// - Throws: `GalleryError` when a picture cannot be written.
  func consume(_ bytes: [UInt8]) throws {
    try state.withLock { state in
      if state.firstByte == nil { state.firstByte = SystemClock.secondsSince1970 }
      for event in state.parser.consume(bytes) { try take(event, &state) }
    }
  }

  /// The connection has ended, however it did.
  func finish() {
    state.withLock { state in
      for event in state.parser.finish() { try? take(event, &state) }
    }
    feed.finish()
  }

  private func take(_ event: ReplyEvent, _ state: inout State) throws {
    switch event {
    case .imageBytes(let image, let bytes):
      let file = try state.files[image] ?? PictureBytes(layout)
      state.files[image] = file
      try file.append(bytes)
    case .imageDropped(let image): state.files[image] = nil
    case .picture(let reply):
      if case .inline(let image, _) = reply.source {
        feed.yield(.picture(reply, state.files.removeValue(forKey: image)))
      } else {
        feed.yield(.picture(reply, nil))
      }
    case .memberRefused(let index, let error): feed.yield(.memberRefused(index: index, error))
    case .completed(let completion): state.completion = completion
    case .ignored: break
    case .failed(let error): feed.yield(.failed(error))
    case .interrupted: feed.yield(.interrupted)
    case .abandoned(let fault): feed.yield(.abandoned(fault))
    case .finished: feed.yield(.finished)
    }
  }
}
