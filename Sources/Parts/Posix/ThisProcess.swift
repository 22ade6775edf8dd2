private import CPosix
internal import Glibc

/// Facts about the running process and its user.
package enum ThisProcess {
  package static var identifier: Int32 { getpid() }

  /// The effective user id.
  package static var user: UInt32 { geteuid() }

  /// The path of the program that is running, even when its file was moved or `argv[0]` lies.
  package static func executablePath() throws(PosixError) -> String {
    try FileSystem.realPath(runningImage)
  }

  /// The kernel's own way to the program that is running, whatever became of its file, proc_pid_exe(5).
  static let runningImage = "/proc/self/exe"

  /// What to start to have this very program again: its path, or, where another file has that by now or
  /// none, the kernel's way to it.
  package static var executable: String {
    guard let path = try? executablePath(),
      let there = try? FileInformation(of: path).identity,
      let own = try? FileInformation(of: runningImage).identity, there == own
    else { return runningImage }
    return path
  }

  /// What the program is called in ps(1).
  static let name = "darkroom"

  /// Puts right what a careless parent handed down: closed standard descriptors, ignored or blocked
  /// signals. To be called first, before any thread starts. SIGHUP and the stops of job control stay
  /// ignored where they are, as nohup(1) and shells without job control mean it.
  package static func begin() {
    unsafe cposix_begin(name)
  }

  /// What was typed, the program's own name left out, byte by byte: Swift's own list has replacement
  /// characters in the place of what is not UTF-8.
  package static var arguments: [[UInt8]] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      unsafe CommandLine.unsafeArgv[index].map { unsafe bytes(of: $0) }
    }
  }

  /// `HOME`, or what the user database says; nil where neither knows.
  package static var homeDirectory: String? {
    if let home = Environment.value("HOME") { return home }
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 1 << 14)
    let capacity = buffer.count
    guard unsafe getpwuid_r(getuid(), &entry, &buffer, capacity, &found) == 0,
      unsafe found != nil, let directory = unsafe entry.pw_dir
    else { return nil }
    return unsafe String(validatingCString: directory)
  }

  /// Whether a descriptor (0, 1, 2) is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// Ends this process (SIGKILL) when the thread that has started it ends, prctl(2).
  package static func endWithParent() {
    _ = cposix_end_with_parent()
  }

  /// Keeps what this process holds in memory off the disk when it crashes, setrlimit(2).
  package static func forbidCoreDumps() {
    var limits = rlimit(rlim_cur: 0, rlim_max: 0)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limits)
  }

  /// Keeps what this process holds in memory from everybody but root: no core dump (setrlimit(2)), and no
  /// look by other processes of the same user at its memory and environment (PR_SET_DUMPABLE, prctl(2)).
  /// The programs it starts are as open as ever.
  package static func hideMemory() {
    forbidCoreDumps()
    _ = cposix_forbid_inspection()
  }

}
