import Seedream

/// Why a request is not drawn, in the words of the wire.
///
/// Source: Error codes (doc 1299023); the texts as they were measured on the live service.
struct ArkRefusal: Error, Equatable {
  var status: Int
  var code: String
  /// Without the request id, which is added when it is sent.
  var message: String
  var param = ""
  var type = ""
  /// After how many seconds the same request may be drawn.
  var retryAfter: Int?
}

extension ArkRefusal {
  /// A parameter that cannot be used.
  ///
  /// - Parameter named: Whether `param` names it too, which the live service does for a few only.
  static func invalid(
    _ parameter: String, _ reason: String, named: Bool = false, verb: String = "is"
  ) -> ArkRefusal {
    ArkRefusal(
      status: 400, code: "InvalidParameter",
      message: ServiceWords.invalid(parameter, reason, verb: verb),
      param: named ? parameter : "", type: "BadRequest")
  }

  /// A size: both `param` and `type` are empty then.
  static func invalidSize(_ reason: String) -> ArkRefusal {
    var refusal = invalid("size", reason)
    refusal.type = ""
    return refusal
  }

  /// - Parameter verb: Some members are plural to the live service.
  static func unsupported(_ parameter: String, verb: String = "is") -> ArkRefusal {
    invalid(parameter, ServiceWords.unsupported(parameter), named: true, verb: verb)
  }

  /// More pictures in a minute than an account may have of one model.
  static func tooManyPictures(retryAfter: Int? = nil) -> ArkRefusal {
    ArkRefusal(
      status: 429, code: "ModelAccountIpmRateLimitExceeded",
      message: "The request failed because the limit of images per minute was exceeded.",
      type: "TooManyRequests", retryAfter: retryAfter)
  }

  static func missing(_ parameter: String) -> ArkRefusal {
    ArkRefusal(
      status: 400, code: "MissingParameter",
      message: ServiceWords.missing(parameter),
      param: parameter, type: "BadRequest")
  }

  static func unknownModel(_ name: String) -> ArkRefusal {
    ArkRefusal(
      status: 404, code: "InvalidEndpointOrModel.NotFound",
      message: "The model or endpoint \(name.prefix(100)) does not exist or you do not have access "
        + "to it.",
      type: "NotFound")
  }

  static let noKey = ArkRefusal(
    status: 401, code: "AuthenticationError",
    message: ServiceWords.noKey, type: "Unauthorized")

  /// Drawing failed, which is nobody's fault but the provider's.
  static let failed = ArkRefusal(
    status: 500, code: "InternalServiceError",
    message: ServiceWords.failed, type: "InternalServerError")
}
