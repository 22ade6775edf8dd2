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
  let shelter: PictureShelter
  let client: HTTPClient
  let retries: RetryPolicy
  /// Whether the picture may lie in a private network.
  let mayBePrivate: Bool

  private enum Step {
    case done(PictureBytes)
    case lost(PictureLoss)
    /// It may go better another time.
    case broken(String, retryAfter: Double? = nil)
  }

  func run() async throws(PictureLoss) -> PictureBytes {
    let sink = DownloadSink(shelter)
    var attempt = 1
    while true {
      switch await step(sink) {
      case .done(let bytes): return bytes
      case .lost(let loss): throw loss
      case .broken(let reason, let retryAfter):
        let chance = Double.random(in: -1...1)
        guard
          let seconds = retries.fetchPause(
            after: attempt, chance: chance, retryAfter: retryAfter),
          (try? await Task.sleep(for: .seconds(seconds))) != nil
        else { throw PictureLoss(reason, isFetchable: expiry.time > SystemClock.secondsSince1970) }
        attempt += 1
      }
    }
  }

  private func step(_ sink: DownloadSink) async -> Step {
    // Behind a proxy the spelling is all there is to see.
    if !mayBePrivate, PrivateHost.isNamed(by: address) { return .lost(Self.isPrivate) }
    do {
      let head = try await client.stream(
        request(sink), onHead: { try sink.begin($0) }, onBody: { try sink.append($0) })
      return judge(head, sink)
    } catch {
      switch error.underlying {
      case let loss as PictureLoss: return .lost(loss)
      case let error as GalleryError: return .lost(PictureLoss(error.message, isFetchable: true))
      case is DownloadSink.Mismatch:
        sink.startOver()
        return .broken("its address gives other bytes than were asked for")
      default:
        return error.code == .refusedPeer ? .lost(Self.isPrivate) : .broken(error.message)
      }
    }
  }

  private static let isPrivate = PictureLoss(
    "its address leads into a private network, where a provider on the internet has no pictures",
    isFetchable: false)

  /// The address goes out verbatim and without a key: its signature covers every byte of it.
  private func request(_ sink: DownloadSink) -> HTTPRequest {
    let mayBePrivate = mayBePrivate
    return HTTPRequest(
      url: address, headers: sink.headers,
      limits: HTTPLimits(
        connect: .seconds(30), firstByte: .seconds(60), idle: .seconds(60), total: .seconds(600)),
      maximumRedirects: 3, keepsCodings: true,
      admitsPeer: { mayBePrivate || !PrivateHost.isNumber($0) })
  }

  private func judge(_ head: HTTPResponseHead, _ sink: DownloadSink) -> Step {
    switch head.status {
    case 200, 206:
      return sink.whole.map { .done($0) } ?? .broken("its end did not arrive")
    case 416:
      sink.startOver()
      return .broken("its address gives other bytes than were asked for")
    case 408, 429, 500...:
      return .broken(
        refusal(head.status).reason,
        retryAfter: RetryAfter.seconds(head, now: SystemClock.secondsSince1970))
    default: return .lost(refusal(head.status))
    }
  }

  /// A storage that has not got the picture yet, or a gateway before it, answers anything: what is paid for
  /// is asked for until its address expires.
  private func refusal(_ status: Int) -> PictureLoss {
    let isGood = expiry.time > SystemClock.secondsSince1970
    let answer = "its address answers HTTP \(status)"
    return isGood
      ? PictureLoss("\(answer); it is asked again until \(expiry.shown)", isFetchable: true)
      : PictureLoss("its address expired at \(expiry.shown) (HTTP \(status))", isFetchable: false)
  }
}
