import CMicrohttpd
import Synchronization

/// Puts one connection of libmicrohttpd to sleep and wakes it again.
///
/// Suspending is allowed in libmicrohttpd's callbacks only, resuming anywhere, both only while the
/// request is not complete: `close()` marks that.
final class ConnectionGate: Sendable {
  private struct State {
    var connection: ForeignHandle?
    var isSuspended = false
  }

  private let state: Mutex<State>

  init(_ connection: ForeignHandle) { state = Mutex(State(connection: connection)) }

  /// Lets libmicrohttpd forget the connection until `resume()`; false when it is complete.
  func suspend() -> Bool {
    state.withLock { state in
      guard let connection = state.connection else { return false }
      if !state.isSuspended { unsafe MHD_suspend_connection(connection.opaque) }
      state.isSuspended = true
      return true
    }
  }

  /// Makes libmicrohttpd ask again; nothing if it is not suspended.
  func resume() {
    state.withLock { state in
      guard state.isSuspended, let connection = state.connection else { return }
      state.isSuspended = false
      unsafe MHD_resume_connection(connection.opaque)
    }
  }

  /// The connection is libmicrohttpd's alone from now on.
  func close() { state.withLock { $0 = State() } }
}
