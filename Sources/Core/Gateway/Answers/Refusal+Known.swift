import Seedream

extension Refusal {
  static let notFound = Refusal(
    status: 404, code: "NotFound", message: "Not Found", type: "NotFound")
  static let wrongMethod = Refusal(
    status: 405, code: "MethodNotAllowed", message: "Method Not Allowed", type: "BadRequest")
  static func tooLarge(limit: Int) -> Refusal {
    Refusal(
      status: 413, code: "RequestEntityTooLarge",
      message: "The body of the request is larger than \(limit) bytes.", type: "BadRequest")
  }
  static let overdue = Refusal(
    status: 408, code: "RequestTimeout",
    message: "The request did not come to its end.", type: "BadRequest",
    outcome: .notGenerated)
  static let wrongType = Refusal(
    status: 415, code: "UnsupportedMediaType",
    message: "Send JSON, and say so: Content-Type: application/json.", type: "BadRequest")
  static let ending: Refusal = {
    var refusal = Refusal(
      status: 503, code: "ServerOverloaded", message: "This gateway is ending: ask another.",
      type: "InternalServerError", outcome: .notGenerated)
    refusal.retryAfter = "1"
    return refusal
  }()
  static let crowded: Refusal = {
    var refusal = Refusal(
      status: 503, code: "ServerOverloaded",
      message: "Too much is being sent at once; try again in a moment.",
      type: "InternalServerError", outcome: .notGenerated)
    refusal.retryAfter = "1"
    return refusal
  }()
  static let webPage = Refusal(
    status: 403, code: "AccessDenied", message: "Pages of the web are not served here.",
    type: "Forbidden")
  static let noJob = Refusal(
    status: 404, code: "NotFound",
    message:
      "There is no such job: \(Endpoint.edit.rawValue) answers with the pictures themselves.",
    type: "NotFound")
  static let broken = Refusal(
    status: 502, code: outcomeUnknown, message: "The provider's reply broke off.",
    type: "InternalServerError", outcome: .unknown)

  // MARK: Examples for the description

  static let noPrompt = Refusal([.missing(["prompt"])])
  static let noModel = Refusal([
    MemberFault(
      path: ["model"], kind: .unknownModel,
      reason: "There is no model 'seedream-9': name one of the list, or an endpoint (ep-…).")
  ])
  static let tooMany = Refusal(
    status: 429, code: "ModelAccountIpmRateLimitExceeded",
    message: "The pictures of one minute have been drawn: wait for the next.",
    type: "TooManyRequests", outcome: .notGenerated)
  static let failed = Refusal(
    status: 500, code: "InternalServiceError",
    message: ServiceWords.failed, type: "InternalServerError")
  static let late = Refusal(
    status: 504, code: outcomeUnknown, message: "The provider did not answer: it is late.",
    type: "InternalServerError", outcome: .unknown)
}
