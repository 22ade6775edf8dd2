import Glibc
import Posix
import TestSupport

@testable import Studio

/// A listener without manners: each connection is served by a script, so that a test can cut it where it
/// likes.
final class RawProvider: Sendable {
  let port: Int
  /// The heads of the requests that arrived whole, in order.
  let heads = Collected<String>()
  private let descriptor: Int32

  /// - Parameter script: Serves one connection on a thread of its own; it is closed afterwards.
  init(_ script: @escaping @Sendable (RawConnection) -> Void) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard isBound else { throw TestFailure("no socket to listen on") }
    port = Int(UInt16(bigEndian: address.sin_port))
    let heads = heads
    _ = try WorkThread {
      while true {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else { break }
        let connection = RawConnection(descriptor: accepted, heads: heads)
        let served = try? WorkThread {
          script(connection)
          close(accepted)
        }
        if served == nil { close(accepted) }
      }
      close(descriptor)
    }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  var connection: ProviderConnection {
    ProviderConnection(name: "raw", dialect: "ark", baseURL: "http://127.0.0.1:\(port)")
  }
}

/// One accepted connection.
struct RawConnection: Sendable {
  let descriptor: Int32
  let heads: Collected<String>

  /// Reads a request with its body; nil when the client closes first.
  @discardableResult
  func readRequest() -> String? {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      guard let byte = readByte() else { return nil }
      head.append(byte)
    }
    let text = String(decoding: head, as: UTF8.self)
    let length = text.split(separator: "\r\n")
      .first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
    for _ in 0..<(length ?? 0) {
      guard readByte() != nil else { return nil }
    }
    heads.append(text)
    return text
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    _ = unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  private func readByte() -> UInt8? {
    var byte: UInt8 = 0
    return unsafe read(descriptor, &byte, 1) == 1 ? byte : nil
  }
}
