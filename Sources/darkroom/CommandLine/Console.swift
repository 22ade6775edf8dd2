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
    write(DisplayText.visible(line) + "\n", to: STDERR_FILENO)
  }

  /// Text of strangers on a line of ours: control characters are shown, not obeyed.
  static func shown(_ text: String) -> String {
    DisplayText.visible(text)
  }

  /// A path as data: as it is for a program that reads it, shown on a terminal.
  static func shown(path: String) -> String {
    isatty(STDOUT_FILENO) == 1 ? DisplayText.visible(path) : path
  }

  /// Rows in columns as wide as they must be; on a terminal cut at its edge.
  static func table(_ rows: [[String]]) {
    let rows = rows.map { $0.map { text in shown(text) } }
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
    }
    let edge = self.columns(of: STDOUT_FILENO)
    for row in rows {
      var line = ""
      for (column, text) in row.enumerated() {
        line += text
        guard column + 1 < row.count else { break }
        line += String(repeating: " ", count: widths[column] - TextWidth.columns(of: text) + 2)
      }
      print(edge.map { DisplayText.truncated(line, to: $0) } ?? line)
    }
  }

  /// How wide the terminal behind a descriptor is, in cells; nil where it is none or does not know.
  static func columns(of descriptor: Int32) -> Int? {
    var window = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else {
      return nil
    }
    return Int(window.ws_col)
  }

  /// Writes text as it is. A reader that has gone away is no error of ours.
  static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes bytes as they are. A reader that has gone away is no error of ours.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      rest = rest.dropFirst(count)
    }
  }
}
