import HTTP
import Sandbox
import Seedream
import TestSupport

/// A provider on the real wire whose answers wait until the test lets them go; the sandbox draws them. It has no
/// list of models, and says so at once.
final class TestProvider: Sendable {
  static let key = "a-secret-that-is-never-written"

  private let sandbox: SandboxServer
  private let server: ScriptedProvider
  private let gate: Gate

  /// How many requests for pictures have come.
  var orders: Int { server.orders }

  /// Answers drawn pictures after `release`.
  init() throws {
    let gate = Gate()
    let sandbox = try SandboxServer(options: SandboxOptions(key: Self.key))
    let client = try HTTPClient(userAgent: "test")
    self.gate = gate
    self.sandbox = sandbox
    server = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .text(404, "there is no such page") }
      await gate.pass()
      do {
        let address = sandbox.baseURL + "/images/generations"
        let answer = try await client.fetch(
          HTTPRequest(
            method: "POST", url: address,
            headers: request.headers.filter { $0.name.lowercased() == "authorization" }
              + [HTTPHeader("Content-Type", "application/json")],
            body: .bytes(request.body)))
        return .json(answer.head.status, String(decoding: answer.body, as: UTF8.self))
      } catch {
        return .text(502, "\(error)")
      }
    }
  }

  /// Answers every request at once with this JSON.
  init(answering body: String) throws {
    gate = Gate()
    sandbox = try SandboxServer()
    server = try ScriptedProvider { _, _ in .json(200, body) }
  }

  /// A configuration with this provider as the one to use, under the name `held`.
  var configuration: String {
    """
    \(ProgramHome.quick)
    provider: held
    providers:
      held:
        base_url: http://127.0.0.1:\(server.port)/api/v3
        key_env: HELD_KEY
    """
  }

  /// Where requests go.
  var baseURL: String { "http://127.0.0.1:\(server.port)/api/v3" }

  /// Lets all answers go, those to come as well.
  func release() { gate.open() }

  /// Cuts all connections without an answer.
  func cut() { server.stop() }
}
