import CCurl

/// One transfer: owns its easy handle and all that libcurl borrows from us for it.
///
/// Lives on the client's thread. libcurl calls back only while the handle is in the multi handle,
/// and the loop holds the transfer for as long.
@safe final class CurlTransfer {
  /// The most of a body that is read from the socket, or handed over, at once.
  static let pieceLength = 128 << 10
  /// Bodies up to here leave together with the head; longer ones piece by piece, which limits of time follow.
  static let packetLength = 16 << 10
  /// Seconds after which a shared connection is of no more use: whoever is at its other end may be closing it.
  static let longestRest = 2

  let job: TransferJob
  @unsafe let easy: UnsafeMutableRawPointer
  @unsafe let errorText: UnsafeMutablePointer<CChar>
  @unsafe var headers: UnsafeMutablePointer<curl_slist>?
  var deadlines: TransferDeadlines
  /// Set when a connection is ready: from then on bytes of the request may have left.
  private(set) var isConnected = false

  private let hasProxy: Bool
  private let round: CurlRound
  /// Whether this round's list has it.
  private var isTouched = false
  private var parser = ResponseHeadParser()
  private var head: HTTPResponseHead?
  /// The head of a redirect that libcurl is about to follow, unless a body shows otherwise.
  private var heldHead: HTTPResponseHead?
  private var upload: UploadSource
  /// Whether somebody was told that the last byte of the body was taken up.
  private var isTakenUp = false
  /// What has come of the body since it was last handed over. libcurl passes on 16 KB at a time
  /// (CURL_MAX_WRITE_SIZE), and everything behind costs by the piece.
  private var received: [UInt8] = []
  /// Why a callback of ours stopped the transfer.
  private var failure: HTTPError?

  /// - Parameters:
  ///   - round: Is told when anything happens to the transfer.
  ///   - onBodyReady: Called from any thread when a body that had to wait for more can go on.
  init(
    _ job: TransferJob, _ settings: CurlSettings, _ round: CurlRound,
    onBodyReady: @escaping @Sendable () -> Void
  ) throws(HTTPError) {
    guard let easy = unsafe curl_easy_init() else {
      throw HTTPError(
        .other(Int(CURLE_OUT_OF_MEMORY.rawValue)), "No memory for a request.",
        context: job.address.shown)
    }
    self.job = job
    self.round = round
    hasProxy = settings.hasProxy
    unsafe self.easy = easy
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    upload = UploadSource(job.request, onReady: onBodyReady)
    deadlines = TransferDeadlines(job.request.limits, start: .now)
    let code = configure(settings)
    guard code == CURLE_OK else { throw outcomeError(code) }
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe curl_slist_free_all(headers)
    unsafe errorText.deallocate()
  }

  // MARK: What libcurl reports

  /// - Parameter peer: The number of the address; nil where a proxy or a Unix socket is.
  /// - Returns: Whether to go on.
  func connected(to peer: String?) -> Bool {
    if let peer, let admits = job.request.admitsPeer, !hasProxy || job.address.isLoopback,
      !admits(peer)
    {
      return stop(.refusedPeer, "The address leads to \(peer), which is not allowed.")
    }
    isConnected = true
    touch()
    deadlines.asked(at: .now)
    return true
  }

  /// Takes one line of a head; false stops the transfer.
  func takeHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    touch()
    defer { deadlines.answered(at: .now) }
    guard head == nil else { return true }  // A trailer.
    switch unsafe parser.line(line) {
    case .unfinished:
      heldHead = nil
      return true
    case .interim: return true
    case .head(let new):
      guard followsRedirects, (300..<400).contains(new.status), new["Location"] != nil else {
        return deliver(new)
      }
      heldHead = new
      return true
    case .tooLarge: return stop(.tooLarge, "The headers of the answer are too large.")
    case .malformed: return stop(.invalidReply, "The answer is not proper HTTP.")
    }
  }

  /// What becomes of a piece of the body.
  enum Taking {
    case taken
    /// The reader is behind: libcurl keeps the piece until `resume()`.
    case held
    case stopped
  }

  /// Takes a piece of the body.
  func takeBody(_ bytes: UnsafeBufferPointer<UInt8>) -> Taking {
    touch()
    guard deliverHeldHead() else { return .stopped }
    if job.isFull?() == true {
      deadlines.held(at: .now)
      return .held
    }
    defer { deadlines.answered(at: .now) }
    if received.count + bytes.count > Self.pieceLength, !deliverBody() { return .stopped }
    unsafe received.append(contentsOf: bytes)
    return .taken
  }

  /// Our side has caught up: libcurl hands over what it kept and reads on, and asks again for what it is to send.
  func resume() {
    touch()
    deadlines.resumed(at: .now)
    unsafe curl_easy_pause(easy, ccurl_resume)
  }

  /// Hands over what has come in this round; false where nobody wants it.
  func deliver() -> Bool {
    isTouched = false
    defer { job.onRound?() }
    return deliverBody()
  }

  private func deliverBody() -> Bool {
    guard !received.isEmpty else { return true }
    defer { received.removeAll(keepingCapacity: true) }
    do {
      try job.onBody(received)
      return true
    } catch {
      return stop(error)
    }
  }

  /// What is given of the request's body.
  enum Giving {
    case given(Int)
    /// There is nothing yet: libcurl asks again after `resume()`.
    case held
    case stopped
  }

  /// Fills libcurl's buffer with more of the request's body.
  func giveBody(_ buffer: UnsafeMutableRawBufferPointer) -> Giving {
    touch()
    do {
      guard let count = unsafe try upload.fill(buffer) else {
        deadlines.held(at: .now)
        return .held
      }
      deadlines.asked(at: .now)
      if upload.isTakenUp, !isTakenUp {
        isTakenUp = true
        job.request.onBodyTakenUp?()
      }
      return .given(count)
    } catch {
      _ = stop(error)
      return .stopped
    }
  }

  // MARK: The end

  func outcome(_ code: CURLcode) -> Result<HTTPResponseHead, HTTPError> {
    let isDelivered = failure == nil && deliverBody()
    guard code == CURLE_OK, isDelivered, deliverHeldHead() else {
      return .failure(failure ?? outcomeError(code))
    }
    // libcurl is content with a head that ends in the middle.
    return head.map { .success($0) }
      ?? .failure(error(.cut, "The connection ended before the answer did."))
  }

  func timeout(_ phase: HTTPError.Phase) -> HTTPError {
    let limits = job.request.limits
    return switch phase {
    case .connect:
      error(.timedOut(phase), "There was no connection within \(text(limits.connect)).")
    case .firstByte: error(.timedOut(phase), "No answer began within \(text(limits.firstByte)).")
    case .idle: error(.timedOut(phase), "The answer stood still for \(text(limits.idle)).")
    case .total: error(.timedOut(phase), "The answer was not complete after \(text(limits.total)).")
    }
  }

  func error(
    _ code: HTTPError.Code, _ message: String, underlying: (any Error)? = nil
  ) -> HTTPError {
    HTTPError(
      code, message, context: job.address.shown, requestMayHaveBeenSent: isConnected,
      underlying: underlying)
  }

  /// Redirects are followed where repeating the request does no harm; see HTTPRequest.
  var followsRedirects: Bool { job.request.maximumRedirects > 0 && isHarmless }

  /// Whether the request may be sent twice without a second effect.
  var isHarmless: Bool {
    guard case .none = job.request.body else { return false }
    return job.request.method == "GET" || job.request.method == "HEAD"
  }

  private func touch() {
    guard !isTouched else { return }
    isTouched = true
    round.touched.append(self)
  }

  private func deliverHeldHead() -> Bool {
    guard let held = heldHead else { return true }
    heldHead = nil
    return deliver(held)
  }

  private func deliver(_ new: HTTPResponseHead) -> Bool {
    head = new
    do {
      try job.onHead(new)
      return true
    } catch {
      return stop(error)
    }
  }

  private func stop(_ code: HTTPError.Code, _ message: String) -> Bool {
    failure = failure ?? error(code, message)
    return false
  }

  private func stop(_ thrown: any Error) -> Bool {
    failure =
      failure
      ?? (thrown as? UploadSource.Failure).map { error(.invalidRequest, $0.message) }
      ?? error(.stoppedByCaller, "The transfer was stopped.", underlying: thrown)
    return false
  }

  private func text(_ limit: Duration?) -> String {
    limit.map { "\($0)" } ?? "the time limit"
  }
}
