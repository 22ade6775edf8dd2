import Glibc
import Posix
import Synchronization

/// One request and its answer on a connection of their own. `run` blocks; `cancel` may be called meanwhile, from
/// any thread, and once.
final class LocalExchange: Sendable {
  private struct State: ~Copyable {
    var socket: FileDescriptor?
    var isCancelled = false
  }

  /// What is read from the socket at once.
  private static let pieceLength = 16 << 10
  /// A body up to here leaves in one piece with the head.
  private static let packetLength = 64 << 10
  /// How long a server with too many connections waiting is left alone before the next try.
  private static let pause = Duration.milliseconds(10)

  private let path: String
  private let request: LocalRequest
  private let onHead: @Sendable (HTTPResponseHead) throws -> Void
  private let onBody: @Sendable (ArraySlice<UInt8>) throws -> Void
  private let state = Mutex(State())

  init(
    socket path: String, _ request: LocalRequest,
    onHead: @escaping @Sendable (HTTPResponseHead) throws -> Void,
    onBody: @escaping @Sendable (ArraySlice<UInt8>) throws -> Void
  ) {
    self.path = path
    self.request = request
    self.onHead = onHead
    self.onBody = onBody
  }

  private var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Ends the exchange, be it before it has begun.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      if let number = state.socket?.number { shutdown(number, Int32(SHUT_RDWR)) }
    }
  }

  /// The head, once the whole body has been handed over.
  func run() throws(HTTPError) -> HTTPResponseHead {
    guard let head = request.head else {
      throw error(.invalidRequest, "This is no request that can be sent.", sent: false)
    }
    var deadline = request.limit.map { ContinuousClock.now + $0 }
    let socket = try connect(by: deadline)
    defer { state.withLock { $0.socket = nil } }
    let isShort = request.body.count <= Self.packetLength
    var unsent = [isShort ? head + request.body : head, isShort ? [] : request.body].map { $0[...] }
    var reader = ResponseReader(method: request.method)
    var answer: HTTPResponseHead?
    var buffer = [UInt8](repeating: 0, count: Self.pieceLength)
    while true {
      let isMoved = send(&unsent, on: socket)
      if isMoved { deadline = request.limit.map { ContinuousClock.now + $0 } }
      let count = try receive(&buffer, from: socket)
      var bytes = buffer.prefix(count ?? 0)
      while let event = try read(&reader, &bytes) {
        switch event {
        case .head(let head):
          answer = head
          // The one of an answer that goes on and on can be told from the others.
          let path = request.path.prefix { $0 != "?" }
          if let word = path.split(separator: "/").last { WorkThread.name(word) }
          try handOver { try onHead(head) }
        case .body(let piece): try handOver { try onBody(piece) }
        }
      }
      if reader.isAtEnd, let answer { return answer }
      if count == 0 { throw cut() }
      try wait(
        for: socket, toSend: !unsent.isEmpty, isMoving: isMoved || count != nil, until: deadline)
    }
  }

  // MARK: The socket

  private func connect(by deadline: ContinuousClock.Instant?) throws(HTTPError) -> Int32 {
    guard let address = UnixAddress(path) else {
      throw error(.couldNotConnect, "This cannot be the path of a socket.", sent: false)
    }
    let number = UnixAddress.socket()
    guard number >= 0 else { throw refusal(errno) }
    let isTaken = state.withLock { state in
      state.socket = FileDescriptor(owning: number)
      return !state.isCancelled
    }
    do throws(HTTPError) {
      guard isTaken else { throw error(.cancelled, "The request was cancelled.", sent: false) }
      while !address.connect(number) {
        // Its queue of connections is full, unix(7).
        guard errno == EAGAIN || errno == EINTR else { throw refusal(errno) }
        try rest(until: deadline)
      }
    } catch {
      state.withLock { $0.socket = nil }
      throw error
    }
    return number
  }

  private func rest(until deadline: ContinuousClock.Instant?) throws(HTTPError) {
    if isCancelled {
      throw error(.cancelled, "The request was cancelled.", sent: false)
    }
    if let deadline, ContinuousClock.now >= deadline {
      throw error(.timedOut(.total), "The server takes no connection.", sent: false)
    }
    _ = try? Poll.wait(for: [], timeout: Self.pause)
  }

  /// Sends what the socket takes at once; whether that was anything.
  ///
  /// A server that reads no more has said why, or will be found gone when its answer is read.
  private func send(_ unsent: inout [ArraySlice<UInt8>], on socket: Int32) -> Bool {
    var isMoved = false
    while let piece = unsent.first {
      let count = unsafe piece.withUnsafeBytes {
        unsafe Glibc.send(
          socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno != EAGAIN { unsent = [] }
        return isMoved
      }
      isMoved = true
      if count == piece.count { unsent.removeFirst() } else { unsent[0] = piece.dropFirst(count) }
    }
    return isMoved
  }

  /// How much has come; zero at the end of the connection, nil where nothing waits.
  private func receive(_ buffer: inout [UInt8], from socket: Int32) throws(HTTPError) -> Int? {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe recv(socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
      }
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: return nil
      default: throw cut()
      }
    }
  }

  /// Sleeps until the socket can be read, or written where there is something to send.
  ///
  /// - Parameter isMoving: Whether it just could: then only the clock is looked at.
  private func wait(
    for socket: Int32, toSend: Bool, isMoving: Bool, until deadline: ContinuousClock.Instant?
  ) throws(HTTPError) {
    let left = deadline.map { $0 - .now }
    if let left, left <= .zero {
      throw error(.timedOut(.total), "The answer did not come in time.", sent: true)
    }
    guard !isMoving else { return }
    do {
      _ = try Poll.wait(for: [socket], writable: toSend ? [socket] : [], timeout: left)
    } catch {
      throw self.error(.other(Int(error.code)), "The answer cannot be waited for.", sent: true)
    }
  }

  // MARK: The answer

  private func read(
    _ reader: inout ResponseReader, _ bytes: inout ArraySlice<UInt8>
  ) throws(HTTPError) -> ResponseReader.Event? {
    do {
      return try reader.next(&bytes)
    } catch {
      throw switch error {
      case .tooLarge: self.error(.tooLarge, "The headers of the answer are too large.", sent: true)
      case .malformed: self.error(.invalidReply, "The answer is not proper HTTP.", sent: true)
      }
    }
  }

  private func handOver(_ body: () throws -> Void) throws(HTTPError) {
    do {
      try body()
    } catch {
      var stopped = self.error(.stoppedByCaller, "The answer was not taken: \(error).", sent: true)
      stopped.underlying = error
      throw stopped
    }
  }

  private func refusal(_ number: Int32) -> HTTPError {
    let reason = PosixError("connect", code: number).reason
    return error(.couldNotConnect, "There is no connection to the server: \(reason).", sent: false)
  }

  private func cut() -> HTTPError {
    isCancelled
      ? error(.cancelled, "The request was cancelled.", sent: true)
      : error(.cut, "The connection ended before the answer did.", sent: true)
  }

  private func error(_ code: HTTPError.Code, _ message: String, sent: Bool) -> HTTPError {
    HTTPError(code, message, context: path, requestMayHaveBeenSent: sent)
  }
}
