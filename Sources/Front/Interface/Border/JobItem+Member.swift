extension JobItem {
  /// What became of one picture of a set, as far as is known.
  package struct Member: Equatable, Sendable {
    package enum State: Equatable, Sendable {
      /// Drawn; its bytes are on their way.
      case arriving
      case saved(pictureID: String)
      /// Refused by the provider, or lost on the way; the sentence says why.
      case missing(message: String)
    }

    /// From zero.
    package var index: Int
    package var state: State

    package init(index: Int, state: State) {
      self.index = index
      self.state = state
    }
  }
}
