import FoundationEssentials
import HTTP
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// Two gateways behind nginx, as the README has it.
  @Suite(
    .enabled(
      if: Nginx.program != nil, "nginx is not installed: scripts/system-packages check installs it")
  )
  struct SeveralGatewaysTests {
    private let client: HTTPClient

    init() throws { client = try HTTPClient(userAgent: "test") }

    private func request(_ url: String, _ prompt: String, _ more: String = "") -> HTTPRequest {
      HTTPRequest(
        method: "POST", url: url + "/api/v3/images/generations",
        headers: [HTTPHeader("Content-Type", "application/json")],
        body: .text(#"{"model":"seedream-4.0","prompt":"\#(prompt)","size":"960x960"\#(more)}"#))
    }

    /// Whether a gateway takes a new connection.
    private func isLetIn(_ gateway: Serving) async throws -> Bool {
      let stranger = try HTTPClient(userAgent: "test")
      do throws(HTTPError) {
        _ = try await stranger.fetch(HTTPRequest(url: gateway.url + "/healthz"))
        return true
      } catch {
        return error.code != .couldNotConnect
      }
    }

    @Test func aGatewayThatEndsFinishesItsStreamAndTheOtherTakesTheRest() async throws {
      let stations = try [Station(), Station()]
      let nginx = try await Nginx(stations.map(\.gateway))
      defer { nginx.end() }
      let body = Collected<String>()
      let (seen, feed) = AsyncStream.makeStream(of: Void.self)
      let more = #","stream":true,"sequential_image_generation":"auto""#
      let held = request(nginx.url, "held", more)
      async let head = client.stream(held) { piece in
        body.append(String(decoding: piece, as: UTF8.self))
        feed.yield()
      }
      // The first event is here while the provider has not made the second.
      for await _ in seen { break }
      #expect(body.all.joined() == Station.event(0))
      let busy = try #require(stations.first { $0.orders.all.count == 1 })
      let other = try #require(stations.first { $0.orders.all.isEmpty })

      let neighbour = try HTTPClient(userAgent: "test")
      let health = HTTPRequest(url: busy.gateway.url + "/healthz")
      #expect(try await neighbour.fetch(health).status == 200)
      busy.gateway.beginEnd()
      // On a connection that is open; new ones are refused.
      var status = 200
      while status == 200 { status = try await neighbour.fetch(health).status }
      #expect(status == 503)
      while try await isLetIn(busy.gateway) {}
      for _ in 0..<4 { #expect(try await client.fetch(request(nginx.url, "a")).status == 200) }
      #expect(other.orders.all.count == 4)

      busy.release()
      #expect(try await head.status == 200)
      #expect(body.all.joined() == Station.event(0) + Station.event(1) + Station.end)
      #expect(try busy.gateway.waitForEnd() == .exited(0))
      #expect(busy.orders.all.count == 1)
    }

    @Test func whatAKilledGatewayHadIsNotSentTwice() async throws {
      let (asked, feed) = AsyncStream.makeStream(of: Void.self)
      let stations = try [Station { feed.yield() }, Station { feed.yield() }]
      let nginx = try await Nginx(stations.map(\.gateway))
      defer { nginx.end() }
      let silent = request(nginx.url, "silent")
      async let answer = client.fetch(silent)
      for await _ in asked { break }
      let busy = stations.first { !$0.orders.all.isEmpty }
      try busy?.gateway.kill()
      #expect(try await answer.status == 502)
      for _ in 0..<4 { #expect(try await client.fetch(request(nginx.url, "a")).status == 200) }
      #expect(busy?.orders.all == ["silent"])
      let other = stations.first { $0 !== busy }
      #expect(other?.orders.all == ["a", "a", "a", "a"])
    }

    @Test func bothRecordInOneGalleryThroughOneService() async throws {
      let home = try ProgramHome()
      let gateways = try (0..<2).map { _ in
        try Serving(
          home, words: Nginx.gatewayWords() + ["--provider", "sandbox"])
      }
      let nginx = try await Nginx(gateways)
      defer { nginx.end() }
      for (name, status) in [("pictures.example.com", 200), ("evil.example.com", 421)] {
        for path in ["/healthz", "/metrics", "/docs"] {
          let asked = HTTPRequest(url: nginx.url + path, headers: [HTTPHeader("Host", name)])
          #expect(try await client.fetch(asked).status == status, "\(name)\(path)")
        }
      }
      let requests = (0..<6).map { request(nginx.url, "picture \($0)") }
      let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
        for request in requests {
          group.addTask { try await client.fetch(request) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for answer in answers {
        #expect(answer.status == 200)
        let text = String(decoding: answer.body, as: UTF8.self)
        let url = try #require(text.firstMatch(of: /"url":"([^"]+)"/)).1
        #expect(url.hasPrefix(nginx.url + "/files/"))
        // Whichever gateway it is asked of next.
        for _ in 0..<2 {
          let picture = try await client.fetch(HTTPRequest(url: String(url)), limit: 64 << 20)
          #expect(picture.status == 200)
        }
      }
      #expect(try home.pictures.count == 6)
      #expect(home.services.count == 1)
      for gateway in gateways {
        let metrics = try await client.fetch(HTTPRequest(url: gateway.url + "/metrics"))
        let text = String(decoding: metrics.body, as: UTF8.self)
        #expect(text.contains(#"{endpoint="/api/v3/images/generations",status="200"} 3"#))
      }
    }
  }
}

/// A gateway with a provider of its own, which tells what it was asked for.
private final class Station {
  /// The prompts, in order.
  let orders: Collected<String>
  let gateway: Serving
  private let home: ProgramHome
  private let provider: ScriptedProvider
  private let gate: Gate

  /// - Parameter onOrder: Called for everything that is asked for.
  init(onOrder: @escaping @Sendable () -> Void = {}) throws {
    let (orders, gate) = (Collected<String>(), Gate())
    self.orders = orders
    self.gate = gate
    provider = try ScriptedProvider { request, _ in
      let prompt = request.text.firstMatch(of: /"prompt":"(\w+)"/).map { String($0.1) } ?? ""
      orders.append(prompt)
      onOrder()
      switch prompt {
      case "held":
        return HTTPReply(
          headers: [HTTPHeader("Content-Type", "text/event-stream")],
          body: .stream { writer in
            try? await writer.write(Self.event(0))
            await gate.pass()
            try? await writer.write(Self.event(1) + Self.end)
          })
      case "silent": await gate.pass()
      default: break
      }
      return .json(200, #"{"created":1,"data":[{"url":"https://example.com/1.jpg"}]}"#)
    }
    home = try ProgramHome()
    home.variables["ARK_API_KEY"] = "a-key"
    gateway = try Serving(home, "--provider", "ark", "--base-url", provider.url)
  }

  static func event(_ index: Int) -> String {
    "event: image_generation.partial_succeeded\ndata: {\"type\":\"image_generation.partial_succeeded\","
      + "\"image_index\":\(index),\"url\":\"https://example.com/\(index).jpg\",\"size\":\"960x960\"}\n\n"
  }

  static let end = "data: [DONE]\n\n"

  func release() { gate.open() }
}
