import Glibc
import Synchronization

/// A socket that listens. libmicrohttpd closes its descriptor unless it has handed it back; the socket file
/// is removed here.
final class ListeningSocket: Sendable {
  let descriptor: Int32
  /// Zero for a Unix socket.
  let port: Int
  /// The address for people.
  let shown: String
  private let file: SocketFile?
  private let handedBack = Atomic<Bool>(false)

  init(_ listener: HTTPListener) throws(HTTPError) {
    switch listener {
    case .tcp(let host, let port):
      shown = "\(host):\(port)"
      descriptor = try Self.listen(host: host, port: port, shown: shown)
      self.port = Self.boundPort(descriptor)
      file = nil
    case .unixSocket(let path):
      shown = path
      let (descriptor, file) = try SocketFile.listen(path)
      self.descriptor = descriptor
      self.file = file
      port = 0
    }
  }

  /// Refuses whoever connects from now on, whichever process has a copy of the descriptor (unix(7)).
  func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Whether the descriptor is to be closed here.
  var isHandedBack: Bool { handedBack.load(ordering: .sequentiallyConsistent) }

  func handBack() { handedBack.store(true, ordering: .sequentiallyConsistent) }

  func closeIfHandedBack() { if isHandedBack { close(descriptor) } }

  /// Removes the socket file, if it is still this server's own.
  func removeFile() { file?.remove() }

  private static func listen(host: String, port: Int, shown: String) throws(HTTPError) -> Int32 {
    guard (0...65_535).contains(port) else {
      throw HTTPError(.server(.refused(EINVAL)), "There is no port \(port).", context: shown)
    }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var first: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &first)
    guard code == 0 else {
      throw HTTPError(
        .couldNotResolve,
        "The host to listen on is not known: \(unsafe String(cString: gai_strerror(code))).",
        context: shown)
    }
    defer { unsafe freeaddrinfo(first) }
    var failure = EADDRNOTAVAIL
    var candidate = unsafe first
    while let address = unsafe candidate {
      unsafe candidate = address.pointee.ai_next
      let descriptor = unsafe socket(
        address.pointee.ai_family,
        Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
      guard descriptor >= 0 else {
        failure = errno
        continue
      }
      var on: Int32 = 1
      unsafe setsockopt(
        descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout.size(ofValue: on)))
      if unsafe bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0,
        Glibc.listen(descriptor, SOMAXCONN) == 0
      {
        return descriptor
      }
      failure = errno
      close(descriptor)
    }
    throw refusal(failure, shown)
  }

  static func refusal(_ number: Int32, _ shown: String) -> HTTPError {
    if number == EADDRINUSE {
      return HTTPError(
        .server(.inUse), "Something listens there already; stop it or choose another place.",
        context: shown)
    }
    return HTTPError(
      .server(.refused(number)),
      "The system does not let us listen there: \(unsafe String(cString: strerror(number))).",
      context: shown)
  }

  private static func boundPort(_ descriptor: Int32) -> Int {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout.size(ofValue: address))
    return unsafe withUnsafeMutablePointer(to: &address) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = unsafe getsockname(descriptor, generic, &length)
      }
      // The port lies at the same place for IPv4 and IPv6.
      return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        unsafe Int(UInt16(bigEndian: $0.pointee.sin_port))
      }
    }
  }
}
