// Which answers leave no doubt. Codes of relays: one-api and new-api ("types/error.go"), which most resellers
// run, and OpenAI's, whose words they borrow.

extension APIError {
  /// Whether the code, or where there is none the words, say that the request was turned down. A code that
  /// nobody knows says nothing: a relay may have lost the line to a provider that generates on.
  var isSurelyRefused: Bool {
    if hasKnownCode { return true }
    if let number = Int(code), number != status {
      return RequestOutcome(of: APIError(status: number, code: "", message: message)) == .rejected
    }
    if Self.relayRefusals.contains(code.lowercased()) { return true }
    if quotesAnotherStatus { return isQuotedRefusal }
    return code.isEmpty && !isGatewaysOwn && speaksOfContent
  }

  /// Whether there is no saying what became of the request: a page where an answer should be, or an answer
  /// with neither a picture nor a reason.
  var isWithoutMeaning: Bool { isNoAnswer || code == Self.emptyReply.code }

  /// The status that means what the code says, for an error that came inside a reply that calls itself a
  /// success; nil where nothing is sure.
  ///
  /// Source: Error codes (doc 1299023).
  public var properStatus: Int? {
    guard isSurelyRefused else { return nil }
    if let number = Int(code), (400...599).contains(number) { return number }
    let head = code.prefix { $0 != "." }
    switch head {
    case "AuthenticationError", "InvalidAccountStatus", "invalid_api_key": return 401
    case "AccessDenied", "AccountOverdueError", "OperationDenied", "access_denied",
      "insufficient_user_quota", "pre_consume_token_quota_failed":
      return 403
    case "InvalidEndpointOrModel", "ModelNotOpen", "UnsupportedModel", "model_not_found": return 404
    case "InvalidEndpoint": return code.hasSuffix("ClosedEndpoint") ? 400 : 404
    case "InternalServiceError": return 500
    case "insufficient_quota", "rate_limit_exceeded": return 429
    default:
      let isOfTheRequest =
        retry == .never && !["QuotaExceeded", "SetLimitExceeded"].contains(head)
        || head == "ContentSecurityDetectionError" || head.hasPrefix("Invalid")
      return isOfTheRequest ? 400 : 429
    }
  }

  /// Whether whoever stands between here and the provider lost the line to it, or its patience. 499 is
  /// nginx's, 520 to 530 are Cloudflare's ("Cloudflare 5xx errors"), 598 and 599 those of proxies. Envoy's 503
  /// means a connection that ended under a request as well as one that never began.
  public var isOfAGatewayGivingUp: Bool {
    switch status ?? 0 {
    case 408, 499, 502, 504, 520...530, 598, 599: true
    case 503: isGatewaysOwn
    default: false
    }
  }

  /// Whether a gateway in front of the provider says that the line to it broke, or answers with a page of
  /// its own: the provider may have taken the request. Never where the code is the vendor's.
  var isGatewaysOwn: Bool {
    if hasKnownCode { return false }
    let text = message.lowercased()
    return type == Self.notJSON
      || ["reset", "termination", "timeout", "timed out", "deadline"].contains { text.contains($0) }
  }

  /// Whether a relay says that it lost the answer of a provider that had taken the request, whatever status it
  /// gives that: the codes are one-api's and new-api's, the words those of services that quote a status.
  var isOfALostAnswer: Bool {
    if hasKnownCode || Self.relayRefusals.contains(code.lowercased()) { return false }
    if Self.lostAnswers.contains(code.lowercased()) { return true }
    if quotesAnotherStatus { return !isQuotedRefusal }
    let text = message.lowercased()
    return [
      "status code 5", "upstream timeout", "upstream timed out", "deadline exceeded",
      "unexpected eof", "connection reset", "may have been generated", "may have been billed",
    ].contains { text.contains($0) }
  }

  private static let lostAnswers: Set = [
    "aws_invoke_error", "bad_response", "bad_response_body", "channel:response_time_exceeded",
    "do_request_failed", "empty_response", "read_response_body_failed",
  ]

  /// Whether it is new-api's word for an answer whose body it could not read. The status beside it may be another
  /// than that of the answer: whoever runs the relay maps them ("service/error.go": `RelayErrorHandler`,
  /// `ResetStatusCode`), and a page of a gateway that gave up then looks like a refusal.
  var quotesAnotherStatus: Bool { code.lowercased() == "bad_response_status_code" }

  /// Whether such an answer is a refusal by its own words: they quote a status that is one, or speak of the content.
  private var isQuotedRefusal: Bool {
    if speaksOfContent { return true }
    let text = message.lowercased()
    guard let mark = text.firstRange(of: "status code") else { return false }
    let digits = text[mark.upperBound...].drop { !$0.isNumber }.prefix { $0.isNumber }
    guard let status = Int(digits), (400..<500).contains(status) else { return false }
    return RequestOutcome(of: APIError(status: status, code: "", message: "")) != .unknown
  }

  private static let relayRefusals: Set = [
    "access_denied", "bad_request_body", "billing_hard_limit_reached", "content_filter",
    "content_policy_violation", "get_channel_failed", "insufficient_quota",
    "insufficient_user_quota", "invalid_api_key", "invalid_request", "invalid_request_error",
    "model_not_found", "moderation_blocked", "notgenerated", "pre_consume_token_quota_failed",
    "prompt_blocked",
    "rate_limit_exceeded", "sensitive_words_detected",
  ]

  private var speaksOfContent: Bool {
    let text = message.lowercased()
    return [
      "sensitive", "moderation", "content policy", "content filter", "content_policy", "nsfw",
      "safety system", "safety policy", "inappropriate", "not allowed", "敏感", "违规", "审核",
    ].contains { text.contains($0) }
  }
}
