import RecordedReplies
import Seedream
import Testing

@Suite struct ErrorTests {
  func error(_ status: Int, _ body: String, header: String? = nil) throws -> APIError {
    try #require(Heard(body, status: status, requestID: header).failure)
  }

  @Test func readsTheVendorsEnvelope() throws {
    let id = "021767540021379eff6165463a2ce5f140dae355499e179760c5c"
    let error = try error(
      400,
      #"{"error":{"code":"InvalidParameter","message":"The parameter `size` specified in the request is not valid: image size must be at least 3686400 pixels. Request id: \#(id)","param":"size","type":"BadRequest"}}"#,
      header: "other")
    #expect(error.status == 400)
    #expect(error.code == "InvalidParameter")
    #expect(error.param == "size")
    #expect(error.type == "BadRequest")
    #expect(error.requestID == id)
    #expect(
      error.sentence
        == "The provider refused a value: The parameter `size` specified in the request is not "
        + "valid: image size must be at least 3686400 pixels.")
  }

  @Test(arguments: [
    (#"{"error":"Invalid parameters"}"#, "Invalid parameters", ""),
    (#"{"detail":"Not Found"}"#, "Not Found", ""),
    (
      #"{"detail":[{"loc":["body","prompt"],"msg":"field required","type":"value_error.missing"}]}"#,
      "field required", "prompt"
    ),
    (#"{"message":"slow down"}"#, "slow down", ""),
    (#"{"error":{"message":"m","code":42}}"#, "m", ""),
    (#"{"error":null,"detail":"d"}"#, "d", ""),
    ("plain words", "plain words", ""),
    ("<html><h1>502  Bad\nGateway</h1></html>", "502 Bad Gateway", ""),
    ("", "", ""), ("{\"error\":", "{\"error\":", ""),
  ])
  func readsEveryForm(body: String, message: String, param: String) throws {
    let error = try error(400, body, header: "from-header")
    #expect(error.message == message)
    #expect(error.param == param)
    #expect(error.requestID == "from-header")
    #expect(!error.sentence.isEmpty)
  }

  @Test func aPageThatCallsItselfASuccessIsNoAnswer() throws {
    let heard = Heard("<html>Please sign in to the hotel network</html>")
    guard case .unreadable(let error) = heard.events.last else {
      Issue.record("it ends as \(heard.events)")
      return
    }
    #expect(error.message == "Please sign in to the hotel network")
    #expect(error.sentence.contains("not the provider"))
    #expect(error.sentence.hasSuffix("It says: Please sign in to the hotel network."))
  }

  @Test func aMovedAddressIsNamedAsSuch() throws {
    #expect(try error(302, "").sentence.contains("sends elsewhere (HTTP 302)"))
  }

  @Test(arguments: [
    ("InternalServiceError", 500, RetryAdvice.limited(2)),
    ("ModelAccountIpmRateLimitExceeded", 429, .backOff),
    ("RateLimitExceeded.EndpointRPMExceeded", 429, .backOff),
    ("RateLimitExceeded.EndpointFlexTPMExceeded", 429, .backOff),
    ("InflightBatchsizeExceeded", 429, .fewerAtOnce),
    ("InvalidEndpoint.ClosedEndpoint", 400, .once(afterSeconds: 30)),
    ("InvalidEndpoint.NotFound", 404, .never),
    ("InvalidEndpointOrModel.NotFound", 404, .never),
    ("ContentSecurityDetectionError", 400, .limited(2)),
    ("OutputImageSensitiveContentDetected.DeepFake", 400, .never),
    ("InvalidParameter.size", 400, .never), ("AuthenticationError", 401, .never),
    ("SetLimitExceeded", 429, .never), ("QuotaExceeded", 429, .never),
    ("QuotaExceeded.AgentPlanQuotaExceeded", 429, .never),
    ("NeverHeardOf", 429, .backOff), ("", 503, .never), ("ServerOverloaded", 503, .backOff),
    ("", 504, .never), ("", 502, .never),
    ("NeverHeardOf", 500, .never), ("InvalidParameterish", 400, .never),
  ])
  func knowsWhatMayBeRetried(code: String, status: Int, retry: RetryAdvice) {
    let error = APIError(status: status, code: code, message: "")
    #expect(error.retry == retry)
  }

  @Test func twoMessagesAreWorthMatching() {
    let slow = APIError(
      status: 400, code: "InvalidParameter", message: "Timeout while downloading url=https://e.com")
    #expect(slow.retry == .limited(1))
    #expect(slow.sentence.contains("Add the picture as a file."))
    let queued = APIError(
      status: 429, code: "QuotaExceeded", message: "Too many queued tasks")
    #expect(queued.retry == .backOff)
  }

  @Test func sentencesSayWhatHappenedAndWhatToDo() {
    func sentence(_ code: String, _ message: String = "", status: Int? = nil) -> String {
      APIError(status: status, code: code, message: message).sentence
    }
    #expect(
      sentence("InputImageSensitiveContentDetected.PrivacyInformation.New")
        == "A reference was refused: it may show a real person. Use another picture.")
    #expect(
      sentence("QuotaExceeded", "Limit reset at 18:00")
        == "The quota of the account's plan is used up for now: Limit reset at 18:00. "
        + "Wait until then, or change the plan.")
    #expect(
      sentence("QuotaExceeded", "Too many queued tasks.")
        == "Too many requests of the account wait with the provider: Too many queued tasks.")
    #expect(sentence("QuotaExceeded", "free trial exhausted").contains("trial quota is used up"))
    #expect(
      sentence("QuotaExceeded", "exhausted")
        == "The account's quota is used up: exhausted. See the provider's console.")
    #expect(sentence("", "", status: 404).contains("Check the base URL."))
    #expect(sentence("", "", status: nil) == "The provider refused without a reason.")
    #expect(sentence("Moon.Phase", status: 400).contains("its code, Moon.Phase."))
  }

  @Test func wordsOfAServerCannotMoveTheCursor() {
    let message = "bad \u{1b}[2J\u{202e}\n" + String(repeating: "x", count: 10_000)
    let sentence = APIError(code: "InvalidParameter", message: message).sentence
    #expect(sentence.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
    #expect(sentence.count < 400)
  }

  @Test(arguments: ["Request id: ", "x", "request id:", "equest id: 5", "Request id: ../../x"])
  func oddRequestIDsAreNotTaken(message: String) {
    #expect(APIError(code: "", message: message).requestID == nil)
  }
}
