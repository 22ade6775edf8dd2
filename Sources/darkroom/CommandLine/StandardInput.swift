import Posix
import Seedream
import Synchronization

/// What is piped in. It can be read once, by whoever asks first.
enum StandardInput {
  private static let taken = Mutex(false)

  /// All of it as a prompt.
  /// - Throws: `CommandFailure` where it is larger than `limit` bytes, or no text.
  static func prompt(limit: Int) throws -> String {
    do {
      return try PromptText.read(read(limit: limit))
    } catch let fault as PromptText.Fault {
      throw CommandFailure("the prompt on standard input \(fault.reason)")
    }
  }

  /// All of it.
  /// - Throws: `CommandFailure` where it is larger than `limit` bytes or was read before.
  static func read(limit: Int) throws -> [UInt8] {
    let isTaken = taken.withLock { taken in
      defer { taken = true }
      return taken
    }
    if isTaken {
      throw CommandFailure("standard input is asked for twice, and can be read once only")
    }
    do {
      return try StandardStream.input.readAll(limit: limit)
    } catch {
      guard error.code == PosixError.tooLarge else { throw error }
      throw CommandFailure("standard input is longer than \(Self.megabytes(limit)) MB")
    }
  }

  private static func megabytes(_ bytes: Int) -> Int {
    bytes % 1_000_000 == 0 ? bytes / 1_000_000 : bytes >> 20
  }
}
