import Glibc
import Posix
import TestSupport

/// File systems of this process alone, unshare(1): what it mounts is seen by itself and what it starts, and
/// goes with it.
enum MountNamespace {
  private static let mark = "FAULTS_IN_NAMESPACE"

  /// Starts this program once more in a namespace of its own, where that is permitted: as root, or with a
  /// user namespace. Returns where it is not, or in the second life.
  static func enter() {
    guard Environment.all[mark] == nil else { return }
    let isRoot = geteuid() == 0
    let flags = isRoot ? ["-m"] : ["-r", "-m"]
    guard isPermitted(flags), let program = try? FileSystem.realPath("/proc/self/exe") else {
      return
    }
    unsafe setenv(mark, "1", 1)
    let words = ["unshare"] + flags + [program] + CommandLine.arguments.dropFirst()
    var pointers = unsafe words.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    unsafe execvp(words[0], pointers)
  }

  private static func isPermitted(_ flags: [String]) -> Bool {
    let attempt = ProcessSpec("unshare", flags + ["mount", "--make-rprivate", "/"])
    return (try? attempt.runBlocking(timeLimit: .seconds(10)))?.status.isSuccess ?? false
  }
}
