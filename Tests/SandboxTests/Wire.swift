import FoundationEssentials
import HTTP
import Imaging
import Sandbox
import Testing

/// A running sandbox and a client that talks to it.
struct Wire {
  let server: SandboxServer
  let client: HTTPClient
  let headers: [HTTPHeader]

  init(_ options: SandboxOptions = SandboxOptions(), headers: [HTTPHeader] = []) throws {
    server = try SandboxServer(options: options)
    client = try HTTPClient(userAgent: "test")
    self.headers = headers
  }

  /// A request for pictures of the smallest size that every test model takes.
  func generate(_ members: String, size: String = "1280x720") async throws -> HTTPResponse {
    let rest = members.isEmpty ? "" : ",\(members)"
    return try await post(
      """
      {"model":"seedream-4-0-250828","prompt":"a red lantern in fog","size":"\(size)"\(rest)}
      """)
  }

  func post(
    _ body: String, headers further: [HTTPHeader] = [], gzip: Bool = false
  ) async throws -> HTTPResponse {
    try await client.fetch(
      HTTPRequest(
        method: "POST", url: server.baseURL + "/images/generations",
        headers: [HTTPHeader("Content-Type", "application/json")] + headers + further,
        body: .text(body), acceptsCompression: gzip),
      limit: 64 << 20)
  }

  /// The error of a body that is refused.
  func refusal(_ body: String) async throws -> Reply.Fault? {
    try Reply.read(try await post(body)).error
  }

  func get(_ url: String, range: String? = nil) async throws -> HTTPResponse {
    let headers = range.map { [HTTPHeader("Range", $0)] } ?? []
    return try await client.fetch(HTTPRequest(url: url, headers: headers), limit: 64 << 20)
  }
}

/// A reply as its JSON says.
struct Reply: Decodable {
  struct Item: Decodable {
    var url: String?
    var b64Json: String?
    var size: String?
    var outputFormat: String?
    var error: Fault?
  }

  struct Usage: Decodable, Equatable {
    var generatedImages: Int
    var outputTokens: Int
    var totalTokens: Int
  }

  struct Fault: Decodable {
    var code: String
    var message: String
    var param: String?
    var type: String?
  }

  var model: String?
  var created: Int?
  var data: [Item]?
  var usage: Usage?
  var error: Fault?
  var type: String?
  var imageIndex: Int?
  var url: String?
  var b64Json: String?
  var size: String?

  static func read(_ body: [UInt8]) throws -> Reply {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Reply.self, from: Data(body))
  }

  static func read(_ response: HTTPResponse) throws -> Reply {
    try read(response.body)
  }
}

/// Events of a stream: the name, and what the data says.
func events(_ body: [UInt8]) throws -> [(name: String?, data: String)] {
  let text = try #require(String(validating: body, as: UTF8.self))
  #expect(text.hasSuffix("\n\n"))
  return text.split(separator: "\n\n").map { event in
    let lines = event.split(separator: "\n")
    func field(_ name: String) -> String? {
      lines.first { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
    }
    #expect(lines.count <= 2)
    return (field("event"), field("data") ?? "")
  }
}
