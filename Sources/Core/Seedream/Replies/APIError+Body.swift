extension APIError {
  /// Reads the body of a refused request, whatever form it has: Ark's object, a string under
  /// `error`, FastAPI's `detail`, a `message`, or text that is no JSON at all.
  ///
  /// - Parameter requestID: The reply's `X-Request-Id`.
  public init(status: Int, body: [UInt8], requestID: String? = nil) {
    let document = ReplyDocument(body)
    if var error = document?.error ?? document?.otherError {
      if let inner = error.forwarded {
        self = inner
        return
      }
      error.status = status
      error.requestID = error.requestID ?? requestID
      self = error
      return
    }
    let text = String(decoding: body.prefix(2000), as: UTF8.self)
    let isNoAnswer = document == nil && (200..<300).contains(status)
    self.init(
      status: status, code: isNoAnswer ? Self.notJSON : "", message: Self.readable(text),
      type: document == nil ? Self.notJSON : "", requestID: requestID)
  }

  /// The provider's own error, where a service in front of it quotes it whole: `BytePlus API request
  /// failed with status code 429: {"error":{…}}`.
  private var forwarded: APIError? {
    guard code.isEmpty, let mark = message.firstRange(of: "status code "),
      let brace = message[mark.upperBound...].firstIndex(of: "{"),
      let status = Int(message[mark.upperBound..<brace].prefix { $0.isNumber }),
      (400..<600).contains(status),
      var inner = ReplyDocument(Array(message[brace...].utf8))?.error
    else { return nil }
    inner.status = status
    return inner
  }

  /// The words of a page without its marks, one space between them, bounded.
  private static func readable(_ text: String) -> String {
    var words = ""
    var inMark = false
    for character in text {
      if character == "<" { inMark = true }
      if !inMark { words.append(character.isWhitespace ? " " : character) }
      if character == ">" { inMark = false }
    }
    return words.split(separator: " ").joined(separator: " ").shown(limit: 300)
  }
}

// What this program finds wrong with a reply that the provider calls a success.
extension APIError {
  /// The type, and of a success the code, of a page where an answer should be: of a hotel's network, or of another server.
  static let notJSON = "NotJSON"

  /// Whether a page came where an answer should be: nothing is known of what became of the request.
  public var isNoAnswer: Bool { code == Self.notJSON }

  static let emptyReply = APIError(
    code: "EmptyReply", message: "The provider answered without a picture and without a reason.")
  static let notGenerated = APIError(
    code: "NotGenerated", message: "The provider says that it drew nothing.")
  static let unreadPictures = APIError(
    code: "UnreadPicture",
    message: "The provider says that it drew a picture which could not be found in its answer.")
}
