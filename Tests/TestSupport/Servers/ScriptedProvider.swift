package import HTTP

/// A provider whose answers a test writes: real HTTP on loopback.
package final class ScriptedProvider: Sendable {
  /// What is asked of it, in order; fetched pictures too.
  package let requests = Collected<HTTPServerRequest>()
  private let server: HTTPServer

  /// - Parameter answer: Gets each request and how many of its method came before.
  package init(
    _ answer: @escaping @Sendable (HTTPServerRequest, Int) async -> HTTPReply
  ) throws {
    let requests = requests
    server = try HTTPServer(on: .tcp(host: "127.0.0.1", port: 0)) { request in
      let number = requests.append(request) { $0.method == request.method }
      return await answer(request, number)
    }
  }

  package var port: Int { server.port }
  package var url: String { "http://127.0.0.1:\(port)" }

  /// How often pictures were asked for, in the sense that costs money.
  package var orders: Int { requests.all.count { $0.method == "POST" } }

  /// Cuts all connections, and listens no more.
  package func stop() { server.stop() }
}

extension HTTPServerRequest {
  /// Where it went, as a client names it; addresses below are answered by the same provider.
  package var origin: String { "http://\(header("Host") ?? "")" }

  package var text: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPReply {
  package static func json(
    _ status: Int, _ text: String, _ headers: [HTTPHeader] = []
  ) -> HTTPReply {
    HTTPReply(
      status: status, headers: [HTTPHeader("Content-Type", "application/json")] + headers,
      body: .bytes(Array(text.utf8)))
  }

  /// The vendor's envelope around a refusal.
  package static func refusal(
    _ status: Int, _ code: String, _ message: String = "no.", _ headers: [HTTPHeader] = []
  ) -> HTTPReply {
    json(status, #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#, headers)
  }

  /// The vendor's answer with these pictures.
  package static func pictures(_ addresses: [String]) -> HTTPReply {
    let data = addresses.map { #"{"url":"\#($0)","size":"64x48"}"# }.joined(separator: ",")
    return json(
      200,
      #"{"model":"seedream-4-0-250828","created":1,"data":[\#(data)],"usage":"#
        + #"{"generated_images":\#(addresses.count),"output_tokens":12,"total_tokens":12}}"#,
      [HTTPHeader("X-Request-Id", "02request")])
  }

  package static func picture(_ bytes: [UInt8]) -> HTTPReply {
    HTTPReply(headers: [HTTPHeader("Content-Type", "image/jpeg")], body: .bytes(bytes))
  }
}
