import FoundationEssentials
import Posix
import Synchronization
import TestSupport

/// The provider of one round: the sandbox behind a relay that cuts, stalls and lies, and writes down what
/// was asked and what it handed over. It lives in this process and outlives every service.
final class Relay: Sendable {
  /// One request for pictures that arrived whole.
  struct Order: Sendable {
    /// The client's own name for the request, the same in all attempts of one job.
    var clientRequestID: String
    var wasRefused = false
    /// What was handed over of the answer.
    var passed: [UInt8] = []
    /// What was said of the pictures, where the answer had an odd form.
    var odd: OddReply?
  }

  private struct State {
    var orders: [Order] = []
    var fetched: Set<String> = []
    var fetches = 0
  }

  let manners: Manners
  private let sandboxPort: Int
  private let state = Mutex(State())
  private let server = Mutex<RawServer?>(nil)

  init(sandboxPort: Int, manners: Manners) throws {
    self.sandboxPort = sandboxPort
    self.manners = manners
    let server = try RawServer { [weak self] in self?.serve($0) }
    self.server.withLock { $0 = server }
  }

  var port: Int { server.withLock { $0?.port ?? 0 } }
  var orders: [Order] { state.withLock(\.orders) }
  /// The addresses, without host and query, that somebody asked for.
  var fetched: Set<String> { state.withLock(\.fetched) }

  /// Serves nobody any more.
  func close() { server.withLock { $0 = nil } }

  private func serve(_ client: RawConnection) {
    guard let (head, body) = client.readRequest() else { return }
    guard let end = head.firstRange(of: "\r\n") else { return }
    let isOrder = head.hasPrefix("POST")
    // The answer then ends where the connection does.
    var more = "\r\nConnection: close"
    if isOrder, !manners.sandboxFaults.isEmpty {
      more += "\r\nX-Sandbox-Fault: " + manners.sandboxFaults.joined(separator: ",")
    }
    // What is handed over is written down, so it may not be compressed.
    let rest = head[end.lowerBound...].replacing(
      /\r\nAccept-Encoding:[^\r]*/.ignoresCase(), with: "")
    let request = Array((head[..<end.lowerBound] + more + rest).utf8) + body
    if isOrder { order(request, head, from: client) } else { picture(request, head, from: client) }
  }

  // MARK: Orders

  private func order(_ request: [UInt8], _ head: String, from client: RawConnection) {
    let number = state.withLock { state in
      state.orders.append(Order(clientRequestID: Self.header("x-client-request-id", of: head)))
      return state.orders.count - 1
    }
    let fault = number < manners.orders.count ? manners.orders[number] : nil
    if case .refused(let status) = fault {
      state.withLock { $0.orders[number].wasRefused = true }
      client.send(Self.refusal(status))
      return
    }
    var left = Int.max
    var stall: Duration?
    switch fault {
    case .cut(let count): left = count
    case .stalled(let count, let pause), .stalledThenCut(let count, let pause):
      (left, stall) = (count, pause)
    case .odd(let seed): if answerOddly(request, number, seed: seed, to: client) { return }
    case .refused, nil: break
    }
    guard let sandbox = try? RawConnection(toPort: sandboxPort) else { return }
    defer { sandbox.close() }
    sandbox.send(request)
    var fed = sandbox.read(upTo: 1 << 16)
    while !fed.isEmpty {
      let piece = Array(fed.prefix(left))
      left -= piece.count
      // Before it is sent: what a client has can never be more than what is written down.
      state.withLock { $0.orders[number].passed += piece }
      guard client.send(piece) else { return }
      if left == 0 {
        if let stall { Self.pause(stall) }
        guard case .stalled = fault else { break }
        fed.removeFirst(piece.count)
        left = .max
        if !fed.isEmpty { continue }
      }
      Self.pause(manners.pace)
      fed = sandbox.read(upTo: 1 << 16)
    }
    // What was sent arrives, and then the end.
    client.endSending()
    client.readToEnd()
  }

  /// False where there is no picture to be handed over.
  private func answerOddly(
    _ request: [UInt8], _ number: Int, seed: UInt64, to client: RawConnection
  ) -> Bool {
    guard let answer = Self.ask(sandboxPort, request),
      let odd = OddReply(Array(Delivery.body(answer.head + answer.body)), seed: seed)
    else { return false }
    state.withLock { state in
      state.orders[number].odd = odd
      state.orders[number].passed = odd.body
    }
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: \(odd.contentType)\r\nConnection: close\r\n"
      + "Content-Length: \(odd.body.count)\r\n\r\n"
    client.send(Array(head.utf8) + odd.body)
    client.endSending()
    client.readToEnd()
    return true
  }

  private static func refusal(_ status: Int) -> String {
    let body = """
      {"error":{"code":"\(status == 429 ? "ModelAccountIpmRateLimitExceeded" : "InternalServiceError")",\
      "message":"A storm. Request id: 02storm","param":"","type":"TooManyRequests"}}
      """
    return """
      HTTP/1.1 \(status) Storm\r\nContent-Type: application/json\r\nRetry-After-Ms: 20\r\n\
      Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
      """
  }

  // MARK: Pictures

  private func picture(_ request: [UInt8], _ head: String, from client: RawConnection) {
    let target = head.split(separator: " ").dropFirst().first ?? ""
    let number = state.withLock { state in
      state.fetched.insert(String(target.prefix { $0 != "?" }))
      state.fetches += 1
      return state.fetches - 1
    }
    guard let answer = Self.ask(sandboxPort, request) else { return }
    let fault = number < manners.pictures.count ? manners.pictures[number] : nil
    let wire = answer.head + answer.body
    switch fault {
    case nil: client.send(wire)
    case .refused(let status):
      client.send(Self.refusal(status))
    case .cut(let count): client.send(Array(wire.prefix(count)))
    case .truncated: client.send(answer.claiming(0, sending: answer.body.count * 2 / 5))
    case .promisesMore: client.send(answer.claiming(1000, sending: answer.body.count))
    }
    client.endSending()
    client.readToEnd()
  }

  struct Answer {
    var head: [UInt8]
    var body: [UInt8]

    /// The same with another length than it has.
    func claiming(_ more: Int, sending count: Int) -> [UInt8] {
      let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        .filter { !$0.lowercased().hasPrefix("content-length:") }
      let length = "Content-Length: \(count + more)\r\n\r\n"
      return Array((lines.joined(separator: "\r\n") + "\r\n" + length).utf8) + body.prefix(count)
    }
  }

  /// Asks the sandbox and takes the whole answer.
  static func ask(_ port: Int, _ request: [UInt8]) -> Answer? {
    guard let sandbox = try? RawConnection(toPort: port) else { return nil }
    defer { sandbox.close() }
    sandbox.send(request)
    guard let head = sandbox.readHead() else { return nil }
    var body: [UInt8] = []
    while case let piece = sandbox.read(upTo: 1 << 16), !piece.isEmpty { body += piece }
    return Answer(head: Array(head.utf8), body: body)
  }

  static func header(_ name: String, of head: String) -> String {
    head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
      .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) } ?? ""
  }

  private static func pause(_ duration: Duration) {
    guard duration > .zero else { return }
    _ = try? Poll.wait(for: [], timeout: duration)
  }
}
