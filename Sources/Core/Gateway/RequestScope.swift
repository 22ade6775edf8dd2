import HTTP
import Synchronization

/// One request from its arrival to the last byte of its reply: counted and told when nobody holds it any
/// more, whichever way it ended.
final class RequestScope: Sendable {
  let identity: RequestIdentity
  private let endpoint: Endpoint?
  private let service: GatewayService
  private let start = ContinuousClock.now
  private let status = Atomic<Int>(0)
  private let remark = Mutex("")

  init(_ request: HTTPServerRequest, at endpoint: Endpoint?, of service: GatewayService) {
    identity = RequestIdentity(request)
    self.endpoint = endpoint
    self.service = service
    service.inFlight.begin()
  }

  deinit {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let status = status.load(ordering: .relaxed)
    service.metrics.count(endpoint, status: status, seconds: seconds)
    if let endpoint, endpoint.generates {
      let tenths = Int((seconds * 10).rounded())
      service.log(
        "\(endpoint.rawValue) \(status) after \(tenths / 10).\(tenths % 10) s, "
          + "\(identity.requestID)\(remark.withLock { $0 })")
    }
    service.inFlight.end()
  }

  /// What the reply begins with.
  func answered(_ status: Int) { self.status.store(status, ordering: .relaxed) }

  /// The client has gone away.
  func left(_ what: String) {
    service.metrics.clientLeft()
    note("the client left: \(what)")
  }

  /// Says more about it in the log.
  func note(_ text: String) { remark.withLock { $0 += "; \(text)" } }
}
