internal import CPosix

/// The end of a process that need not be a child, pidfd_open(2).
package struct ProcessWatch: ~Copyable {
  private let file: FileDescriptor

  /// - Throws: `ESRCH` where there is no such process.
  package init(_ identifier: Int32) throws(PosixError) {
    file = FileDescriptor(
      owning: try PosixError.check("watch process \(identifier)") {
        cposix_process_descriptor(identifier)
      })
  }

  /// For `Poll.wait`: readable once the process has ended.
  package var descriptor: Int32 { file.number }
}
