import HTTP
import Posix
import Seedream
import Synchronization

/// Answers of the last seconds at which some clients ask again by themselves, whatever `X-Should-Retry` says of
/// that: curl with `--retry`, and Ark's libraries for Go and Java. The equal request gets the same answer, and
/// nothing is sent. In the memory of this gateway only.
final class UnknownOutcomes: Sendable {
  /// In milliseconds; those clients ask again after two seconds at most.
  private static let lifetime: Int64 = 10_000
  /// In milliseconds: as long as a job's answer is kept for further tries.
  private static let patience: Int64 = 900_000
  /// How many are kept at most.
  private static let capacity = 10_000

  /// One body of one client. The hash has a secret of this process, so that nobody can make two bodies equal.
  struct Key: Hashable, Sendable {
    private let client: [String?]
    private let path: String
    private let count: Int
    private let hash: Int

    init(_ request: HTTPServerRequest) {
      client = ["Authorization", "Ocp-Apim-Subscription-Key", "X-Sandbox-Fault", "Accept"]
        .map { request.header($0) }
      path = request.path
      count = request.body.count
      var hasher = Hasher()
      unsafe request.body.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
      hash = hasher.finalize()
    }
  }

  private struct Entry {
    let refusal: Refusal
    let end: Int64
  }

  private let entries = Mutex<[Key: Entry]>([:])
  private let left = Mutex<[Key: Int64]>([:])

  // MARK: Clients that went away

  /// A client has gone away before its recorded request was answered: if it asks again, that is a further try,
  /// also when the job is over by then.
  func noteLeft(_ key: Key) {
    let now = SystemClock.monotonicMilliseconds
    left.withLock { left in
      if left.count >= Self.capacity { left = left.filter { $0.value > now } }
      if left.count < Self.capacity { left[key] = now + Self.patience }
    }
  }

  /// Whether the client of an equal request has gone away before; known once.
  func takeLeft(_ key: Key) -> Bool {
    let end = left.withLock { $0.removeValue(forKey: key) }
    return end.map { $0 > SystemClock.monotonicMilliseconds } ?? false
  }

  // MARK: Answers

  /// What the equal request was told a moment ago; nil where it may be sent.
  func refusal(of key: Key) -> Refusal? {
    let now = SystemClock.monotonicMilliseconds
    return entries.withLock { entries in
      guard let entry = entries[key], entry.end > now else { return nil }
      return entry.refusal
    }
  }

  /// Keeps an answer, if it is one that is asked for again and must not be.
  func note(_ refusal: Refusal, of key: Key) {
    let isAskedForAgain = refusal.status >= 500 || [408, 409, 429].contains(refusal.status)
    guard refusal.outcome != .notGenerated, isAskedForAgain else { return }
    let now = SystemClock.monotonicMilliseconds
    entries.withLock { entries in
      if entries.count >= Self.capacity { entries = entries.filter { $0.value.end > now } }
      guard entries.count < Self.capacity else { return }
      entries[key] = Entry(refusal: refusal, end: now + Self.lifetime)
    }
  }
}
