internal import Glibc

/// How a process ended.
package enum TerminationStatus: Equatable, Sendable {
  /// By itself; 0 means success.
  case exited(Int32)
  /// Killed by a signal of this number.
  case signalled(Int32)

  /// Takes the status of wait(2) apart; only for a process that has ended.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xFF) : .signalled(signal)
  }

  package var isSuccess: Bool { self == .exited(0) }
}

extension TerminationStatus: CustomStringConvertible {
  /// `exit status 3`, `signal 9 (killed)`.
  package var description: String {
    switch self {
    case .exited(let code): return "exit status \(code)"
    case .signalled(let number):
      guard let text = unsafe strsignal(number) else { return "signal \(number)" }
      return unsafe "signal \(number) (\(String(cString: text).lowercased()))"
    }
  }
}
