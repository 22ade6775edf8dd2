import FoundationEssentials
import HTTP
import TestSupport

@testable import Studio

/// A provider whose answers a test writes: real HTTP on loopback.
final class Provider: Sendable {
  /// What is asked of it, in order; fetched pictures too.
  let requests = Collected<HTTPServerRequest>()
  private let server: HTTPServer

  /// - Parameter answer: Gets each request and how many of its method came before.
  init(_ answer: @escaping @Sendable (HTTPServerRequest, Int) async -> HTTPReply) throws {
    let requests = requests
    server = try HTTPServer(on: .tcp(host: "127.0.0.1", port: 0)) { request in
      let number = requests.append(request) { $0.method == request.method }
      return await answer(request, number)
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  var connection: ProviderConnection {
    ProviderConnection(name: "test", dialect: "ark", baseURL: url)
  }

  /// How often pictures were asked for, in the sense that costs money.
  var orders: Int { requests.all.count { $0.method == "POST" } }
}

extension HTTPReply {
  static func json(_ status: Int, _ text: String, _ headers: [HTTPHeader] = []) -> HTTPReply {
    HTTPReply(
      status: status, headers: [HTTPHeader("Content-Type", "application/json")] + headers,
      body: .bytes(Array(text.utf8)))
  }

  /// The vendor's envelope around a refusal.
  static func refusal(
    _ status: Int, _ code: String, _ message: String = "no.", _ headers: [HTTPHeader] = []
  ) -> HTTPReply {
    json(status, #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#, headers)
  }

  /// The vendor's answer with these pictures.
  static func pictures(_ addresses: [String]) -> HTTPReply {
    let data = addresses.map { #"{"url":"\#($0)","size":"64x48"}"# }.joined(separator: ",")
    return json(
      200,
      #"{"model":"seedream-4-0-250828","created":1,"data":[\#(data)],"usage":"#
        + #"{"generated_images":\#(addresses.count),"output_tokens":12,"total_tokens":12}}"#,
      [HTTPHeader("X-Request-Id", "02request")])
  }

  static func picture(_ bytes: [UInt8]) -> HTTPReply {
    HTTPReply(headers: [HTTPHeader("Content-Type", "image/jpeg")], body: .bytes(bytes))
  }
}

/// One event of a stream, as the vendor writes it.
func event(_ type: String, _ members: String) -> String {
  "event: image_generation.\(type)\ndata: {\"type\":\"image_generation.\(type)\",\(members)}\n\n"
}

/// The event of a picture under an address.
func succeeded(_ index: Int, _ address: String) -> String {
  event("partial_succeeded", #""image_index":\#(index),"url":"\#(address)","size":"64x48""#)
}

extension RawServer {
  var connection: ProviderConnection {
    ProviderConnection(name: "raw", dialect: "ark", baseURL: url)
  }
}
