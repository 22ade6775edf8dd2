package import Screen

/// The whole front end as one value: what was typed, what is known, and what is looked at.
package struct AppState: Equatable, Sendable {
  /// Cells, as last told by `AppAction.resized`.
  package private(set) var size = Size(rows: 0, columns: 0)
  let providers: [ProviderItem]

  /// - Parameters:
  ///   - providers: those the person can choose, in the order to offer them.
  ///   - provider: the name of the one to begin with.
  package init(providers: [ProviderItem], provider: String) {
    self.providers = providers
  }

  /// Whether a second that passes should be told by `AppAction.ticked`. False when idle, so that the
  /// front end then wakes for nothing.
  package var wantsTicks: Bool { false }

  /// What to ask for when the program has started.
  package mutating func start() -> [AppEffect] { [] }

  /// Takes in what happened and says what is to be done about it.
  package mutating func reduce(_ action: AppAction) -> [AppEffect] { [] }

  /// The screen at a size; any size down to zero works.
  package func view(size: Size) -> Frame {
    Frame(canvas: Canvas(size: size), cursor: nil, title: "Darkroom")
  }
}
