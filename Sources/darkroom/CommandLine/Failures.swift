import Gallery
import Gateway
import HTTP
import Posix
import Settings
import Studio
import Terminal

/// Errors of every room as one sentence for a user.
enum Failures {
  static func sentence(_ error: any Error) -> String {
    switch error {
    case let error as CommandFailure: error.message
    case let error as UsageError: error.message
    case let error as StudioError: CommandFailure(error).message
    case let error as GalleryError: error.message
    case let error as HTTPError: error.message
    case let error as TerminalError: error.message
    case let error as GatewayError: error.message
    case let error as SettingsError: error.description
    case let error as KeyError: error.description
    case let error as PosixError: error.description
    default: "\(error)"
    }
  }

  /// What to try instead, where there is something.
  static func hint(_ error: any Error) -> String? {
    switch error {
    case let error as CommandFailure: error.hint
    case let error as UsageError: error.hint
    case let error as StudioError: CommandFailure(error).hint
    default: nil
    }
  }
}
