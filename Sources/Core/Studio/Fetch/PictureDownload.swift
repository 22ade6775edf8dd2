import Gallery
import HTTP
import Posix
import Seedream

/// Fetches one picture from its address, in as many tries as it takes: after a break only the missing
/// bytes are asked for.
struct PictureDownload {
  let address: String
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
        else { throw PictureLoss(reason, isFetchable: true) }
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
      maximumRedirects: 3, admitsPeer: { mayBePrivate || !PrivateHost.isNumber($0) })
  }

  private func judge(_ head: HTTPResponseHead, _ sink: DownloadSink) -> Step {
    switch head.status {
    case 200, 206:
      return sink.whole.map { .done($0) } ?? .broken("its end did not arrive")
    case 416:
      sink.startOver()
      return .broken("its address gives other bytes than were asked for")
    case 401, 403: return .lost(denied(head.status))
    case 404, 410:
      return .lost(
        PictureLoss("its address holds nothing any more (HTTP \(head.status))", isFetchable: false))
    case 408, 429, 500...:
      return .broken(
        "its address answers HTTP \(head.status)",
        retryAfter: RetryAfter.seconds(head, now: SystemClock.secondsSince1970))
    default:
      return .lost(
        PictureLoss("its address answers HTTP \(head.status)", isFetchable: false))
    }
  }

  private func denied(_ status: Int) -> PictureLoss {
    guard let expiry = AddressExpiry(address) else {
      return PictureLoss(
        "its address was refused (HTTP \(status)): addresses live 24 hours", isFetchable: false)
    }
    guard expiry.time > SystemClock.secondsSince1970 else {
      return PictureLoss(
        "its address expired at \(expiry.shown) (HTTP \(status))", isFetchable: false)
    }
    return PictureLoss(
      "its address was refused (HTTP \(status)), although it is good until \(expiry.shown)",
      isFetchable: true)
  }
}
