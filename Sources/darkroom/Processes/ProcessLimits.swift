import Gallery
import Posix

/// The least that a process of the program needs of what the shell lets it have (`ulimit`). Held against before
/// anything is sent: what cannot be saved afterwards is paid for all the same.
enum ProcessLimits {
  /// Raises what may be raised for a command, and for whatever it becomes.
  static func raise() { ThisProcess.raiseLimits(descriptors: 1024) }

  /// - Throws: `CommandFailure` where a command, or the front end, cannot even ask the service.
  static func checkOfCommand() throws {
    if let fault = ThisProcess.limitFault(descriptors: 48, fileBytes: 1 << 20) {
      throw CommandFailure(fault)
    }
  }

  /// For who takes pictures in, the service and the gateway, for everybody and for long.
  /// - Throws: `CommandFailure`.
  static func check() throws {
    ThisProcess.raiseLimits()
    let fault = ThisProcess.limitFault(
      descriptors: 256, fileBytes: GalleryWriter.maximumPictureBytes)
    if let fault { throw CommandFailure(fault) }
  }
}
