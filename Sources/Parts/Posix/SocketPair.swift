private import CPosix
internal import Glibc

/// Two stream sockets that are connected with one another, close-on-exec, socketpair(2). The one end is for a
/// child, as its standard input.
package struct SocketPair: ~Copyable, Sendable {
  package let ours: FileDescriptor
  package let theirs: FileDescriptor

  package init() throws(PosixError) {
    var numbers: [Int32] = [-1, -1]
    _ = try PosixError.check("make a pair of sockets") { unsafe cposix_socket_pair(&numbers) }
    ours = FileDescriptor(owning: numbers[0])
    theirs = FileDescriptor(owning: numbers[1])
  }

  /// Closes the end of the child, once it has its copy, and gives the other away.
  package consuming func keepOurs() -> FileDescriptor { ours }
}

extension FileDescriptor {
  /// Sends all bytes over a socket of this machine, and never waits.
  ///
  /// - Parameter file: The other end gets a descriptor of the same open file with the first byte
  ///   (SCM_RIGHTS, unix(7)).
  /// - Throws: `EAGAIN` where they do not fit into the socket at once, `EPIPE` where nobody is there.
  package func send(_ bytes: [UInt8], lending file: Int32? = nil) throws(PosixError) {
    let number = number
    let sent = try PosixError.check("send") {
      unsafe bytes.withUnsafeBytes {
        unsafe cposix_send(number, $0.baseAddress, $0.count, file ?? -1)
      }
    }
    if sent != bytes.count { throw PosixError("send", code: EAGAIN) }
  }

  /// Receives once, at most `limit` bytes; empty at the end of the stream.
  ///
  /// - Parameter file: Becomes the descriptor that came with them, close-on-exec; stays as it is where none did.
  package func receive(upTo limit: Int, file: inout FileDescriptor?) throws(PosixError) -> [UInt8] {
    let number = number
    var bytes = [UInt8](repeating: 0, count: limit)
    var descriptor: Int32 = -1
    let count = try PosixError.check("receive") {
      unsafe bytes.withUnsafeMutableBytes {
        unsafe cposix_receive(number, $0.baseAddress, $0.count, &descriptor)
      }
    }
    if descriptor >= 0 { file = FileDescriptor(owning: descriptor) }
    return Array(bytes.prefix(count))
  }
}
