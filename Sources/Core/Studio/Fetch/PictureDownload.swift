import Gallery
import HTTP
import Posix
import Seedream

/// Fetches one picture from its address, in as many tries as it takes: after a break only the missing
/// bytes are asked for.
struct PictureDownload {
  let address: String
  /// Until then every answer may be followed by a better one.
  let expiry: AddressExpiry
  let spool: PictureSpool
  let client: HTTPClient
  let retries: RetryPolicy
  /// Whether the picture may lie in a private network.
  let mayBePrivate: Bool
  /// Whether another address led here, which gave this one in the place of a picture.
  var isFollowed = false

  private enum Step {
    case done(SpooledPicture)
    case lost(PictureLoss)
    /// There is no picture, yet.
    case absent(PictureLoss)
    /// A part of it, whole by the transport's word; the next one follows.
    case part
    /// It lies under this address, which may be one of a private network or not.
    case elsewhere(String, mayBePrivate: Bool)
    /// It may go better another time.
    case broken(String, retryAfter: Double? = nil)
    /// All that came, of a picture whose end is not in it.
    ///
    /// - isFramed: By the transport's word nothing is missing.
    case cut(SpooledPicture, isFramed: Bool)
  }

  func run() async throws(PictureLoss) -> SpooledPicture {
    let sink = DownloadSink(spool)
    // The most that came of a picture without its end.
    var part: SpooledPicture?
    var attempt = 1
    var reached = 0
    while true {
      let loss: PictureLoss
      var retryAfter: Double?
      switch await step(sink) {
      case .done(let bytes): return bytes
      case .cut(let bytes, let isFramed):
        // The same twice, by the transport's own word: that is the picture.
        if isFramed, bytes.count == part?.count { return bytes }
        if bytes.count >= part?.count ?? 0 { part = bytes }
        loss = PictureLoss("its end did not arrive", isFetchable: true)
      case .lost(let final):
        if let part { return part }
        throw final
      case .absent(let reason): loss = reason
      case .part:
        let isMore = sink.count > reached
        reached = sink.count
        if isMore { continue }
        loss = PictureLoss("its end did not arrive", isFetchable: true)
      case .elsewhere(let other, let mayBePrivate):
        return try await PictureDownload(
          address: other, expiry: expiry, spool: spool, client: client, retries: retries,
          mayBePrivate: mayBePrivate, isFollowed: true
        ).run()
      case .broken(let reason, let seconds):
        retryAfter = seconds
        loss = PictureLoss(reason, isFetchable: expiry.time > SystemClock.secondsSince1970)
      }
      guard await pause(after: attempt, retryAfter: retryAfter) else {
        if let part { return part }
        throw loss
      }
      attempt += 1
    }
  }

  /// Waits for another try; false where there is none.
  private func pause(after attempt: Int, retryAfter: Double?) async -> Bool {
    let chance = Double.random(in: -1...1)
    guard let pause = retries.fetchPause(after: attempt, chance: chance, retryAfter: retryAfter)
    else { return false }
    return (try? await Task.sleep(for: .seconds(pause))) != nil
  }

  /// One place that is asked, and whether it may lie in a private network.
  private struct Place {
    var address: String
    var mayBePrivate: Bool

    /// Where it leads to: somebody else's word, too.
    func leading(to other: String) -> Place {
      let isOfHere =
        PrivateHost.isNamed(by: address) || PrivateHost.isShared(by: address, and: other)
      return Place(address: other, mayBePrivate: mayBePrivate && isOfHere)
    }
  }

  /// How many times an address may lead to another one.
  private static let mostRedirects = 10

  /// Asks once, on a thread of its own: what comes is written, read back and judged, which waits for the disk.
  private func step(_ sink: DownloadSink) async -> Step {
    do {
      let lane = try WorkPool()
      return await withTaskExecutorPreference(lane) { await ask(sink) }
    } catch {
      return .broken("no thread is left to fetch it: \(error)")
    }
  }

  private func ask(_ sink: DownloadSink) async -> Step {
    var place = Place(address: address, mayBePrivate: mayBePrivate)
    for _ in 0...Self.mostRedirects {
      // Behind a proxy the spelling is all there is to see.
      if !place.mayBePrivate, PrivateHost.mayBeNamed(by: place.address) {
        return .lost(Self.isPrivate)
      }
      do {
        let incoming = try await client.open(request(sink, place))
        let head = incoming.head
        try sink.begin(head)
        try await incoming.read { try sink.append($0) }
        guard [301, 302, 303, 307, 308].contains(head.status), let location = head["Location"],
          let next = WebAddress.absolute(location, base: place.address)
        else { return judge(head, sink, place) }
        place = place.leading(to: next)
      } catch {
        let broken = error as? HTTPError
        switch broken?.underlying ?? error {
        case let loss as PictureLoss: return .lost(loss)
        case let error as GalleryError: return .lost(PictureLoss(error.message, isFetchable: true))
        case is DownloadSink.Mismatch:
          sink.startOver()
          return .broken("its address gives other bytes than were asked for")
        default:
          return broken?.code == .refusedPeer
            ? .lost(Self.isPrivate) : .broken(broken?.message ?? "\(error)")
        }
      }
    }
    return absent("its address leads on and on")
  }

  private static let isPrivate = PictureLoss(
    "its address leads into a private network, where a provider on the internet has no pictures",
    isFetchable: false)

  /// The address goes out verbatim and without a key: its signature covers every byte of it.
  /// Redirects are followed here, where each of them is judged.
  private func request(_ sink: DownloadSink, _ place: Place) -> HTTPRequest {
    let mayBePrivate = place.mayBePrivate
    return HTTPRequest(
      url: place.address, headers: sink.headers,
      limits: HTTPLimits(
        connect: .seconds(30), firstByte: .seconds(60), idle: .seconds(60), total: .seconds(600)),
      keepsCodings: true,
      admitsPeer: { mayBePrivate || !PrivateHost.isNumber($0) })
  }

  private func judge(_ head: HTTPResponseHead, _ sink: DownloadSink, _ place: Place) -> Step {
    switch head.status {
    case 200, 206:
      guard let bytes = sink.whole else {
        return head.status == 206 ? .part : .broken("its end did not arrive")
      }
      if let text = bytes.text { return read(text, sink, place) }
      guard bytes.lacksEnd else { return .done(bytes) }
      // From its beginning: a length may lie, or another answer be better.
      let isFramed = sink.isFramed
      sink.startOver()
      return .cut(bytes, isFramed: isFramed)
    case 416:
      sink.startOver()
      return .broken("its address gives other bytes than were asked for")
    case 408, 429, 500...:
      return .broken(
        loss("its address answers HTTP \(head.status)").reason,
        retryAfter: RetryAfter.seconds(head, now: SystemClock.secondsSince1970))
    default: return absent("its address answers HTTP \(head.status)")
    }
  }

  /// What is said by a text in the place of a picture: relays answer with base64, or with JSON.
  private func read(_ text: [UInt8], _ sink: DownloadSink, _ place: Place) -> Step {
    sink.startOver()
    switch PictureText(text, at: place.address)?.content {
    case .picture(let image)?:
      let bytes = SpooledPicture(spool)
      do {
        try bytes.append(image)
        return .done(bytes)
      } catch {
        return .lost(PictureLoss(error.message, isFetchable: true))
      }
    case .address(let other)? where !isFollowed:
      return .elsewhere(other, mayBePrivate: place.leading(to: other).mayBePrivate)
    default:
      guard !text.isEmpty else { return absent("what its address gives is empty") }
      let start = printable(String(decoding: text.prefix(24), as: UTF8.self))
      return absent("its address gives a text in the place of a picture, which begins \"\(start)\"")
    }
  }

  private func absent(_ answer: String) -> Step {
    let loss = loss(answer)
    return loss.isFetchable ? .absent(loss) : .lost(loss)
  }

  /// A storage that has not got the picture yet, or a gateway before it, answers anything: what is paid for
  /// is asked for until its address expires.
  private func loss(_ answer: String) -> PictureLoss {
    let isGood = expiry.time > SystemClock.secondsSince1970
    return isGood
      ? PictureLoss("\(answer); it is asked again until \(expiry.shown)", isFetchable: true)
      : PictureLoss("its address expired at \(expiry.shown) (\(answer))", isFetchable: false)
  }
}
