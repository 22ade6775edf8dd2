import Glibc
import Screen

/// Standard output for data, standard error for narration.
enum Console {
  /// Writes one line of data.
  static func print(_ line: String) {
    write(line + "\n", to: STDOUT_FILENO)
  }

  /// Says something to the person, with control characters shown, not obeyed.
  static func narrate(_ line: String) {
    write(TextWidth.escaped(line) + "\n", to: STDERR_FILENO)
  }

  /// Writes text as it is. A reader that has gone away is no error of ours.
  static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes bytes as they are. A reader that has gone away is no error of ours.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      rest = rest.dropFirst(count)
    }
  }
}
