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
  /// Whether the request may have been drawn and billed all the same: it must not be sent again by itself.
  var mayHaveBeenDrawn = false
  /// Whether the provider said it: its message then names the provider's own id.
  var isProviders = false
  /// The provider's id of the request, where it is known; else it has the gateway's own.
  var requestID: String?

  init(status: Int, code: String, message: String, type: String = "") {
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
      if first.kind == .unsupported || name == "output_format" { param = name }
      if name == "size" { type = "" }
    }
  }

  /// The provider's own words.
  init(_ error: APIError, status: Int) {
    self.init(status: status, code: error.code, message: error.message, type: error.type)
    param = error.param
    requestID = error.requestID
    isProviders = true
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
