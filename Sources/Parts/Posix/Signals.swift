private import CPosix
internal import Glibc

/// A signal that a poll loop may want to hear of.
package enum Signal: CaseIterable, Hashable, Sendable {
  case windowChange, terminate, hangUp, interrupt, quit, terminalStop, `continue`, brokenPipe

  /// The number in signal(7).
  package var number: Int32 {
    switch self {
    case .windowChange: SIGWINCH
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .interrupt: SIGINT
    case .quit: SIGQUIT
    case .terminalStop: SIGTSTP
    case .continue: SIGCONT
    case .brokenPipe: SIGPIPE
    }
  }

  /// Sends the signal to a process, kill(2), or to a whole group by its negative id.
  package func send(to process: Int32) throws(PosixError) {
    _ = try PosixError.check("signal process \(process)") { kill(process, number) }
  }
}

/// Signals as values for a poll loop, signalfd(2), instead of handlers that interrupt anything.
///
/// Make one at the start of the program, on the main thread and before any other thread: threads
/// inherit the mask, and one thread without it would take the signal in the usual way.
package struct Signals: ~Copyable, Sendable {
  private let file: FileDescriptor

  /// Blocks the signals in this thread and those it starts, and ignores SIGPIPE.
  ///
  /// A signal that is ignored stays so and is not heard of: nohup(1) means what it says.
  package init(
    _ signals: Set<Signal> = Set(Signal.allCases).subtracting([.brokenPipe])
  ) throws(PosixError) {
    Self.ignoreBrokenPipes()
    let numbers = signals.map(\.number).filter { !cposix_is_ignored($0) }
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for number in numbers { unsafe sigaddset(&mask, number) }
    let code = unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    if code != 0 { throw PosixError("block signals", code: code) }
    let descriptor = try PosixError.check("receive signals") {
      unsafe cposix_signal_descriptor(numbers, numbers.count)
    }
    file = FileDescriptor(owning: descriptor)
  }

  /// Ends this process as the signal ends one that does not handle it, so that whoever waits for it sees
  /// that: a shell stops its loop for a program that SIGINT has ended, and goes on after a plain 130.
  package static func end(by signal: Signal) -> Never {
    cposix_end_by(signal.number)
  }

  /// Lets a write to a closed pipe fail with `EPIPE` instead of ending the program.
  package static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Runs the body with signals blocked in this thread, which threads born in it inherit. Those of a
  /// fault are left alone: a crash must be seen.
  package static func withheld<Result>(_ body: () -> Result) -> Result {
    var mask = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&mask)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS] {
      unsafe sigdelset(&mask, fault)
    }
    unsafe pthread_sigmask(SIG_SETMASK, &mask, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    return body()
  }

  /// For `Poll.wait`: readable while a signal waits.
  package var descriptor: Int32 { file.number }

  /// Takes the signals that have arrived, one of a kind, in the order of the kernel.
  package func drain() throws(PosixError) -> [Signal] {
    var arrived: [Signal] = []
    let number = file.number
    while true {
      do throws(PosixError) {
        let next = try PosixError.check("receive signals") { cposix_next_signal(number) }
        if let signal = Signal.allCases.first(where: { $0.number == next }) {
          arrived.append(signal)
        }
      } catch {
        if error.code == EAGAIN { return arrived }
        throw error
      }
    }
  }
}
