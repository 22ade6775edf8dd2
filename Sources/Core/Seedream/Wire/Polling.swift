/// How a provider is asked for pictures it is still generating.
///
/// Asking draws nothing and costs nothing: unlike the request itself it may be repeated freely.
public struct Polling: Equatable, Sendable {
  /// Appended to the base URL, with a leading slash. The method is POST.
  public var path: String
  /// The member of the body that names the job.
  public var member: String
  /// Seconds before the first time.
  public var firstPause: Int
  /// Seconds before every further time.
  public var pause: Int
  /// Seconds from the reply on after which the outcome counts as unknown.
  public var patience: Int

  /// Describes the asking.
  public init(
    path: String, member: String, firstPause: Int = 2, pause: Int = 5, patience: Int = 600
  ) {
    self.path = path
    self.member = member
    self.firstPause = firstPause
    self.pause = pause
    self.patience = patience
  }

  /// The longest pause that a provider may ask for, in seconds: pictures are waited for.
  public static let longestWish = 120.0

  /// Seconds to wait before the next time; nil once the time is over. The last time is at its very end.
  ///
  /// - Parameters:
  ///   - wish: What the provider asks to wait.
  ///   - left: Until the patience is over.
  public func pause(asked: Int, troubles: Int, wish: Double, left: Double) -> Double? {
    guard left > 0 else { return nil }
    return min(max(pause(asked: asked, troubles: troubles), min(wish, Self.longestWish)), left)
  }

  /// Seconds to wait before the next time.
  ///
  /// - Parameters:
  ///   - asked: How often the provider was asked before.
  ///   - troubles: How often it has not answered since it last did: each doubles the pause, to a minute at
  ///     most.
  public func pause(asked: Int, troubles: Int) -> Double {
    let usual = Double(asked == 0 ? firstPause : pause)
    guard troubles > 1 else { return usual }
    return max(usual, min(usual * Double(1 << min(troubles - 1, 6)), 60))
  }
}

/// A job the provider has taken and not finished.
public struct PendingJob: Equatable, Hashable, Sendable, Codable {
  /// The provider's name for it: printable ASCII without spaces, at most 200 characters.
  public var id: String

  /// Nil for what cannot be an id.
  public init?(id: String) {
    guard (1...200).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    self.id = id
  }
}

extension Dialect {
  /// The request that asks for the pictures of a job; nil where the provider knows no such request.
  ///
  /// Its reply is read by a `ReplyParser` that is told the job.
  public func poll(_ job: PendingJob) -> WireRequest? {
    guard let polling else { return nil }
    return WireRequest.post(polling.path, [JSONMember(polling.member, .string(job.id))])
      .adding(headers)
  }
}
