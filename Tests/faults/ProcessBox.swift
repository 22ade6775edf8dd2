import Posix
import Synchronization

/// Shares one child process among threads.
final class ProcessBox: Sendable {
  private let process: Mutex<ChildProcess>

  init(_ process: consuming sending ChildProcess) {
    self.process = Mutex(process)
  }

  func withProcess<Value: Sendable>(_ body: (inout ChildProcess) -> sending Value) -> Value {
    process.withLock { body(&$0) }
  }
}
