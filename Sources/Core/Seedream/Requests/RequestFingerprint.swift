/// By what a request for pictures is known again when its client sends it once more: libraries do so by
/// themselves when their own time limit runs out, while the first is still being drawn.
public struct RequestFingerprint: Equatable, Hashable, Sendable, Codable {
  /// The same for the same bytes of the same client, and for nothing else; says nothing of either.
  public var digest: String
  /// The client's own name for the request, the same for every try; nil where it has none.
  public var name: String?
  /// Whether the client's library counts this as a further try.
  public var isRepeat: Bool
  /// Whether an equal request is taken for a further try while the first is under way, though nobody counts
  /// it: most libraries say nothing.
  public var joinsEqual: Bool

  /// Describes one try.
  public init(digest: String, name: String? = nil, isRepeat: Bool = false, joinsEqual: Bool = true)
  {
    self.digest = digest
    self.name = name
    self.isRepeat = isRepeat
    self.joinsEqual = joinsEqual
  }

  /// Whether a request is surely a further try of another one.
  public func isFurtherTry(of other: RequestFingerprint) -> Bool {
    digest == other.digest && (isRepeat || name != nil && name == other.name)
  }
}
