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

  @Test(arguments: [
    "", "8003", "host", "host:", "host:70000", "::1:80", "host:-1", "host:+1", "[]:80",
  ])
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

  private static let unusable: [([UInt8], String)] = [
    ([0xE9, 0xE8, 0xFF, 0x0A], "UTF-8"), ([0xEF, 0xBB, 0xBF, 0x61, 0x62, 0x0A], "byte order mark"),
    ([0xFF, 0xFE, 0x61, 0x00, 0x62, 0x00], "UTF-16"), ([0x61, 0x00, 0x62], "NUL"),
    ([0x61, 0x62, 0x20, 0x63], "white space"), ([0x61, 0x1B, 0x62], "invisible"),
    (Array("a\u{FFFD}b".utf8), "invisible"), (Array("a\u{FEFF}b".utf8), "invisible"),
    (Array("good\nb".utf8) + [0xE9, 0x64], "line 2"),
  ]

  @Test(arguments: unusable)
  func keysThatAreNoTextAreNotTaken(_ bytes: [UInt8], _ reason: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("keys")
    try Data(bytes).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let error = #expect(throws: GatewayError.self) { try KeyRing(path: path) }
    #expect("\(try #require(error))".contains(reason))
  }

  @Test(.ownThread) func aKeyIsComparedByteForByte() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("keys")
    try Data("  first-key \r\n# no\r\nsch\u{FC}ssel\rlast".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let door = try Door(options: GatewayOptions(keys: try KeyRing(path: path)))
    func status(_ key: [UInt8]) throws -> String {
      let connection = try RawConnection(toPort: door.gateway.port)
      connection.send(
        Array(
          "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ".utf8)
          + key + Array("\r\n\r\n".utf8))
      return String(decoding: connection.read(upTo: 12), as: UTF8.self)
    }
    #expect(try status(Array("first-key".utf8)) == "HTTP/1.1 200")
    #expect(try status(Array("schl\u{FC}ssel".utf8)) == "HTTP/1.1 401")
    #expect(try status(Array("sch\u{FC}ssel".utf8)) == "HTTP/1.1 200")
    #expect(try status(Array("last".utf8)) == "HTTP/1.1 200")
    #expect(try status([0x73, 0x63, 0x68, 0xFC, 0x73, 0x73, 0x65, 0x6C]) == "HTTP/1.1 401")
    #expect(try status([0x80, 0x81, 0x82, 0x83]) == "HTTP/1.1 401")
  }

  @Test(arguments: ["/metrics", "/docs", "/healthz", "/openapi.json", "/files/a.png", "/nothing"])
  func whoCallsItByAStrangeNameGetsNothingWithoutAKey(_ path: String) async throws {
    let door = try Door(options: GatewayOptions(hosts: ["Pictures.example.com"]))
    func status(_ host: String, _ more: [HTTPHeader] = []) async throws -> Int {
      try await door.get(path, headers: [HTTPHeader("Host", host)] + more).status
    }
    let usual = try await door.get(path).status
    #expect(usual != 421)
    for own in [
      "localhost", "LOCALHOST:1", "localhost.", "127.0.0.1", "127.0.0.1:80", "127.9.8.7", "[::1]:9",
      "pictures.example.com", "PICTURES.example.com:443", "pictures.example.com.",
    ] { #expect(try await status(own) == usual, "\(own)") }
    for strange in [
      "evil.example", "evil.example:8003", "localhost.evil.example", "127.0.0.1.evil.example",
      "evil.pictures.example.com", "0.0.0.0", "[::2]",
    ] { #expect(try await status(strange) == 421, "\(strange)") }
    // What is no name at all gets no further than its head.
    for malformed in [
      "pictures.example.com@evil.example", "x y", ":8003", "evil.example, localhost",
    ] { #expect([400, 421].contains(try await status(malformed)), "\(malformed)") }
  }

  @Test func whereThereAreKeysTheNameDoesNotMatter() async throws {
    let door = try Door(options: GatewayOptions(keys: try KeyRing(["first-key"])))
    let headers = [
      HTTPHeader("Host", "any.example"), HTTPHeader("Authorization", "Bearer first-key"),
    ]
    #expect(try await door.get("/metrics", headers: headers).status == 200)
  }

  @Test(
    .ownThread,
    arguments: [
      "/files/x/../a.png", "/files/%2e%2e/metrics", "/files//a.png", "/files/./a.png",
    ])
  func aFileHasNoWayUp(_ path: String) async throws {
    // Sent as it is: a client's library would take the parts away.
    let door = try Door()
    let connection = try RawConnection(toPort: door.gateway.port)
    connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    #expect(connection.readHead()?.hasPrefix("HTTP/1.1 404") == true)
  }

  @Test func aPageOfTheWebIsNotServed() async throws {
    let door = try Door()
    let strange = [HTTPHeader("Origin", "https://example.com")]
    #expect(try await door.post("/byteplus-generate", Self.body, headers: strange).status == 403)
    let own = [HTTPHeader("Origin", "http://localhost:3000")]
    #expect(try await door.post("/byteplus-generate", Self.body, headers: own).status == 200)
  }
}
