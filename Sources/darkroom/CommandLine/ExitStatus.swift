import Posix

/// How the program ended, for scripts.
enum ExitStatus: Equatable {
  case done
  case failed
  case wrongUsage
  /// Some pictures of a set came, others were refused.
  case partlyDone
  /// The request left and no answer came: it may have been paid for.
  case unknownOutcome
  /// By a signal, after everything was said and given back: the process then ends by that signal.
  case signalled(Signal)

  /// What a shell finds in `$?`.
  var code: Int32 {
    switch self {
    case .done: 0
    case .failed: 1
    case .wrongUsage: 2
    case .partlyDone: 3
    case .unknownOutcome: 4
    case .signalled(let signal): 128 + signal.number
    }
  }
}
