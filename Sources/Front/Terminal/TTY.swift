import Glibc
import Posix
import Screen

/// The two descriptors of a terminal, one to read from and one to write to, both without waiting.
///
/// They are open files of their own, so that the shell that shares our standard ones is not made to
/// fail with EAGAIN.
struct TTY: ~Copyable {
  private let reader: FileDescriptor
  private let writer: FileDescriptor
  private var unsent: [UInt8] = []

  init(device: String?) throws(TerminalError) {
    if device == nil && (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
      let stream = isatty(STDOUT_FILENO) == 0 ? "output" : "input"
      throw TerminalError(
        code: .notATerminal,
        message: "Standard \(stream) is not a terminal: run darkroom in one, or use "
          + "`darkroom generate` to work without a screen.")
    }
    let own = try Self.open(device ?? "/proc/self/fd/\(STDOUT_FILENO)", O_WRONLY | O_NONBLOCK)
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
    // ncurses counts in 16 bits, and the canvas is as large as this.
    return Size(rows: min(Int(window.ws_row), 1000), columns: min(Int(window.ws_col), 1000))
  }

  /// What there is to read; nil once the line is gone.
  func read() -> [UInt8]? {
    let room = 16_384
    var bytes: [UInt8] = []
    while true {
      var (count, problem) = (0, Int32(0))
      let part = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        count = unsafe Glibc.read(input, buffer.baseAddress, room)
        problem = errno
        filled = max(0, count)
      }
      if count > 0 {
        bytes += part
        if count == room && bytes.count < 4 << 20 { continue }
        return bytes
      }
      if count < 0 && problem == EINTR { continue }
      if count < 0 && problem == EAGAIN { return bytes }
      return bytes.isEmpty ? nil : bytes
    }
  }

  /// Whether something written has not gone out yet: the line takes its bytes slowly, or none at all.
  var isBehind: Bool { !unsent.isEmpty }

  /// Writes what the line takes now, and keeps the rest for `flush()`.
  mutating func write(_ bytes: [UInt8]) {
    unsent += bytes
    flush()
  }

  mutating func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes what the line takes now. On a line that is gone, which reading will tell, all is dropped.
  mutating func flush() {
    while !unsent.isEmpty {
      let count = unsafe unsent.withUnsafeBytes { buffer in
        unsafe Glibc.write(output, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        unsent.removeFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        unsent = []
      }
    }
  }

  /// Waits until everything is written. A line that takes nothing for a second is not worth waiting
  /// for: what is left is dropped.
  mutating func finish() {
    flush()
    while isBehind {
      guard case .ready = try? Poll.wait(for: [], writable: [output], timeout: .seconds(1)) else {
        unsent = []
        return
      }
      flush()
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
