internal import CPosix
internal import Glibc

/// A running child and the right to wait for it; killed and reaped if it goes away before its end.
///
/// `run` and `spawnDetached` cover the usual cases.
package struct ChildProcess: ~Copyable, Sendable {
  /// Where the child stands towards its parent.
  package enum Session: Equatable, Sendable {
    /// In the parent's process group: Ctrl-C in the terminal reaches both.
    case inherited
    /// In a group of its own, which `kill` reaches with all it has started.
    case ownGroup
    /// Leader of a session whose terminal is its standard input.
    case onTerminal
  }

  /// The process id; meaningful until `wait` has returned.
  package let identifier: Int32
  private let session: Session
  private let exit: FileDescriptor
  private var status: TerminationStatus?

  /// Starts a program, and returns once it runs.
  ///
  /// - Parameters:
  ///   - input: Becomes standard input; stays open here and belongs to the caller, like the others.
  ///   - output: Becomes standard output.
  ///   - error: Becomes standard error.
  /// - Throws: What fork, exec or a limit failed with, `ENOENT` for a program that is not there.
  package init(
    _ command: ProcessSpec, input: Int32, output: Int32, error: Int32, session: Session = .ownGroup
  ) throws(PosixError) {
    let standing =
      switch session {
      case .inherited: cposix_session_inherited
      case .ownGroup: cposix_session_own_group
      case .onTerminal: cposix_session_on_terminal
      }
    let child = try command.spawn(input: input, output: output, error: error, session: standing)
    do throws(PosixError) {
      exit = FileDescriptor(
        owning: try PosixError.check("watch", path: command.executable) {
          cposix_process_descriptor(child)
        })
    } catch {
      Glibc.kill(child, SIGKILL)
      _ = try? Self.reap(child)
      throw error
    }
    identifier = child
    self.session = session
  }

  deinit {
    if status == nil {
      Glibc.kill(session == .inherited ? identifier : -identifier, SIGKILL)
      _ = try? Self.reap(identifier)
    }
  }

  /// For `Poll.wait`: readable once the child has ended, pidfd_open(2).
  package var exitDescriptor: Int32 { exit.number }

  /// Bytes of memory that the child has now, proc_pid_statm(5); nil where it does not run.
  package var residentBytes: Int? {
    guard let text = try? FileSystem.read("/proc/\(identifier)/statm", limit: 1 << 10) else {
      return nil
    }
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    return fields.dropFirst().first.flatMap { Int($0) }.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
  }

  /// Sends a signal to the child, and to its group if it has its own. Nothing happens after its end.
  package func send(_ signal: Signal) {
    send(signal.number)
  }

  /// Ends the child at once, without asking.
  package func kill() {
    send(SIGKILL)
  }

  private func send(_ number: Int32) {
    guard status == nil else { return }
    Glibc.kill(session == .inherited ? identifier : -identifier, number)
  }

  /// Blocks until the child has ended. May be called again.
  package mutating func wait() throws(PosixError) -> TerminationStatus {
    if let status { return status }
    let ended = try Self.reap(identifier)
    status = ended
    return ended
  }

  private static func reap(_ child: Int32) throws(PosixError) -> TerminationStatus {
    var status: Int32 = 0
    _ = try PosixError.check("wait for process \(child)") { unsafe waitpid(child, &status, 0) }
    return TerminationStatus(waitStatus: status)
  }
}
