import Glibc

/// A path in the form the socket calls take.
@safe struct UnixAddress {
  /// What fits beside the NUL; see unix(7).
  static var capacity: Int { MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1 }

  private var address = sockaddr_un()

  init?(_ path: String) {
    guard !path.isEmpty, path.utf8.count <= Self.capacity, !path.utf8.contains(0) else {
      return nil
    }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
  }

  /// A new socket that never waits, close-on-exec; negative where there is none, with `errno`.
  static func socket() -> Int32 {
    Glibc.socket(
      AF_UNIX,
      Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
  }

  func bind(_ descriptor: Int32) -> Bool {
    unsafe call { unsafe Glibc.bind(descriptor, $0, $1) }
  }

  func connect(_ descriptor: Int32) -> Bool {
    unsafe call { unsafe Glibc.connect(descriptor, $0, $1) }
  }

  private func call(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Bool {
    unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
