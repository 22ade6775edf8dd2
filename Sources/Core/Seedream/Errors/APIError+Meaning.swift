extension APIError {
  /// Whether the same request may be sent again, and how, as far as the body of the answer says it.
  public var retry: RetryAdvice {
    let text = message.lowercased()
    // The two messages worth matching: a slow host of a reference, and a full queue.
    if code.hasPrefix("InvalidParameter"),
      text.contains("timeout while downloading") || text.contains("timeout while fetching")
    {
      return .limited(1)
    }
    if let quota { return quota.retry }
    if let kind { return kind.retry }
    return status == 429 ? .backOff : .never
  }

  /// Whether the vendor's table has the code: a gateway in front of the provider knows none of them.
  var hasKnownCode: Bool { kind != nil }

  /// One or two sentences for a user: what happened and what to do. Safe to show.
  public var sentence: String {
    let said = words.shown(limit: 300)
    let lowered = message.lowercased()
    if lowered.contains("timeout while downloading") || lowered.contains("timeout while fetching") {
      return "The provider could not fetch a reference in time. Add the picture as a file."
    }
    guard let kind = quota ?? kind else { return sentenceForUnknownCode(said) }
    var sentence = kind.happened
    if kind.quotesMessage { sentence += said.isEmpty ? "." : ": " + Self.ended(said) }
    return kind.advice.isEmpty ? sentence : sentence + " " + kind.advice
  }

  private func sentenceForUnknownCode(_ said: String) -> String {
    let words = said.isEmpty ? "" : " " + Self.ended(said)
    if code == Self.notJSON {
      let page = said.isEmpty ? " nothing." : ": " + Self.ended(said)
      return
        "What answers at this address is not the provider. Check the base URL and the network. "
        + "It says" + page
    }
    switch status {
    case let status? where (300..<400).contains(status):
      return said.hasPrefix(Self.leadsElsewhere)
        ? said : "\(Self.leadsElsewhere) (HTTP \(status)). Check the base URL."
    case 401?: return "The provider does not know the key. Check the key and the provider."
    case 403?: return "The provider denied the request." + words
    case 404?: return "The provider knows no such address or model. Check the base URL." + words
    case 413?: return "The request is too large for the provider. Use smaller references."
    case 429?: return "The provider asks to slow down." + words
    case let status? where status >= 500:
      return "The provider failed (HTTP \(status))." + words
    default:
      guard said.isEmpty else { return Self.ended(said) }
      return code.isEmpty
        ? "The provider refused without a reason."
        : "The provider refused without a reason but its code, \(code.shown(limit: 100))."
    }
  }

  /// The most specific row: the whole code, else the longest dotted prefix of it.
  private var kind: ErrorKind? {
    var parts = code.split(separator: ".").prefix(8)
    while !parts.isEmpty {
      let prefix = parts.joined(separator: ".")
      if let row = ErrorKind.table.first(where: { $0.code == prefix }) { return row }
      parts.removeLast()
    }
    return nil
  }

  /// Which of its three meanings the code for quotas has, as only the message says.
  private var quota: ErrorKind? {
    guard code == "QuotaExceeded" else { return nil }
    let text = message.lowercased()
    return ErrorKind.quotas.first { text.contains($0.word) }?.kind
  }

  private static func ended(_ sentence: String) -> String {
    guard let last = sentence.last else { return sentence }
    return ".!?…。".contains(last) ? sentence : sentence + "."
  }
}
