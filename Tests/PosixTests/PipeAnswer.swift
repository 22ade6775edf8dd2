import Posix

extension Pipe {
  /// What a child has written; nothing if it writes nothing for long.
  borrowing func answer() throws(PosixError) -> [UInt8] {
    let outcome = try Poll.wait(for: [readingEnd.number], timeout: .seconds(60))
    return outcome == .timedOut ? [] : try readingEnd.read(upTo: 1000)
  }
}
