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
    /// What the signature covers, as it was given out and as a server reads it.
    let query: String
    let members: [HTTPHeader]
    /// Seconds since 1970.
    let expires: Double

    var isExpired: Bool { SystemClock.secondsSince1970 >= expires }
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
    _ bytes: [UInt8], of order: ArkOrder, index: Int, _ identity: ArkRequestIdentity,
    isExpired: Bool = false
  ) -> String {
    let path =
      "/files/\(order.family)/\(identity.requestID)_\(index).\(order.format.rawValue)"
    let age = isExpired ? Self.lifetime : 0
    // The address tells whole seconds.
    let created = SystemClock.secondsSince1970.rounded(.down) - Double(age)
    let members = Self.members(ArkRequestIdentity.stamp(created))
    let picture = Picture(
      bytes: bytes, mediaType: "image/\(order.format.rawValue)", query: Self.query(members),
      members: members, expires: created + Double(Self.lifetime))
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
    return "\(path)?\(picture.query)"
  }

  /// The members of a presigned address of Volcengine's object store, in its order.
  private static func members(_ stamp: String) -> [HTTPHeader] {
    [
      HTTPHeader("X-Tos-Algorithm", "TOS4-HMAC-SHA256"),
      HTTPHeader("X-Tos-Credential", "AKLTsandbox/\(stamp.prefix(8))/local/tos/request"),
      HTTPHeader("X-Tos-Date", stamp), HTTPHeader("X-Tos-Expires", "\(lifetime)"),
      HTTPHeader("X-Tos-Signature", Randomness.hexadecimal(byteCount: 32)),
      HTTPHeader("X-Tos-SignedHeaders", "host"),
    ]
  }

  private static func query(_ members: [HTTPHeader]) -> String {
    members.map { "\($0.name)=\($0.value.replacing("/", with: "%2F"))" }.joined(separator: "&")
  }

  /// What a fetch is answered: the address works exactly as it was given, and until it expires.
  func reply(to request: HTTPServerRequest) -> HTTPReply {
    guard let picture = state.withLock({ $0.pictures[request.path] }) else {
      return refusal(404, "NoSuchKey", "The specified key does not exist.")
    }
    guard request.query == picture.members else {
      return refusal(403, "SignatureDoesNotMatch", "The signature does not match.")
    }
    guard !picture.isExpired else {
      return refusal(403, "AccessDenied", "Request has expired.")
    }
    return Self.reply(picture, ByteRange(of: request, count: picture.bytes.count))
  }

  private static func reply(_ picture: Picture, _ range: ByteRange) -> HTTPReply {
    var reply = HTTPReply(
      headers: [
        HTTPHeader("Content-Type", picture.mediaType), HTTPHeader("Accept-Ranges", "bytes"),
      ])
    let count = picture.bytes.count
    switch range {
    case .whole: reply.body = .bytes(picture.bytes)
    case .part(let part):
      reply.status = 206
      reply.headers.append(
        HTTPHeader("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(count)"))
      reply.body = .bytes(Array(picture.bytes[part]))
    case .outside:
      reply.status = 416
      reply.headers.append(HTTPHeader("Content-Range", "bytes */\(count)"))
    }
    return reply
  }

  /// The bytes behind an address that was given out here, so that a result can be a reference.
  ///
  /// - Returns: Nil when the address is another's, or its picture has made room for newer ones.
  /// - Throws: When the address was changed or has expired.
  func picture(at address: String) throws(ArkRefusal) -> [UInt8]? {
    guard let start = address.firstRange(of: "/files/")?.lowerBound else { return nil }
    let parts = address[start...].split(separator: "?", maxSplits: 1)
    guard let path = parts.first,
      let picture = state.withLock({ $0.pictures[String(path)] })
    else { return nil }
    guard parts.count == 2, parts[1] == picture.query, !picture.isExpired else {
      throw .invalid("image", "Error while downloading: \(address.prefix(600)), status code: 403")
    }
    return picture.bytes
  }

  private func refusal(_ status: Int, _ code: String, _ message: String) -> HTTPReply {
    let body = JSONText.object([("Code", .string(code)), ("Message", .string(message))])
    return HTTPReply(
      status: status, headers: [HTTPHeader("Content-Type", "application/json")],
      body: .bytes(Array(body.description.utf8)))
  }
}
