import Glibc
import Posix
import Screen

/// The two descriptors of a terminal: one to write to, and one of its own to read from without waiting.
///
/// They are separate open files, so that what is read without waiting does not make writes fail with
/// EAGAIN, here or in the shell that shares ours.
struct TerminalLine: ~Copyable {
  private let reader: FileDescriptor
  private let writer: FileDescriptor

  init(device: String?) throws(TerminalError) {
    if device == nil && (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
      let stream = isatty(STDOUT_FILENO) == 0 ? "output" : "input"
      throw TerminalError(
        code: .notATerminal,
        message: "Standard \(stream) is not a terminal: run darkroom in one, or use "
          + "`darkroom generate` to work without a screen.")
    }
    let own = try Self.open(device ?? "/proc/self/fd/\(STDOUT_FILENO)", O_WRONLY)
    reader = try Self.open(device ?? Self.controllingTerminal(), O_RDONLY | O_NONBLOCK)
    writer = own
  }

  var input: Int32 { reader.number }
  var output: Int32 { writer.number }

  /// The size the kernel has for the line; nil where it has none.
  var size: Size? {
    var window = winsize()
    guard unsafe ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0
    else { return nil }
    return Size(rows: Int(window.ws_row), columns: Int(window.ws_col))
  }

  /// What there is to read; nil once the line is gone.
  func read() -> [UInt8]? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe part.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(input, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        bytes += part[..<count]
        if count == part.count && bytes.count < 4 << 20 { continue }
        return bytes
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN { return bytes }
      return bytes.isEmpty ? nil : bytes
    }
  }

  /// Writes all of it; gives up silently when the line is gone, which reading will tell.
  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.write(output, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&ready, 1, -1)
      } else if errno != EINTR {
        return
      }
    }
  }

  private static func controllingTerminal() -> String {
    // Without a controlling terminal /dev/tty cannot be opened, though standard output may be one.
    (try? open("/dev/tty", O_RDONLY)) == nil ? "/proc/self/fd/\(STDOUT_FILENO)" : "/dev/tty"
  }

  private static func open(_ path: String, _ flags: Int32) throws(TerminalError) -> FileDescriptor {
    let number = unsafe Glibc.open(path, flags | O_NOCTTY | O_CLOEXEC)
    guard number >= 0 else {
      let error = PosixError("open the terminal", path: path, code: errno)
      throw TerminalError(code: .system(error.code), message: "\(error)")
    }
    return FileDescriptor(owning: number)
  }
}
