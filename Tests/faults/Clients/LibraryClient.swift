import FoundationEssentials
import Posix
import Synchronization
import TestSupport

/// Asks a gateway as a library does, with its own tries: once and twice more at 408, 409, 429, every 5xx, a
/// line that breaks and an answer that does not come in time.
///
/// The rules are those of openai 3.52 and volcengine-ark-runtime 5.0.54 (`_base_client.py`), and of
/// curl --retry 2 (curl(1)); the libraries themselves are driven by `make interop`.
final class LibraryClient: Sendable, CustomStringConvertible {
  enum Kind: String, CaseIterable, Sendable {
    /// Heeds `X-Should-Retry` and counts its tries in a header.
    case openai
    /// Heeds it and counts nothing.
    case ark
    /// Heeds nothing.
    case curl
  }

  /// What came at last.
  struct Answer: Sendable {
    var status = 0
    /// Head and body.
    var wire: [UInt8] = []

    var isSuccess: Bool { (200..<300).contains(status) }
  }

  let send: Send
  private let kind: Kind
  private let port: Int
  private let patience: Duration
  private let thread = Mutex<WorkThread?>(nil)
  private let state = Mutex<(answer: Answer, tries: Int)>((Answer(), 0))

  init(_ kind: Kind, of send: Send, port: Int, patience: Duration) {
    (self.kind, self.send, self.port, self.patience) = (kind, send, port, patience)
  }

  var answer: Answer { state.withLock(\.answer) }

  var description: String {
    let (answer, tries) = state.withLock { ($0.answer, $0.tries) }
    let start = String(decoding: answer.wire.prefix(600), as: UTF8.self)
    return "\(kind.rawValue) with '\(send.prompt)' after \(tries) tries: \(start)"
  }

  /// Begins to ask, on a thread of its own.
  func start() throws {
    try thread.withLock { $0 = try WorkThread { self.ask() } }
  }

  /// Waits until it asks no more.
  func wait() {
    guard let thread = thread.withLock({ $0.take() }) else { return }
    thread.join()
  }

  private func ask() {
    for number in 0...2 {
      let answer = attempt(number)
      state.withLock { $0 = (answer, number + 1) }
      guard isAskedAgain(answer) else { return }
      _ = try? Poll.wait(for: [], timeout: .milliseconds(500 << number))
    }
  }

  private func isAskedAgain(_ answer: Answer) -> Bool {
    let head = String(
      decoding: answer.wire.prefix(while: { $0 != 0x7B }), as: UTF8.self
    ).lowercased()
    if kind == .curl {
      return [0, 408, 429, 500, 502, 503, 504, 522, 524].contains(answer.status)
    }
    if head.contains("x-should-retry: true") { return true }
    if head.contains("x-should-retry: false") { return false }
    return answer.status == 0 || [408, 409, 429].contains(answer.status) || answer.status >= 500
  }

  /// One try; the status is 0 where no whole answer comes in time.
  private func attempt(_ number: Int) -> Answer {
    guard let connection = try? RawConnection(toPort: port) else { return Answer() }
    defer { connection.close() }
    let body = """
      {"model":"seedream-4-0-250828","prompt":"\(send.prompt)","size":"1024x1024",\
      "response_format":"\(send.isInline ? "b64_json" : "url")"}
      """
    let path = kind == .openai ? "/v1" : "/api/v3"
    let count = kind == .openai ? "x-stainless-retry-count: \(number)\r\n" : ""
    connection.send(
      "POST \(path)/images/generations HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept: */*\r\n"
        + "Content-Type: application/json\r\nAuthorization: Bearer k\r\n\(count)"
        + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    var wire: [UInt8] = []
    let end = ContinuousClock.now + patience
    while true {
      let left = end - ContinuousClock.now
      guard left > .zero, let outcome = try? Poll.wait(for: [connection.descriptor], timeout: left),
        outcome != .timedOut
      else { return Answer() }
      let piece = connection.read(upTo: 1 << 16)
      if piece.isEmpty { break }
      wire += piece
    }
    return isWhole(wire) ? Answer(status: status(of: wire), wire: wire) : Answer(wire: wire)
  }

  private func status(of wire: [UInt8]) -> Int {
    let line = String(decoding: wire.prefix { $0 != 0x0D }, as: UTF8.self)
    return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  /// By its length or its last chunk.
  private func isWhole(_ wire: [UInt8]) -> Bool {
    guard let end = Data(wire).firstRange(of: Data("\r\n\r\n".utf8)) else { return false }
    let head = String(decoding: wire[..<end.lowerBound], as: UTF8.self).lowercased()
    if head.contains("transfer-encoding: chunked") {
      return wire.suffix(5).elementsEqual("0\r\n\r\n".utf8)
    }
    guard let match = head.firstMatch(of: /content-length: *(\d+)/), let length = Int(match.1)
    else { return true }
    return wire.count - end.upperBound == length
  }
}
