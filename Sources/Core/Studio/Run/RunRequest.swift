import Gallery
import Hashing
import Jobs
import Posix
import Seedream

/// One request for pictures as it is about to be made: everything a run must know of it.
struct RunRequest: Sendable {
  let context: JobContext
  /// As the catalogue has it; nil for endpoint ids.
  let model: Model?
  let dialect: Dialect
  /// What the request's path is appended to.
  let baseURL: String
  let key: String?
  /// An absolute path the exchange is written to.
  let trace: String?
  /// False for the sandbox, which has no limits and no price.
  let isPaid: Bool

  var request: GenerationRequest { context.request }

  /// Whose limits are used up: the model, however it is spelled, and the account by a hash of its key.
  var allowance: String {
    let account = SHA256.hexDigest(of: Array((key ?? "").utf8)).prefix(16)
    return "\(model?.family.rawValue ?? context.modelID) \(baseURL) \(account)"
  }
}

extension GenerationRequest {
  /// How many pictures are counted against the account until the reply says how many there are: a split
  /// into layers reserves 17 a minute with 5.0 pro (measured on BytePlus ModelArk, autumn 2026), which is
  /// the base and its most layers.
  func reservedPictures(of model: Model?) -> Int { possiblePictures(of: model) ?? 17 }
}

/// What the records of all pictures of one job have in common.
struct JobContext: Sendable {
  let job: JobID
  /// References are stored or addresses.
  let request: GenerationRequest
  /// As it is spelled on the wire.
  let modelID: String
  let provider: String
  let dialect: String
  /// Where it is reached; nil for the sandbox, and where an older journal does not say.
  let baseURL: String?
  let clientRequestID: String?
  /// The jobs it was asked for with.
  var group: JobGroup?
  /// What its pictures come from beyond the request.
  var provenance: Provenance?
  let submitted: Timestamp
  /// The list price of one picture, where this model and size have one.
  let price: Price?
  let program: String

  /// Whether a picture may be fetched from a private network: where the provider is in one itself, or at
  /// the provider's own host. Anybody else's word must not make this program ask there.
  func mayReachPrivateHosts(for address: String) -> Bool {
    guard let baseURL else { return true }
    return PrivateHost.isNamed(by: baseURL) || PrivateHost.isShared(by: address, and: baseURL)
  }

  /// How one picture came to be.
  func origin(_ number: Int, sent: Timestamp?, reply: ReplyFacts) -> PictureOrigin {
    PictureOrigin(
      id: PictureID(job: job, number: number), setSize: request.count, group: group,
      created: Timestamp.now(),
      source: request.isLost ? .recovered : .generated, provider: provider, dialect: dialect,
      modelAnswered: reply.model, request: request.isLost ? nil : request,
      provenance: provenance ?? Provenance(),
      timings: Timings(
        submitted: submitted, sent: sent, firstByte: reply.firstByte.map(Timestamp.init(local:)),
        finished: Timestamp.now()), usage: reply.usage,
      said: reply.said[number - 1] ?? SaidOfPicture(), price: price,
      providerRequestID: reply.requestID, clientRequestID: clientRequestID, program: program)
  }
}

/// What a reply has said about itself so far.
struct ReplyFacts: Sendable {
  /// The model as the provider spells it back.
  var model: String?
  var usage: Usage?
  /// What it says of single pictures, by their place in the set.
  var said: [Int: SaidOfPicture] = [:]
  /// A sentence each about what a user should know of a reply that is otherwise well.
  var remarks: [String] = []
  /// The provider's name for the request.
  var requestID: String?
  /// Whether the body of the reply is kept, since it could not be read in whole.
  var hasRawReply = false
  /// What to ask for, where the provider has taken the request and not drawn it yet.
  var pending: PendingJob?
  /// Whether it says by a known status that it goes on with that.
  var isStillDrawn = false
  /// When the first byte of its body was here, in seconds since 1970.
  var firstByte: Double?
}

/// The id a client gives a request, `YYYYMMDDhhmmss` and twenty letters or digits, as the vendor's own
/// libraries make it. It lets the provider's support find the request.
enum ClientRequestID {
  static func make() -> String {
    let now = CalendarTime(utc: SystemClock.secondsSince1970)
    let digits = now.iso8601.filter(\.isNumber).prefix(14)
    return digits + Randomness.hexadecimal(byteCount: 10).uppercased()
  }
}
