internal import CPosix
internal import Glibc

extension ProcessSpec {
  /// Starts a program that outlives this process and its terminal: a session of its own, directory
  /// `/` unless another is given, standard input from /dev/null, no other open descriptors but
  /// those named. It is nobody's child here: there is nothing to wait for.
  ///
  /// - Parameter log: Where its standard output and error are appended; nil throws them away.
  ///   Created 0600.
  /// - Returns: Its process id, once exec has succeeded.
  @discardableResult
  package func spawnDetached(log: String? = nil) throws(PosixError) -> Int32 {
    var command = self
    command.directory = directory ?? "/"
    let nothing = try FileDescriptor(opening: "/dev/null", flags: O_RDWR)
    guard let log else {
      return try command.spawn(
        input: nothing.number, output: nothing.number, error: nothing.number,
        session: cposix_session_detached)
    }
    let file = try FileDescriptor(
      opening: log, flags: O_WRONLY | O_CREAT | O_APPEND, mode: 0o600, attempt: "write")
    return try command.spawn(
      input: nothing.number, output: file.number, error: file.number,
      session: cposix_session_detached)
  }
}
