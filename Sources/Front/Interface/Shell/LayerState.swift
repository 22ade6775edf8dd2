import Screen

/// Something in front of the panes. It goes where nothing in it is left to go back from.
protocol LayerState: ViewState {
  var reach: LayerReach { get }
  /// Its part of the screen, where that is not a pane's.
  /// - Parameter message: the row at which a message begins, where there is one.
  func area(on size: Size, above message: Int?) -> Rect
  /// Whether there is a cell to show what keys act on.
  func hasRoom(in area: Rect) -> Bool
  /// Takes in what happened elsewhere, after the panes did.
  /// - Returns: what the shell is to do; nil where it is nothing to this layer.
  mutating func hear(_ action: AppAction, _ state: AppState) -> [ViewRequest]?
}

/// How much of the screen has a layer in front of it.
enum LayerReach: Equatable {
  /// The contents of a pane. What is around it is in force, and the layer goes when the focus does.
  case pane(Pane)
  /// The panes; what is said stays in sight.
  case panes
  /// The message line and the hints too, so that it leaves what is said alone.
  case screen
}

extension LayerState {
  /// The pane it stands in; nil where it is in front of all of them.
  var pane: Pane? { if case .pane(let pane) = reach { pane } else { nil } }

  func area(on size: Size, above message: Int?) -> Rect { Rect(size) }
  func hasRoom(in area: Rect) -> Bool { !area.isEmpty }
  mutating func hear(_ action: AppAction, _ state: AppState) -> [ViewRequest]? { nil }

  fileprivate func isSame(as other: any LayerState) -> Bool { other as? Self == self }
}

/// What stands in front of the panes, the innermost last.
struct LayerStack: Equatable, Sendable {
  private(set) var layers: [any LayerState] = []

  var top: (any LayerState)? { layers.last }

  func first<L: LayerState>(_ kind: L.Type) -> L? { layers.lazy.compactMap { $0 as? L }.first }

  /// The innermost that stands in a pane.
  func last(in pane: Pane) -> (any LayerState)? { layers.last { $0.pane == pane } }

  mutating func push(_ layer: any LayerState) { layers.append(layer) }

  mutating func remove(at index: Int) { layers.remove(at: index) }

  mutating func close<L: LayerState>(_ kind: L.Type) { layers.removeAll { $0 is L } }

  /// The focus leaves a pane.
  mutating func leave(_ pane: Pane) { layers.removeAll { $0.pane == pane } }

  /// Changes one of them.
  mutating func change<R>(at index: Int, _ body: (inout any LayerState) -> R) -> R {
    body(&layers[index])
  }

  static func == (one: LayerStack, other: LayerStack) -> Bool {
    one.layers.count == other.layers.count
      && zip(one.layers, other.layers).allSatisfy { $0.isSame(as: $1) }
  }
}
