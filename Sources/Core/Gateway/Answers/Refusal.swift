import Secrets
import Seedream

/// Why a request gets no pictures, before it is put into the words of an endpoint.
struct Refusal: Error, Equatable, Sendable {
  var status: Int
  var code: String
  /// Without the request's id.
  var message: String
  var param = ""
  var type = ""
  /// What is wrong with members of the body; the first is what `message` says.
  var faults: [MemberFault] = []
  /// Seconds, as the provider wrote them.
  var retryAfter: String?
  /// What is known of the request; the client hears of it as `X-Should-Retry`.
  var outcome = RequestOutcome.rejected
  /// Whether the provider said it: its message then names the provider's own id.
  var isProviders = false
  /// The provider's id of the request, where it is known; else it has the gateway's own.
  var requestID: String?

  init(
    status: Int, code: String, message: String, type: String = "",
    outcome: RequestOutcome = .rejected
  ) {
    self.outcome = outcome
    self.status = status
    self.code = code
    self.message = message
    self.type = type
  }

  /// What the checks found.
  init(_ faults: [MemberFault]) {
    let ordered = faults.enumerated()
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
    let first = ordered.first ?? .missing(["prompt"])
    self.init(status: 400, code: "InvalidParameter", message: "", type: "BadRequest")
    self.faults = ordered
    let name = first.name
    switch first.kind {
    case .missing:
      code = "MissingParameter"
      message = ServiceWords.missing(name)
      param = name
    case .unknownModel:
      status = 404
      code = "InvalidEndpointOrModel.NotFound"
      message =
        "The model or endpoint does not exist or you do not have access to it: \(first.reason)"
      type = "NotFound"
    case .wrongType, .wrongValue, .unsupported:
      message = ServiceWords.invalid(name, first.reason)
      // The live service names the member for a few only, and leaves the type out for sizes.
      if first.kind == .unsupported || ["output_format", "background"].contains(name) {
        param = name
      }
      if name == "size" { type = "" }
    }
  }

  /// The provider's own words, under the status that means what they say.
  init(_ error: APIError, _ outcome: RequestOutcome) {
    let isUnclear = outcome == .unknown && error.code.isEmpty
    self.init(
      status: Self.status(of: error, outcome), code: isUnclear ? Self.outcomeUnknown : error.code,
      message: error.message, type: error.type)
    param = error.param
    requestID = error.requestID
    isProviders = true
    // How often it was sent before, no client tells: what may be tried a few times is not tried again here.
    switch error.retry {
    case .limited, .once: self.outcome = outcome == .notGenerated ? .rejected : outcome
    case .never, .backOff, .fewerAtOnce: self.outcome = outcome
    }
  }

  /// A redirect and a status without a meaning are no answers, and where the one leads is not the provider.
  private static func status(of error: APIError, _ outcome: RequestOutcome) -> Int {
    switch error.status ?? 200 {
    case let status where (400...599).contains(status): status
    case 200..<300: outcome == .unknown ? 502 : error.properStatus ?? 400
    default: 502
    }
  }

  /// The same without secrets in its words.
  func without(_ redaction: Redaction) -> Refusal {
    var refusal = self
    refusal.code = redaction.text(code)
    refusal.message = redaction.text(message)
    refusal.param = redaction.text(param)
    refusal.type = redaction.text(type)
    refusal.retryAfter = retryAfter.map(redaction.name)
    refusal.requestID = requestID.map(redaction.text)
    return refusal
  }

  static func unreadable(_ reason: String) -> Refusal {
    Refusal(
      status: 400, code: "InvalidParameter",
      message: "The body of the request cannot be read: \(reason)",
      type: "BadRequest")
  }

  static let noKey = Refusal(
    status: 401, code: "AuthenticationError",
    message: ServiceWords.noKey, type: "Unauthorized")
}
