import HTTP
import Posix
import Seedream
import Synchronization

/// Pictures that wait to be fetched, in memory: the oldest make room for new ones.
final class PictureStore: Sendable {
  /// A picture under its address.
  struct Picture: Sendable {
    let bytes: [UInt8]
    let mediaType: String
    let signature: String
    /// Seconds since 1970.
    let created: Double
  }

  private struct State {
    var pictures: [String: Picture] = [:]
    /// Paths, oldest first.
    var order: [String] = []
    var total = 0
  }

  /// Bytes of all pictures together.
  private static let capacity = 192 << 20
  /// How long an address works, in seconds: 24 hours, as the vendor's.
  private static let lifetime = 86_400

  private let state = Mutex(State())

  /// Keeps a picture and makes the address it can be fetched at, without scheme and host.
  ///
  /// - Parameter isExpired: Gives out an address that has worked for 24 hours already.
  func add(
    _ bytes: [UInt8], of order: ArkOrder, index: Int, _ identity: RequestIdentity,
    isExpired: Bool = false
  ) -> String {
    let path =
      "/files/\(order.family)/\(identity.requestID)_\(index).\(order.format.rawValue)"
    let picture = Picture(
      bytes: bytes, mediaType: "image/\(order.format.rawValue)",
      signature: Randomness.hexadecimal(byteCount: 32),
      created: SystemClock.secondsSince1970 - (isExpired ? Double(Self.lifetime) : 0))
    state.withLock { state in
      state.pictures[path] = picture
      state.order.append(path)
      state.total += bytes.count
      // The newest always stays, however large.
      while state.total > Self.capacity, state.order.count > 1 {
        let oldest = state.order.removeFirst()
        state.total -= state.pictures.removeValue(forKey: oldest)?.bytes.count ?? 0
      }
    }
    return path + "?X-Tos-Algorithm=TOS4-HMAC-SHA256&X-Tos-Credential=sandbox&X-Tos-Date="
      + "\(RequestIdentity.stamp(picture.created))&X-Tos-Expires=\(Self.lifetime)&X-Tos-Signature=\(picture.signature)"
      + "&X-Tos-SignedHeaders=host"
  }

  /// What a fetch is answered: the address works as it was given, and until it expires.
  func reply(to request: HTTPServerRequest) -> HTTPReply {
    guard let picture = state.withLock({ $0.pictures[request.path] }) else {
      return refusal(404, "NoSuchKey", "The specified key does not exist.")
    }
    guard request.parameter("X-Tos-Signature") == picture.signature else {
      return refusal(403, "SignatureDoesNotMatch", "The signature does not match.")
    }
    guard SystemClock.secondsSince1970 < picture.created + Double(Self.lifetime) else {
      return refusal(403, "AccessDenied", "Request has expired.")
    }
    return HTTPReply(
      headers: [HTTPHeader("Content-Type", picture.mediaType)], body: .bytes(picture.bytes))
  }

  private func refusal(_ status: Int, _ code: String, _ message: String) -> HTTPReply {
    let body = JSONText.object([("Code", .string(code)), ("Message", .string(message))])
    return HTTPReply(
      status: status, headers: [HTTPHeader("Content-Type", "application/json")],
      body: .bytes(Array(body.description.utf8)))
  }
}
