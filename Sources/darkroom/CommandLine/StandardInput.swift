import Posix

/// What is piped in.
enum StandardInput {
  /// All of it as text.
  /// - Throws: `CommandFailure` where it is larger than `limit` bytes or not UTF-8.
  static func read(limit: Int) throws -> String {
    let input = FileDescriptor(owning: 0)
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let more = try input.read(upTo: 1 << 16, path: "standard input")
      if more.isEmpty { break }
      bytes += more
    }
    guard bytes.count <= limit else {
      throw CommandFailure("standard input is longer than \(limit >> 20) MB")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure("standard input is not UTF-8 text")
    }
    return text
  }
}
