import Glibc
import Posix
import Synchronization

@testable import HTTP

/// A listener without manners: each connection is served by a script, byte by byte, so that tests
/// can stall, cut and lie.
final class RawServer: Sendable {
  let port: Int
  /// The heads of all requests that arrived, in order.
  let heads = Collected<String>()
  private let descriptor: Int32

  /// - Parameter script: Serves one connection on a thread of its own; it is closed afterwards.
  init(_ script: @escaping @Sendable (RawConnection) -> Void) throws {
    let descriptor = socket(
      AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw PosixFailure(number: errno) }
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
    guard isBound else { throw PosixFailure(number: errno) }
    port = Int(UInt16(bigEndian: address.sin_port))
    let heads = heads
    _ = try WorkThread {
      var number = 0
      while true {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else { break }
        let connection = RawConnection(descriptor: accepted, number: number, heads: heads)
        number += 1
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

  var url: String { "http://127.0.0.1:\(port)" }
}

/// One accepted connection.
struct RawConnection: Sendable {
  let descriptor: Int32
  /// Counts the connections from zero.
  let number: Int
  let heads: Collected<String>

  /// Reads up to the empty line; nil when the client closes first.
  @discardableResult
  func readHead() -> String? {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      var byte: UInt8 = 0
      guard unsafe read(descriptor, &byte, 1) == 1 else { return nil }
      head.append(byte)
    }
    let text = String(decoding: head, as: UTF8.self)
    heads.append(text)
    return text
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Reads and forgets until the client closes.
  func readToEnd() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while unsafe read(descriptor, &buffer, buffer.count) > 0 {}
  }
}
