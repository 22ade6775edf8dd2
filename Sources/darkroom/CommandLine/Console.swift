import Glibc
import Posix
import Screen
import Synchronization

/// Standard output for data, standard error for narration.
enum Console {
  /// Writes one line of data.
  static func print(_ line: String) {
    write(line + "\n", to: STDOUT_FILENO)
  }

  /// Says something to the user, with control characters shown, not obeyed.
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
    let edge = columns(of: STDOUT_FILENO)
    for line in TableLayout(rows.map { $0.map { text in shown(text) } }, edge: nil).lines {
      print(edge.map { DisplayText.truncated(line, to: $0) } ?? line)
    }
  }

  /// Rows in columns whose last one is wrapped on a terminal, and from which others give way where it is narrow.
  /// - Parameter dispensable: The numbers of those that may, the first one first.
  static func report(_ rows: [[String]], dispensable: [Int] = []) {
    let layout = TableLayout(
      rows.map { $0.map { text in shown(text) } }, edge: columns(of: STDOUT_FILENO),
      dispensable: dispensable)
    for line in layout.lines { print(line) }
    if !layout.leftOut.isEmpty {
      narrate("left out, since the terminal is narrow: \(layout.leftOut.joined(separator: ", "))")
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

  /// Writes text as it is.
  static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes bytes as they are, and waits for a reader that is slow. What standard output does not take is
  /// remembered for `close`, and nothing more is written to it; a failing standard error does no harm.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    guard descriptor == STDOUT_FILENO else {
      try? StandardStream.error.write(bytes)
      return
    }
    failure.withLock { failure in
      guard failure == nil else { return }
      do throws(PosixError) {
        try StandardStream.output.write(bytes)
      } catch {
        failure = error
      }
    }
  }

  /// Why standard output has not got everything.
  private static let failure = Mutex<PosixError?>(nil)

  /// Holds the end of the program against what became of its output.
  ///
  /// Without a reader, as in `darkroom jobs | head -1`, it ends as other tools do: quietly, by SIGPIPE. A
  /// command that has failed keeps its own status, for that says more.
  static func close(_ status: ExitStatus) -> ExitStatus {
    var fault = failure.withLock(\.self)
    if fault == nil {
      do throws(PosixError) {
        try StandardStream.output.finish()
      } catch {
        fault = error
      }
    }
    guard let fault else { return status }
    if fault.code == PosixError.brokenPipe {
      return status == .done ? .signalled(.brokenPipe) : status
    }
    narrate("darkroom: \(fault)")
    return status == .done ? .failed : status
  }
}
