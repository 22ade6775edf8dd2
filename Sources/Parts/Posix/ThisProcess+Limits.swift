internal import Glibc

/// What a process may use, as the shell that started it has handed it down (`ulimit`), setrlimit(2).
extension ThisProcess {
  /// Raises the soft limits of open descriptors and of the size of a file: soft ones are a habit of shells, and
  /// only hard ones are meant.
  ///
  /// - Parameter descriptors: As many are wanted, where the hard limit lets; programs that are started from here
  ///   may look at every one there can be, so nobody takes more than are needed.
  package static func raiseLimits(descriptors: Int = .max) {
    raise(RLIMIT_FSIZE, to: .max)
    raise(RLIMIT_NOFILE, to: rlim_t(clamping: descriptors))
  }

  /// Lets this process use so many seconds of processor time more than it has used, then it gets SIGXCPU; the
  /// hard limit stays.
  package static func allowProcessorTime(seconds: Int) {
    var used = timespec()
    guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0,
      var limits = limit(RLIMIT_CPU)
    else { return }
    limits.rlim_cur = min(limits.rlim_max, rlim_t(clamping: used.tv_sec + 1 + seconds))
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limits)
  }

  /// Why the limits that hold now are too small; nil where they are not. One sentence without a full stop.
  ///
  /// - Parameters:
  ///   - descriptors: How many files and connections may be open at once at least.
  ///   - fileBytes: How long a file may become at least.
  package static func limitFault(descriptors: Int, fileBytes: Int) -> String? {
    if let limit = limit(RLIMIT_NOFILE), limit.rlim_cur < rlim_t(clamping: descriptors) {
      return "only \(limit.rlim_cur) files may be open at once here, and \(descriptors) are "
        + "needed: raise 'ulimit -n' where this is started"
    }
    if let limit = limit(RLIMIT_FSIZE), limit.rlim_cur < rlim_t(clamping: fileBytes) {
      return "no file may become longer than \(limit.rlim_cur >> 10) KB here, and pictures and the "
        + "journal need \(fileBytes >> 20) MB: raise 'ulimit -f' where this is started"
    }
    return nil
  }

  private static func limit(_ resource: __rlimit_resource) -> rlimit? {
    var limits = rlimit()
    return unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0 ? limits : nil
  }

  private static func raise(_ resource: __rlimit_resource, to wanted: rlim_t) {
    guard var limits = limit(resource) else { return }
    let soft = min(limits.rlim_max, wanted)
    guard soft > limits.rlim_cur else { return }
    limits.rlim_cur = soft
    unsafe setrlimit(__rlimit_resource_t(resource.rawValue), &limits)
  }
}
