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
    /// What was asked for.
    var asked: AskedFor
    /// How many pictures the provider says that it has drawn; nil while it draws.
    var generated: Int?
    /// How often it was asked what became of it.
    var polls = 0
    /// Whether all of its answer was handed over, and nothing was wrong with it.
    var wasHandedOver = false
    /// What it is answered once it is drawn.
    var ready: [UInt8] = []
  }

  struct State {
    var orders: [Order] = []
    var fetched: Set<String> = []
    var fetches = 0
  }

  let manners: Manners
  let sandboxPort: Int
  let state = Mutex(State())
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

  /// Serves nobody for a while: connections are refused.
  func rest(_ duration: Duration) {
    let port = port
    close()
    Self.pause(duration)
    // Until the system gives the port back.
    for _ in 0..<400 {
      if let new = try? RawServer(port: port, { [weak self] in self?.serve($0) }) {
        return server.withLock { $0 = new }
      }
      Self.pause(.milliseconds(50))
    }
  }

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
    if head.contains("/getGenerationResults") {
      answerPoll(body, to: client)
    } else if isOrder {
      order(request, head, body, from: client)
    } else {
      picture(request, head, from: client)
    }
  }

  // MARK: Orders

  private func order(
    _ request: [UInt8], _ head: String, _ body: [UInt8], from client: RawConnection
  ) {
    let asked = AskedFor(body)
    let number = state.withLock { state in
      state.orders.append(
        Order(clientRequestID: Self.header("x-client-request-id", of: head), asked: asked))
      return state.orders.count - 1
    }
    if head.contains("/getEditMultiImage") { return accept(number, from: client) }
    let fault = number < manners.orders.count ? manners.orders[number] : nil
    switch fault {
    case .refused(let status):
      refuse(number)
      return client.send(Self.refusal(status))
    case .said(let status, let words, let isFree):
      if isFree { refuse(number) } else { draw(number, asked.count) }
      return client.send(Self.reply(status, words))
    case .reset:
      draw(number, asked.count)
      return client.reset()
    default: break
    }
    var left = Int.max
    var stall: Duration?
    switch fault {
    case .cut(let count): left = count
    case .stalled(let count, let pause), .stalledThenCut(let count, let pause):
      (left, stall) = (count, pause)
    case .odd(let seed): if answerOddly(request, number, seed: seed, to: client) { return }
    case .slow(let pause): Self.pause(pause)
    default: break
    }
    guard let sandbox = try? RawConnection(toPort: sandboxPort) else { return }
    defer { sandbox.close() }
    sandbox.send(request)
    var whole: [UInt8] = []
    // Whatever became of the line, the provider draws on, and bills it.
    defer {
      while case let rest = sandbox.read(upTo: 1 << 16), !rest.isEmpty { whole += rest }
      draw(number, Delivery(whole).generated)
    }
    var fed = sandbox.read(upTo: 1 << 16)
    while !fed.isEmpty {
      whole += fed
      let piece = Array(fed.prefix(left))
      left -= piece.count
      // Before it is sent: what a client has can never be more than what is written down.
      state.withLock { $0.orders[number].passed += piece }
      guard client.send(piece) else { return }
      if left == 0 {
        if let stall { Self.pause(stall) }
        guard case .stalled = fault else { break }
        let rest = Array(fed.dropFirst(piece.count))
        left = .max
        if !rest.isEmpty {
          state.withLock { $0.orders[number].passed += rest }
          guard client.send(rest) else { return }
        }
      }
      Self.pause(manners.pace)
      fed = sandbox.read(upTo: 1 << 16)
    }
    if fault == nil { state.withLock { $0.orders[number].wasHandedOver = true } }
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
      state.orders[number].generated = odd.generated
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

  private func refuse(_ number: Int) {
    state.withLock { state in
      state.orders[number].wasRefused = true
      state.orders[number].generated = 0
    }
  }

  func draw(_ number: Int, _ count: Int) { state.withLock { $0.orders[number].generated = count } }

  static func reply(_ status: Int, _ body: String) -> String {
    let type = body.hasPrefix("<") ? "text/html" : "application/json"
    return "HTTP/1.1 \(status) So\r\nContent-Type: \(type)\r\nConnection: close\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static func refusal(_ status: Int) -> String {
    let body = """
      {"error":{"code":"\(status == 429 ? "ModelAccountIpmRateLimitExceeded" : "InternalServiceError")",\
      "message":"A storm. Request id: 02storm","param":"","type":"TooManyRequests"}}
      """
    return """
      HTTP/1.1 \(status) Storm\r\nContent-Type: application/json\r\nRetry-After-Ms: 20\r\n\
      Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
      """
  }
}
