private import CPosix

/// Both ends of a new pipe, close-on-exec, pipe(2).
package struct Pipe: ~Copyable, Sendable {
  package let readingEnd: FileDescriptor
  package let writingEnd: FileDescriptor

  /// - Parameter nonBlocking: Holds for both ends.
  package init(nonBlocking: Bool = false) throws(PosixError) {
    var numbers: [Int32] = [-1, -1]
    _ = try PosixError.check("make a pipe") { unsafe cposix_pipe(&numbers, nonBlocking) }
    readingEnd = FileDescriptor(owning: numbers[0])
    writingEnd = FileDescriptor(owning: numbers[1])
  }

  /// Closes the writing end and gives the other away: what is left to the reader once a child has its
  /// copy, so that the end of the child is the end of the stream.
  package consuming func keepReadingEnd() -> FileDescriptor {
    readingEnd
  }

  /// Closes the reading end and gives the other away.
  package consuming func keepWritingEnd() -> FileDescriptor {
    writingEnd
  }
}
