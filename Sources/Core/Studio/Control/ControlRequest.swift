import FoundationEssentials
import HTTP

/// What the service is asked: `METHOD /v1/RESOURCE[/ID][/VERB]`.
struct ControlRequest {
  /// `jobs`.
  let resource: String
  /// The job or picture that is meant; nil for the resource as a whole.
  let id: String?
  /// The method, and behind a space what is to be done: `POST cancel`. Both stand for the thing that `id`
  /// names, where there is one.
  let route: String
  /// Method and path, for people.
  let shown: String
  private let body: [UInt8]

  /// Resources whose first part behind the name is no id.
  private static let single: Set<String> = ["service", "queue", "keys", "trash"]

  /// Nil for a path of another version.
  init?(_ request: HTTPServerRequest) {
    var parts = request.path.split(separator: "/").map(String.init)[...]
    guard parts.popFirst() == "v1" else { return nil }
    resource = parts.popFirst() ?? ""
    id = Self.single.contains(resource) ? nil : parts.popFirst()
    route = ([request.method] + parts).joined(separator: " ")
    shown = "\(request.method) \(request.path)"
    body = request.body
  }

  /// The body as what the route takes.
  func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(body))
  }
}
