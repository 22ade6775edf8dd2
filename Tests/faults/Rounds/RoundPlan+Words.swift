import TestSupport

/// What a provider may say instead of an answer.
extension RoundPlan {
  /// What meets the questions for a job.
  ///
  /// - Parameter jobs: How many there are: nobody is refused a connection while another is handed in.
  static func polls(of jobs: Int, using random: inout SplitMix) -> [PollFault] {
    let page = "<html><body>Bad Gateway</body></html>"
    let faults: [PollFault] = [
      .pending, .said(status: 500, #"{"error":{"code":"InternalServiceError","message":"x"}}"#),
      .said(status: 502, page), .said(status: 200, page),
      .said(status: 401, #"{"error":"no key"}"#),
      .said(status: 404, #"{"error":"no such job"}"#),
      .said(status: 429, #"{"error":"slow down"}"#),
      .said(status: 200, "[1,2"), .said(status: 200, "{}"),
      .said(status: 200, #"{"error":"busy"}"#),
      .said(status: 400, #"{"detail":"x"}"#), .cut, .reset, .hung(.seconds(1)),
      .refused(.seconds(7)),
    ]
    var polls = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      faults.randomElement(using: &random) ?? .pending
    }
    if jobs > 1 { polls.removeAll { $0 == .refused(.seconds(7)) } }
    if Int.random(in: 0...5, using: &random) == 0 { polls.append(.failed) }
    return polls
  }

  /// How a provider ends one request behind a gateway.
  static func ending(using random: inout SplitMix) -> OrderFault? {
    func error(_ code: String) -> String {
      #"{"error":{"code":"\#(code)","message":"words","param":"","type":""}}"#
    }
    let page = "<html><body>Sorry</body></html>"
    let statuses = [408, 409, 500, 502, 503, 504, 520, 522, 524, 529]
    switch Int.random(in: 0...9, using: &random) {
    case 0: return nil
    case 1: return .said(status: 429, error("ModelAccountIpmRateLimitExceeded"), isFree: true)
    case 2: return .said(status: 500, error("InternalServiceError"), isFree: true)
    case 3: return .said(status: 400, error("InvalidParameter"), isFree: true)
    case 4: return .said(status: 200, error("some_code"), isFree: false)
    case 5: return .said(status: 200, page, isFree: false)
    case 6: return .reset
    case 7: return .cut(after: Int.random(in: 0...300, using: &random))
    default:
      let status = statuses.randomElement(using: &random) ?? 502
      let words = Bool.random(using: &random) ? page : error("bad_response_status_code")
      return .said(status: status, words, isFree: false)
    }
  }
}
