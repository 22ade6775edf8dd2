/// How the program ended, for scripts.
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case wrongUsage = 2
  /// Some pictures of a set came, others were refused.
  case partlyDone = 3
  /// The request left and no answer came: it may have been paid for.
  case unknownOutcome = 4
  case interrupted = 130
}
