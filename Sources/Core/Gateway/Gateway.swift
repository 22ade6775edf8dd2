import HTTP

/// The endpoints of the seeds as a server, in front of one provider.
///
/// It holds no state: any number of gateways can stand behind a load balancer. A request is checked as the
/// client would check it, sent to the provider once, and its reply passed on as it arrives; with a `Recorder`
/// it becomes a job of a gallery instead, and the reply is written from what is told of that. Safe to use
/// from any thread.
package final class Gateway: Sendable {
  /// The port listened on.
  package let port: Int
  /// Where it is reached from this machine, without a slash at the end.
  package let baseURL: String

  private let service: GatewayService
  private let server: HTTPServer

  /// Starts to listen; with port 0 on a free one.
  ///
  /// - Parameters:
  ///   - recorder: Who draws and keeps in the upstream's stead; the upstream then only says what it takes.
  ///   - log: Takes a line about each request for pictures, without prompts, addresses and keys; called on
  ///     any thread.
  /// - Throws: `GatewayError` for an address beyond this machine without keys, `HTTPError` for one that
  ///   cannot be listened on.
  package init(
    on address: ListenAddress, upstream: Upstream, recorder: Recorder? = nil,
    options: GatewayOptions = GatewayOptions(),
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    guard address.isLoopback || options.keys != nil else {
      throw GatewayError(
        "Everybody who reaches \(address.text(port: address.port)) could spend your money: name a "
          + "file of keys with --require-key-file, or listen on 127.0.0.1.")
    }
    var limits = HTTPServerLimits(
      maximumBodyBytes: options.maximumBodyBytes, allBodiesBytes: options.allBodiesBytes,
      idleSeconds: options.idleSeconds)
    if let most = options.connectionsPerAddress { limits.connectionsPerAddress = most }
    let service = try GatewayService(
      upstream: upstream, recorder: recorder, options: options, on: address, log: log)
    self.service = service
    server = try HTTPServer(
      on: .tcp(host: address.host, port: address.port),
      limits: limits,
      screen: HTTPServerScreen(
        refusal: { service.refusal(to: $0) }, oversized: { service.tooLarge($0, limit: $1) },
        crowded: { service.crowded($0) }, overdue: { service.overdue($0) },
        malformed: { service.malformed($0, status: $1, $2) })
    ) { request in
      await service.reply(to: request)
    }
    port = server.port
    baseURL = "http://\(address.text(port: port))"
  }

  /// What is to be said of the model of requests that cannot name one; nil where their page's model draws them.
  package var modelSentence: String? { service.modelSentence }

  /// Lets nobody connect any more, so that a load balancer goes elsewhere before it has sent anything;
  /// answers new requests of those who are connected with 503. Returns when all others are answered to the
  /// last byte, those whose client has gone away included.
  package func drain() async {
    service.close()
    server.closeDoor()
    await service.inFlight.untilNone()
    await server.untilQuiet()
  }

  /// Cuts what is under way. Idempotent.
  package func stop() {
    server.stop()
    service.client.close()
  }
}

/// Why there is no gateway: one sentence for people.
package struct GatewayError: Error, Equatable, Sendable, CustomStringConvertible {
  package let message: String

  init(_ message: String) { self.message = message }

  package var description: String { message }
}
