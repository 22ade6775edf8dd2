// Source: BytePlus ModelArk, Error codes (doc 1299023), transcripts of 2026-08-18 and 2026-10-08;
// which may be retried follows the vendor's advice and that there is no idempotency key.

extension ErrorKind {
  static let table: [ErrorKind] = requests + refusals + accounts + limits + servers

  /// The request itself.
  private static let requests = [
    ErrorKind("MissingParameter", "The provider misses a part of the request", quotesMessage: true),
    ErrorKind(
      "InvalidParameter", "The provider refused a value", quotesMessage: true),
    ErrorKind(
      "InvalidParameter.UnsupportedImageFormat",
      "The provider cannot read the format of a reference.", "Save it as JPEG or PNG."),
    ErrorKind(
      "InvalidImageURL", "The provider could not read a reference.",
      "Check that the picture opens, or add it as a file."),
    ErrorKind(
      "InvalidEndpoint.ClosedEndpoint", .once(afterSeconds: 30),
      "The endpoint is closed or switched off for now.", "Open it in the provider's console."),
  ]

  /// Content filters. A refused result may pass on another try, but only a user decides that.
  private static let refusals = [
    ErrorKind(
      "SensitiveContentDetected", "The content filter refused the prompt.", "Reword it."),
    ErrorKind(
      "InputTextSensitiveContentDetected", "The content filter refused the prompt.", "Reword it."),
    ErrorKind(
      "InputTextSensitiveContentDetected.PolicyViolation",
      "The prompt was refused: it may touch a copyright.", "Leave out names of works and brands."),
    ErrorKind(
      "InputImageSensitiveContentDetected", "The content filter refused a reference.",
      "Use another picture."),
    ErrorKind(
      "InputImageSensitiveContentDetected.PolicyViolation",
      "A reference was refused: it may touch a copyright.", "Use another picture."),
    ErrorKind(
      "InputImageSensitiveContentDetected.PrivacyInformation",
      "A reference was refused: it may show a real person.", "Use another picture."),
    ErrorKind(
      "OutputImageSensitiveContentDetected", "The content filter refused the result.",
      "It is not billed; the same prompt may pass another time."),
    ErrorKind(
      "OutputImageSensitiveContentDetected.DeepFake",
      "The result was refused: it may show a real person.", "Reword the prompt."),
    ErrorKind(
      "InputTextRiskDetection", "Your account's own moderation refused the prompt.", "Reword it."),
    ErrorKind(
      "InputImageRiskDetection", "Your account's own moderation refused a reference.",
      "Use another picture."),
    ErrorKind("OutputTextRiskDetection", "Your account's own moderation refused the result."),
    ErrorKind("OutputImageRiskDetection", "Your account's own moderation refused the result."),
    ErrorKind(
      "ContentSecurityDetectionError", .limited(2), "Your account's own moderation did not work."),
  ]

  /// Keys, rights, money.
  private static let accounts = [
    ErrorKind(
      "AuthenticationError", "The provider does not know the key.",
      "Check the key, and that it belongs to this provider and region."),
    ErrorKind("InvalidAccountStatus", "The account has a problem.", "See the provider's console."),
    ErrorKind("InvalidSubscription", "The subscription has ended.", "Renew it with the provider."),
    ErrorKind("AccessDenied", "The key may not do this.", "See the provider's console."),
    ErrorKind("AccountOverdueError", "The account is overdue.", "Top it up with the provider."),
    ErrorKind(
      "OperationDenied.ServiceNotOpen", "The service is not switched on for the account.",
      "Activate it in the provider's console."),
    ErrorKind(
      "OperationDenied.ServiceOverdue", "The account is overdue.", "Top it up with the provider."),
    ErrorKind("OperationDenied", "The key may not do this.", "See the provider's console."),
    ErrorKind(
      "InvalidEndpointOrModel.ModelIDAccessDisabled",
      "The account may not name models, only its own endpoints.", "Use an ep-… id."),
    ErrorKind(
      "InvalidEndpointOrModel", "The provider has no such model or endpoint in this region.",
      "Check the id, the provider and the region."),
    ErrorKind(
      "InvalidEndpoint", "The provider has no such model or endpoint in this region.",
      "Check the id, the provider and the region."),
    ErrorKind(
      "ModelNotOpen", "The model is not activated for the account.",
      "Activate it in the provider's console."),
    ErrorKind(
      "UnsupportedModel", "The model is not part of the account's plan.", "Use another model."),
  ]

  /// How much, how fast.
  private static let limits = [
    ErrorKind(
      "ModelAccountIpmRateLimitExceeded", .backOff,
      "Too many pictures this minute for this model."),
    ErrorKind("ModelAccountRpmRateLimitExceeded", .backOff, "Too many requests this minute."),
    ErrorKind("ModelAccountTpmRateLimitExceeded", .backOff, "Too many tokens this minute."),
    ErrorKind("ModelAccountFlexTpmRateLimitExceeded", .backOff, "Too many tokens this minute."),
    ErrorKind("APIAccountRpmRateLimitExceeded", .backOff, "Too many requests this minute."),
    ErrorKind("AccountRateLimitExceeded", .backOff, "Too many requests this minute."),
    ErrorKind("RateLimitExceeded", .backOff, "Too many requests this minute."),
    ErrorKind("ServerOverloaded", .backOff, "The provider is overloaded."),
    ErrorKind("RequestBurstTooFast", .backOff, "Too many requests at once."),
    ErrorKind(
      "InflightBatchsizeExceeded", .fewerAtOnce, "Too many requests at the same time.",
      "The provider allows more after a top-up."),
    ErrorKind(
      "QuotaExceeded", "The account's quota is used up", "See the provider's console.",
      quotesMessage: true),
    ErrorKind(
      "QuotaExceeded.AgentPlanQuotaExceeded", "The points of the account's plan are used up.",
      "Wait for the next period or change the plan."),
    ErrorKind(
      "SetLimitExceeded", "The limit you set with the provider is reached.",
      "Raise it in the provider's console."),
  ]

  /// What `QuotaExceeded` means where its message has a word, in small letters.
  static let quotas: [(word: String, kind: ErrorKind)] = [
    (
      "queued",
      ErrorKind(
        "QuotaExceeded", .backOff, "Too many requests of the account wait with the provider",
        quotesMessage: true)
    ),
    (
      "trial",
      ErrorKind(
        "QuotaExceeded", "The account's trial quota is used up",
        "Activate paid use in the provider's console.", quotesMessage: true)
    ),
    (
      "reset at",
      ErrorKind(
        "QuotaExceeded", "The quota of the account's plan is used up for now",
        "Wait until then, or change the plan.", quotesMessage: true)
    ),
  ]

  /// The provider's own trouble.
  private static let servers = [
    ErrorKind(
      "InternalServiceError", .limited(2), "The provider failed inside.", "Try again later.")
  ]
}
