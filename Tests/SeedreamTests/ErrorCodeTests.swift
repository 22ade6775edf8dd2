import Seedream
import Testing

/// The vendor's codes for images, row by row, written down a second time: status, code, whether the same
/// request may be sent again. Source: BytePlus ModelArk, Error codes (doc 1299023).
@Suite struct ErrorCodeTests {
  static let rows: [(status: Int, codes: String, retry: RetryAdvice)] = [
    (
      400,
      """
      MissingParameter MissingParameter.prompt InvalidParameter InvalidParameter.size
      InvalidParameter.UnsupportedParameter InvalidParameter.UnsupportedImageFormat
      InvalidImageURL.EmptyURL InvalidImageURL.InvalidFormat
      SensitiveContentDetected SensitiveContentDetected.SevereViolation
      SensitiveContentDetected.Violence InputTextSensitiveContentDetected
      InputTextSensitiveContentDetected.PolicyViolation InputImageSensitiveContentDetected
      InputImageSensitiveContentDetected.PolicyViolation
      InputImageSensitiveContentDetected.PrivacyInformation OutputImageSensitiveContentDetected
      OutputImageSensitiveContentDetected.DeepFake InputTextRiskDetection InputImageRiskDetection
      OutputTextRiskDetection OutputImageRiskDetection InvalidSubscription
      """, .never
    ),
    (400, "InvalidEndpoint.ClosedEndpoint", .once(afterSeconds: 30)),
    (400, "ContentSecurityDetectionError", .limited(2)),
    (401, "AuthenticationError InvalidAccountStatus", .never),
    (
      403,
      """
      AccessDenied AccountOverdueError OperationDenied.ServiceNotOpen OperationDenied.ServiceOverdue
      OperationDenied.PermissionDenied
      """, .never
    ),
    (
      404,
      """
      InvalidEndpointOrModel.NotFound InvalidEndpoint.NotFound ModelNotOpen
      InvalidEndpointOrModel.ModelIDAccessDisabled UnsupportedModel
      """, .never
    ),
    (
      429,
      """
      ModelAccountIpmRateLimitExceeded ModelAccountRpmRateLimitExceeded
      ModelAccountTpmRateLimitExceeded APIAccountRpmRateLimitExceeded AccountRateLimitExceeded
      RateLimitExceeded.EndpointRPMExceeded RateLimitExceeded.EndpointTPMExceeded
      RateLimitExceeded.EndpointFlexTPMExceeded ModelAccountFlexTpmRateLimitExceeded
      ServerOverloaded RequestBurstTooFast
      """, .backOff
    ),
    (429, "InflightBatchsizeExceeded", .fewerAtOnce),
    (429, "QuotaExceeded SetLimitExceeded QuotaExceeded.AgentPlanQuotaExceeded", .never),
    (500, "InternalServiceError", .limited(2)),
  ]

  @Test(arguments: rows)
  func everyCodeHasItsAdviceAndASentence(status: Int, codes: String, retry: RetryAdvice) {
    for code in codes.split(whereSeparator: \.isWhitespace).map(String.init) {
      let error = APIError(status: status, code: code, message: "")
      #expect(error.retry == retry, "\(code)")
      let sentence = error.sentence
      #expect(sentence.count > 20 && sentence.hasSuffix("."), "\(code): \(sentence)")
      #expect(sentence != "The provider refused without a reason.", "\(code)")
    }
  }
}
