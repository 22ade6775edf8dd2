import FoundationEssentials
import Gateway
import HTTP
import Sandbox
import Seedream
import TestSupport

/// A running gateway, what stands behind it, and a client in front of it.
struct Door {
  let gateway: Gateway
  let sandbox: SandboxServer?
  let client: HTTPClient
  let log = Collected<String>()

  /// In front of a sandbox.
  init(options: GatewayOptions = GatewayOptions()) throws {
    let sandbox = try SandboxServer(options: SandboxOptions(key: "sandbox-key"))
    var dialect = Dialect.sandbox
    dialect.baseURL = sandbox.baseURL
    dialect.authentication = .bearer
    try self.init(
      Upstream(name: "sandbox", dialect: dialect, key: "sandbox-key", isSandbox: true), options,
      sandbox)
  }

  /// In front of a scripted provider.
  init(
    _ provider: RawServer, speaking dialect: Dialect = .byteplus,
    options: GatewayOptions = GatewayOptions()
  ) throws {
    var dialect = dialect
    dialect.baseURL = provider.url
    try self.init(
      Upstream(name: "scripted", dialect: dialect, key: Self.providerKey), options, nil)
  }

  init(
    _ upstream: Upstream, _ options: GatewayOptions, _ sandbox: SandboxServer?,
    recorder: Recorder? = nil
  ) throws {
    self.sandbox = sandbox
    let log = log
    gateway = try Gateway(
      on: try Self.free(), upstream: upstream, recorder: recorder, options: options,
      log: { log.append($0) })
    client = try HTTPClient(userAgent: "test")
  }

  static let providerKey = "key-of-the-provider"

  static func free() throws -> ListenAddress {
    guard let address = ListenAddress("127.0.0.1:0") else { throw TestFailure("no address") }
    return address
  }

  /// A request for pictures as a client makes it.
  func request(
    _ path: String, _ body: String, headers: [HTTPHeader] = []
  ) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: gateway.baseURL + path,
      headers: [HTTPHeader("Content-Type", "application/json")] + headers, body: .text(body))
  }

  func post(
    _ path: String, _ body: String, headers: [HTTPHeader] = []
  ) async throws -> HTTPResponse {
    try await client.fetch(request(path, body, headers: headers), limit: 64 << 20)
  }

  func get(_ path: String, headers: [HTTPHeader] = []) async throws -> HTTPResponse {
    try await client.fetch(HTTPRequest(url: gateway.baseURL + path, headers: headers))
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as JSON.
  func read() throws -> Reply { try Reply.read(body) }
}

/// What replies and refusals of all endpoints may say.
struct Reply: Decodable {
  struct Item: Decodable {
    var url: String?
    var b64Json: String?
    var size: String?
    var error: Fault?
  }

  struct Fault: Decodable {
    var code: String
    var message: String
    var param: String?
    var type: String?
  }

  struct Detail: Decodable, Equatable {
    var loc: [String]
    var msg: String
    var type: String
    var legal: [String]?
  }

  var model: String?
  var created: Int?
  var data: [Item]?
  var usage: [String: Int]?
  /// The vendor's envelope.
  var error: Fault?
  /// The form of a sentence.
  var sentence: String?
  var detail: [Detail]?

  private enum Member: String, CodingKey { case model, created, data, usage, error, detail }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Member.self)
    model = try members.decodeIfPresent(String.self, forKey: .model)
    created = try members.decodeIfPresent(Int.self, forKey: .created)
    data = try members.decodeIfPresent([Item].self, forKey: .data)
    usage = try members.decodeIfPresent([String: Int].self, forKey: .usage)
    error = try? members.decodeIfPresent(Fault.self, forKey: .error)
    sentence = try? members.decodeIfPresent(String.self, forKey: .error)
    detail = try? members.decodeIfPresent([Detail].self, forKey: .detail)
  }

  static func read(_ body: [UInt8]) throws -> Reply {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Reply.self, from: Data(body))
  }
}
