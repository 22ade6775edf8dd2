private import CPosix

/// Both ends of a new pipe, close-on-exec, pipe(2).
package struct Pipe: ~Copyable, Sendable {
  package var readingEnd: FileDescriptor
  package var writingEnd: FileDescriptor

  /// - Parameter nonBlocking: Holds for both ends.
  package init(nonBlocking: Bool = false) throws(PosixError) {
    var numbers: [Int32] = [-1, -1]
    _ = try PosixError.check("make a pipe") { unsafe cposix_pipe(&numbers, nonBlocking) }
    readingEnd = FileDescriptor(owning: numbers[0])
    writingEnd = FileDescriptor(owning: numbers[1])
  }
}
