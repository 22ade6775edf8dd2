// The panes by their places. Nobody else tells them apart.

extension AppState {
  var focused: any PaneState { self[focus] }

  subscript(pane: Pane) -> any PaneState {
    switch pane {
    case .prompt: prompt
    case .parameters: parameters
    case .references: references
    case .history: history
    }
  }

  /// Changes one of them.
  mutating func change<R>(_ pane: Pane, _ body: (inout any PaneState) -> R) -> R {
    switch pane {
    case .prompt: change(\.prompt, body)
    case .parameters: change(\.parameters, body)
    case .references: change(\.references, body)
    case .history: change(\.history, body)
    }
  }

  private mutating func change<P: PaneState, R>(
    _ path: WritableKeyPath<AppState, P>, _ body: (inout any PaneState) -> R
  ) -> R {
    var pane: any PaneState = self[keyPath: path]
    let result = body(&pane)
    if let pane = pane as? P { self[keyPath: path] = pane }
    return result
  }

  /// Leaves the focus where it is while what is typed there cannot be taken.
  mutating func moveFocus(to pane: Pane) {
    guard pane != focus, change(focus, { $0.leave() }) else { return }
    focus = pane
    change(pane) { $0.enter() }
  }
}
