import CVTerm
import Glibc
package import Screen

/// Both ends of a pseudo-terminal: the test writes and reads one, a program lives on the other.
///
/// The program's end is held open too, so that reading goes on after the program ended and its
/// terminal modes can be looked at.
package final class PseudoTerminal {
  private let controller: Int32
  private let device: Int32
  private var isOpen = true
  /// The path of the program's end, as `/dev/pts/3`.
  package let devicePath: String

  package init(size: Size) throws {
    var ends: (controller: Int32, device: Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    guard unsafe openpty(&ends.controller, &ends.device, &name, nil, nil) == 0 else {
      throw TestFailure("no pseudo-terminal: errno \(errno)")
    }
    controller = ends.controller
    device = ends.device
    devicePath = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    for descriptor in [controller, device] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    resize(to: size)
  }

  deinit { hangUp() }

  /// Closes both ends: whoever lives on the terminal is told SIGHUP, and reads and writes no more.
  package func hangUp() {
    guard isOpen else { return }
    isOpen = false
    close(device)
    close(controller)
  }

  /// The test's end, readable when the program wrote something.
  package var descriptor: Int32 { controller }

  /// The program's end.
  package var deviceDescriptor: Int32 { device }

  /// Sets the size and, where it changed, lets the kernel tell the program.
  package func resize(to size: Size) {
    var window = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(controller, UInt(TIOCSWINSZ), &window)
  }

  /// The modes of the line, for comparing before and after.
  package var modes: TerminalModes {
    var attributes = termios()
    unsafe tcgetattr(device, &attributes)
    return TerminalModes(
      input: attributes.c_iflag, output: attributes.c_oflag, control: attributes.c_cflag,
      local: attributes.c_lflag)
  }

  /// Types bytes at the program.
  package func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.write(controller, buffer.baseAddress, buffer.count)
      }
      guard written > 0 || errno == EINTR else {
        throw TestFailure("cannot write to the pseudo-terminal: errno \(errno)")
      }
      rest = rest.dropFirst(max(0, written))
    }
  }

  /// Writes from the program's end until the line takes no more.
  package func fill() throws {
    let file = unsafe open(devicePath, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw TestFailure("no way to the pseudo-terminal: errno \(errno)") }
    defer { close(file) }
    let bytes = [UInt8](repeating: 0x20, count: 4096)
    for size in [4096, 1] {
      while unsafe Glibc.write(file, bytes, size) > 0 {}
    }
  }

  /// What the program wrote; waits at most `timeout` for the first byte of it, and is empty then.
  package func read(timeout: Duration) -> [UInt8] {
    var polled = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&polled, 1, timeout.milliseconds) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(controller, buffer.baseAddress, buffer.count)
    }
    return Array(bytes.prefix(max(0, count)))
  }
}

/// The modes of a terminal line (termios(3)).
package struct TerminalModes: Equatable, Sendable {
  package var input: UInt32
  package var output: UInt32
  package var control: UInt32
  package var local: UInt32

  /// Whether lines are edited and echoed by the kernel, as a shell expects.
  package var isCooked: Bool {
    local & UInt32(ICANON) != 0 && local & UInt32(ECHO) != 0 && local & UInt32(ISIG) != 0
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, for poll(2).
  var milliseconds: Int32 {
    let (seconds, attoseconds) = components
    return Int32(
      clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
