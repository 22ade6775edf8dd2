import FoundationEssentials
import Gateway
import HTTP
import Posix
import Seedream
import TestSupport
import Testing

/// Who is served.
@Suite struct AccessTests {
  private static let body = #"{"model":"ep-1","prompt":"a","size":"1K"}"#

  @Test func onlyWhoHasAKeyIsServed() async throws {
    let door = try Door(options: GatewayOptions(keys: try KeyRing(["first-key", "second-key"])))
    let path = "/byteplus-generate"
    func status(_ headers: HTTPHeader...) async throws -> Int {
      try await door.post(path, Self.body, headers: headers).status
    }
    #expect(try await status() == 401)
    #expect(try await status(HTTPHeader("Authorization", "Bearer second-keys")) == 401)
    #expect(try await status(HTTPHeader("Authorization", "Bearer second-ke")) == 401)
    #expect(try await status(HTTPHeader("Authorization", "Bearer second-key")) == 200)
    #expect(try await status(HTTPHeader("Ocp-Apim-Subscription-Key", "first-key")) == 200)
    #expect(try await door.get("/metrics").status == 401)
    #expect(try await door.get("/healthz").status == 200)
    let refused = try await door.post("/api/v3/images/generations", Self.body)
    #expect(refused.head["X-Error-Code"] == "AuthN_MissOrInvalidAuthorizationHeader")
    #expect(try refused.read().error?.code == "AuthenticationError")
    #expect(door.log.all.allSatisfy { !$0.contains("first-key") && !$0.contains("second-ke") })
  }

  @Test func theKeyIsAskedForBeforeTheBodyIsTakenIn() async throws {
    let door = try Door(
      options: GatewayOptions(keys: try KeyRing(["first-key"]), maximumBodyBytes: 1000))
    let long = #"{"prompt":"\#(String(repeating: "a", count: 2000))"}"#
    #expect(try await door.post("/byteplus-generate", long).status == 401)
    let key = HTTPHeader("Authorization", "Bearer first-key")
    #expect(try await door.post("/byteplus-generate", long, headers: [key]).status == 413)
  }

  @Test func anAddressBeyondThisMachineNeedsKeys() throws {
    let everywhere = try #require(ListenAddress("0.0.0.0:0"))
    #expect(throws: GatewayError.self) {
      try Gateway(on: everywhere, upstream: Upstream(name: "x", dialect: .byteplus))
    }
  }

  @Test(arguments: [
    ("127.0.0.1:8003", true), ("localhost:1", true), ("[::1]:8003", true), (":8003", false),
    ("0.0.0.0:8003", false), ("192.168.0.1:80", false), ("[::]:80", false),
    ("127.0.0.1.example.com:80", false),
  ])
  func anAddressSaysWhetherOnlyThisMachineReachesIt(_ text: String, _ isLoopback: Bool) throws {
    #expect(try #require(ListenAddress(text)).isLoopback == isLoopback)
  }

  @Test(arguments: ["", "8003", "host", "host:", "host:70000", "::1:80", "host:-1"])
  func whatIsNoAddressIsNotTaken(_ text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test func keysThatOthersCanReadAreNotTaken() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("keys")
    try Data("# mine\n\nfirst-key\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: GatewayError.self) { try KeyRing(path: path) }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    _ = try KeyRing(path: path)
    try Data("# none\n".utf8).write(to: URL(filePath: path))
    #expect(throws: GatewayError.self) { try KeyRing(path: path) }
  }

  @Test func aPageOfTheWebIsNotServed() async throws {
    let door = try Door()
    let strange = [HTTPHeader("Origin", "https://example.com")]
    #expect(try await door.post("/byteplus-generate", Self.body, headers: strange).status == 403)
    let own = [HTTPHeader("Origin", "http://localhost:3000")]
    #expect(try await door.post("/byteplus-generate", Self.body, headers: own).status == 200)
  }
}
