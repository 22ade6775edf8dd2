import CVTerm
import Glibc

/// A program started by a test; killed and reaped, at the latest, when the last reference goes.
package final class ChildProcess {
  package enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  package let identifier: Int32
  private var reaped: Ending?

  /// Starts `executable` on a terminal as standard input, output and error.
  ///
  /// It leads a session of its own, and opening the terminal as the first file of a session leader
  /// makes it the controlling one (tty_ioctl(4)).
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String], terminal: String
  ) throws {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | vterm_spawn_setsid
    unsafe posix_spawnattr_setflags(&attributes, flags)

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)

    let argv = CStrings([executable] + arguments)
    let envp = CStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    var started: pid_t = 0
    let code = unsafe argv.withPointers { argv in
      unsafe envp.withPointers { envp in
        unsafe posix_spawn(&started, executable, &actions, &attributes, argv, envp)
      }
    }
    guard code == 0 else { throw TestFailure("cannot start \(executable): errno \(code)") }
    identifier = started
  }

  deinit {
    guard !hasEnded else { return }
    kill(identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  package var hasEnded: Bool { ending != nil }

  /// How it ended, or nil while it runs.
  package var ending: Ending? {
    if let reaped { return reaped }
    var status: Int32 = 0
    guard unsafe waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    let signal = status & 0x7F
    reaped = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    return reaped
  }
}

/// Strings for argv and envp, freed with their owner.
@safe private final class CStrings {
  private var pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) {
    unsafe pointers = strings.map { unsafe strdup($0) } + [nil]
  }

  deinit {
    unsafe pointers.forEach { unsafe free($0) }
  }

  func withPointers<Result>(
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    unsafe body(pointers)
  }
}
