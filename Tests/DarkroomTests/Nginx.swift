import FoundationEssentials
import HTTP
import Posix
import Synchronization
import TestSupport

/// nginx in front of gateways, with the configuration of the README.
final class Nginx: Sendable {
  /// Where it is installed; nil where it is not.
  static let program = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  let url: String
  private let directory: TemporaryDirectory
  private let process: Mutex<ChildProcess>

  /// - Parameter gateways: Two, as in the README.
  init(_ gateways: [Serving]) async throws {
    guard let program = Self.program else { throw TestFailure("there is no nginx") }
    let port = try Self.freePort()
    url = "http://127.0.0.1:\(port)"
    var server = try Self.configuration()
    let places = ["127.0.0.1:8003", "127.0.0.1:8004", "127.0.0.1:8080"]
    let addresses = gateways.map { $0.url.replacing("http://", with: "") } + ["127.0.0.1:\(port)"]
    for (place, address) in zip(places, addresses) {
      guard server.contains(place) else { throw TestFailure("the README has no \(place)") }
      server.replace(place, with: address)
    }
    directory = try TemporaryDirectory()
    let path = directory.path("nginx.conf")
    try Data(Self.frame(server, in: directory).utf8).write(to: URL(filePath: path))
    let nothing = try FileDescriptor(reading: "/dev/null")
    // Its errors go to the test's own.
    process = Mutex(
      try ChildProcess(
        ProcessSpec(
          program, ["-p", directory.path, "-c", path, "-e", "stderr"],
          environment: ["PATH": "/usr/sbin:/usr/bin:/bin"]),
        input: nothing.number, output: 2, error: 2))
    try await waitUntilServed()
  }

  /// Ends it; without this it ends with the last reference.
  func end() {
    process.withLock { process in
      process.kill()
      _ = try? process.wait()
    }
  }

  /// The options of the README's line that starts the first gateway, without where it listens.
  static func gatewayWords() throws -> [String] {
    guard
      let line = try readme().firstMatch(of: /darkroom serve (.*) --listen 127.0.0.1:8003 (.*) &/)
    else { throw TestFailure("the README starts no gateways") }
    return "\(line.1) \(line.2)".split(separator: " ").map { String($0) }
  }

  private static func readme() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
  }

  /// The block of the README that is nginx's.
  private static func configuration() throws -> String {
    guard let block = try readme().firstMatch(of: /```nginx\n(?<lines>(?s:.)*?)```/) else {
      throw TestFailure("the README has no configuration of nginx")
    }
    return String(block.lines)
  }

  /// One process in the foreground that writes in this directory only.
  private static func frame(_ server: String, in directory: TemporaryDirectory) -> String {
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    let places = kinds.map { "\($0)_temp_path \(directory.path($0));" }.joined(separator: "\n")
    return """
      daemon off;
      master_process off;
      pid \(directory.path("pid"));
      events {}
      http {
      access_log off;
      \(places)
      \(server)
      }
      """
  }

  private static func freePort() throws -> Int {
    let server = try HTTPServer(on: .tcp(host: "127.0.0.1", port: 0)) { _ in .text(200, "") }
    defer { server.stop() }
    return server.port
  }

  private func waitUntilServed() async throws {
    let client = try HTTPClient(userAgent: "test")
    let deadline = ContinuousClock.now + TerminalSession.patience
    while ContinuousClock.now < deadline {
      let answer = try? await client.fetch(HTTPRequest(url: url + "/healthz"))
      if answer?.status == 200 { return }
    }
    throw TestFailure("nginx does not serve")
  }
}
