import Jobs
import Seedream

/// What of the jobs is worth a line of the service's log: every change of state, never a prompt.
struct JobLog {
  var write: (@Sendable (String) -> Void)?
  /// Of jobs that are not over.
  private var states: [String: JobPhase] = [:]

  mutating func apply(_ status: JobStatus) {
    guard let write, states[status.id] != status.state.phase else { return }
    // Fetching once more what is missing begins after the end.
    states[status.id] = status.state.isFinal ? nil : status.state.phase
    var line = "job \(status.id) \(status.state.word)"
    switch status.state {
    case .queued: line += ": \(status.modelName) by \(status.provider)"
    case .sending: line += ": attempt \(status.attempts)"
    default: break
    }
    if status.state.isFinal {
      line += ", \(status.pictures.count) of \(status.request.count) pictures"
      if let message = status.message { line += ": \(message)" }
    } else if let message = status.message {
      line += " (\(message))"
    }
    write(line)
  }
}

extension Studio {
  /// Tells what is worth a line of a log, from now on: jobs as they change, the trash. A sentence each,
  /// without keys and prompts; from any thread, and in order.
  package nonisolated func log(to write: @escaping @Sendable (String) -> Void) {
    hub.log(to: write)
  }
}
