internal import Glibc

/// One end of a connection on loopback, without a protocol; whoever made it closes it.
package struct RawConnection: Sendable {
  package let descriptor: Int32
  /// Counts the connections of a server from zero.
  package let number: Int
  private let heads: Collected<String>?

  init(descriptor: Int32, number: Int, heads: Collected<String>) {
    self.descriptor = descriptor
    self.number = number
    self.heads = heads
  }

  /// Connects to a server on this machine.
  package init(toPort port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    number = 0
    heads = nil
    var address = Self.loopback(port: port)
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isConnected = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.connect(descriptor, address, length) == 0
      }
    }
    guard isConnected else {
      let code = errno
      close()
      throw TestFailure("nobody listens on port \(port): errno \(code)")
    }
  }

  package func close() { _ = Glibc.close(descriptor) }

  /// Has the connection end without an order: what was sent and not read yet is lost (RST).
  package func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
  }

  /// Sends no more; what was sent arrives, and then the end.
  package func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  // MARK: Reading

  /// Reads up to the empty line; nil when the client closes first.
  @discardableResult
  package func readHead() -> String? {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      var byte: UInt8 = 0
      guard unsafe Glibc.read(descriptor, &byte, 1) == 1 else { return nil }
      head.append(byte)
    }
    let text = String(decoding: head, as: UTF8.self)
    heads?.append(text)
    return text
  }

  /// Reads a request with its body; nil when the client closes first.
  @discardableResult
  package func readRequest() -> (head: String, body: [UInt8])? {
    guard let head = readHead() else { return nil }
    let length = head.split(separator: "\r\n")
      .first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
    var body: [UInt8] = []
    while body.count < length ?? 0 {
      let piece = read(upTo: (length ?? 0) - body.count)
      if piece.isEmpty { return nil }
      body += piece
    }
    return (head, body)
  }

  /// What comes next, at most so many bytes; empty at the end.
  package func read(upTo count: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: min(count, 1 << 16))
    let got = unsafe Glibc.read(descriptor, &buffer, buffer.count)
    return Array(buffer.prefix(max(got, 0)))
  }

  /// Reads and forgets until the client closes.
  package func readToEnd() {
    while !read(upTo: 4096).isEmpty {}
  }

  // MARK: Writing

  package func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends all bytes; false when nobody takes them.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    return address
  }
}
