/// What a provider answered instead of pictures, for a whole request or for one member of a set.
public struct APIError: Error, Equatable, Hashable, Sendable, Codable {
  /// The HTTP status; nil for one member of a set.
  public var status: Int?
  /// The vendor's code, the only member to branch on; empty where a provider gives none.
  public var code: String
  /// The provider's words as sent: hostile until shown.
  public var message: String
  /// The field of the request that is meant; often empty.
  public var param: String
  /// The class of the error; often empty.
  public var type: String
  /// What the provider's support asks for; from the message or the reply's header.
  public var requestID: String?

  /// Describes an error; an id in the message wins over the header's.
  public init(
    status: Int? = nil, code: String, message: String, param: String = "", type: String = "",
    requestID: String? = nil
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.param = param
    self.type = type
    self.requestID = Self.requestID(in: message) ?? requestID
  }

  /// The words without the request id that the vendor appends to them.
  public var words: String {
    guard let mark = Self.mark(in: message) else { return message }
    return String(message[..<mark.lowerBound]).trimmed
  }

  private static func requestID(in message: String) -> String? {
    guard let mark = mark(in: message) else { return nil }
    let id = message[mark.upperBound...].drop { $0 == " " }.prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
    }
    return id.isEmpty || id.utf8.count > 128 ? nil : String(id)
  }

  /// The last `Request id:` in either case.
  private static func mark(in message: String) -> Range<String.Index>? {
    let marks = message.ranges(of: "equest id:")
    guard let last = marks.last, last.lowerBound > message.startIndex else { return nil }
    let first = message.index(before: last.lowerBound)
    return "rR".contains(message[first]) ? first..<last.upperBound : nil
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
