import Posix
import Seedream
import Synchronization

/// What is piped in. It can be read once, by whoever asks first.
enum StandardInput {
  private static let taken = Mutex(false)

  /// All of it as a prompt.
  /// - Throws: `UsageError` where it is larger than `limit` bytes, or no text.
  static func prompt(limit: Int) throws -> String {
    do {
      return try PromptText.read(read(limit: limit))
    } catch let fault as PromptText.Fault {
      throw UsageError("the prompt on standard input \(fault.reason)")
    } catch is TooLong {
      throw UsageError("the prompt on standard input is longer than \(megabytes(limit)) MB")
    }
  }

  /// More was piped in than was asked for.
  private struct TooLong: Error, CustomStringConvertible {
    let limit: Int
    var description: String { "standard input is longer than \(StandardInput.megabytes(limit)) MB" }
  }

  /// All of it.
  /// - Throws: One sentence where it is larger than `limit` bytes or was read before.
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
      throw TooLong(limit: limit)
    }
  }

  private static func megabytes(_ bytes: Int) -> Int {
    bytes % 1_000_000 == 0 ? bytes / 1_000_000 : bytes >> 20
  }
}
