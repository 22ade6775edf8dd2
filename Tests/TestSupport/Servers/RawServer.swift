internal import Glibc
internal import Posix

/// A listener without manners: each connection is served by a script, byte by byte, so that tests can
/// stall, cut and lie.
package final class RawServer: Sendable {
  package let port: Int
  /// The heads of all requests that arrived, in order.
  package let heads = Collected<String>()
  private let descriptor: Int32

  /// - Parameters:
  ///   - port: Where it listens; on a free port if zero.
  ///   - script: Serves one connection on a thread of its own; it is closed afterwards.
  package init(
    port wanted: Int = 0, _ script: @escaping @Sendable (RawConnection) -> Void
  ) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw TestFailure("no socket: errno \(errno)") }
    self.descriptor = descriptor
    // Of the first listener too: its connections hold the port for a minute otherwise.
    var yes: Int32 = 1
    _ = unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = RawConnection.loopback(port: wanted)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard isBound else { throw TestFailure("no socket to listen on: errno \(errno)") }
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

  package var url: String { "http://127.0.0.1:\(port)" }
}
