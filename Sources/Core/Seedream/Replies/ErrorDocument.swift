/// An error as an object, a string, or a list of FastAPI's validation errors.
struct ErrorDocument: Decodable {
  var error: APIError?

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: JSONKey.self) {
      error = Self.error(in: container)
    } else if let text = try? decoder.singleValueContainer().decode(String.self) {
      error = text.isEmpty ? nil : APIError(code: "", message: text)
    } else if var list = try? decoder.unkeyedContainer() {
      error = try? list.decode(ErrorDocument.self).error
    }
  }

  private static func error(in container: KeyedDecodingContainer<JSONKey>) -> APIError? {
    let code = container.lenient(String.self, "code") ?? container.integer("code").map(String.init)
    let message =
      container.lenient(String.self, "message") ?? container.lenient(String.self, "msg")
    guard code != nil || message != nil else { return nil }
    return APIError(
      code: code ?? "", message: message ?? "",
      param: container.lenient(String.self, "param") ?? container.list("loc").map(last) ?? "",
      type: container.lenient(String.self, "type") ?? "",
      requestID: container.lenient(String.self, "request_id"))
  }

  /// The last part of a path of names and numbers: the field that is meant.
  private static func last(of path: any UnkeyedDecodingContainer) -> String {
    var path = path
    var last = ""
    for _ in 0..<8 where !path.isAtEnd {
      guard let name = try? path.decode(String.self) else { break }
      last = name
    }
    return last
  }
}
