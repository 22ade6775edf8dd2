import Posix
import Synchronization
import TestSupport

extension Relay {
  func picture(_ request: [UInt8], _ head: String, from client: RawConnection) {
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

  static func pause(_ duration: Duration) {
    guard duration > .zero else { return }
    _ = try? Poll.wait(for: [], timeout: duration)
  }
}
