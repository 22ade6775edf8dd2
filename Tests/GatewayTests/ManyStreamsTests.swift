import Gateway
import HTTP
import Posix
import Seedream
import TestSupport
import Testing

/// Many clients at once.
@Suite struct ManyStreamsTests {
  private static let event =
    "event: image_generation.partial_succeeded\ndata: {\"type\":\"image_generation.partial_succeeded\","
    + "\"image_index\":0,\"url\":\"https://example.com/0.jpg\",\"size\":\"1024x1024\"}\n\n"
  private static let end = "data: [DONE]\n\n"

  @Test(.timeLimit(.minutes(3))) func aThousandStreamsAreOpenAtOnce() async throws {
    // Client, gateway and provider are all this process: four descriptors each.
    let count = try ThisProcess.raiseDescriptorLimit() >= 6000 ? 1000 : 200
    let (held, hold) = AsyncStream.makeStream(of: Void.self)
    let gate = Task { for await _ in held {} }
    let provider = try HTTPServer(on: .tcp(host: "127.0.0.1", port: 0)) { _ in
      HTTPReply(
        headers: [HTTPHeader("Content-Type", "text/event-stream")],
        body: .stream { writer in
          try? await writer.write(Self.event)
          await gate.value
          try? await writer.write(Self.end)
        })
    }
    defer { provider.stop() }
    var dialect = Dialect.byteplus
    dialect.baseURL = "http://127.0.0.1:\(provider.port)"
    let door = try Door(
      Upstream(name: "scripted", dialect: dialect, key: Door.providerKey), GatewayOptions(), nil)
    let request = door.request(
      "/api/v3/images/generations", #"{"model":"ep-1","prompt":"a","stream":true}"#)
    let (seen, feed) = AsyncStream.makeStream(of: Void.self)
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<count {
        group.addTask {
          let body = Collected<UInt8>()
          _ = try await door.client.stream(request) { piece in
            body.append(contentsOf: piece)
            if body.all.count == Self.event.utf8.count { feed.yield() }
          }
          return String(decoding: body.all, as: UTF8.self)
        }
      }
      var open = 0
      for await _ in seen {
        open += 1
        if open == count { break }
      }
      let metrics = try await door.get("/metrics").text
      #expect(metrics.contains("darkroom_open_streams \(count)\n"))
      hold.finish()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(bodies == [String](repeating: Self.event + Self.end, count: count))
  }
}
