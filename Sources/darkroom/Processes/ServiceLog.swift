import Gallery
import Posix
import Settings

/// What the service says of itself: into its log where somebody started it in the background, else on
/// standard error.
struct ServiceLog: Sendable {
  private let file: RotatingLog?

  /// - Parameter isDetached: Nobody reads what it says. Standard output and error go into the log too, for
  ///   what the runtime may say at its death.
  init(_ paths: Paths, isDetached: Bool) {
    guard isDetached else {
      file = nil
      return
    }
    try? paths.makeStateDirectory()
    file = try? RotatingLog(path: paths.serviceLog, takesStandardOutput: true)
  }

  func write(_ line: String) {
    if let file {
      file.write(line, at: Timestamp.now().description)
    } else {
      Console.narrate(line)
    }
  }
}
