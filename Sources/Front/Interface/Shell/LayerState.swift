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

/// What can stand in front of the panes.
enum Layer {
  /// Every kind there is. A new one is a folder of its own, and a line here.
  static let kinds: [any LayerState.Type] = [
    DecisionDialog.self,
    ChoiceList.self,
    HelpPage.self,
  ]
}

extension LayerState {
  /// The pane it stands in; nil where it is in front of all of them.
  var pane: Pane? { if case .pane(let pane) = reach { pane } else { nil } }

  func area(on size: Size, above message: Int?) -> Rect { Rect(size) }
  func hasRoom(in area: Rect) -> Bool { !area.isEmpty }
  mutating func hear(_ action: AppAction, _ state: AppState) -> [ViewRequest]? { nil }
}

/// What stands in front of the panes, the innermost last.
struct LayerStack: Equatable, Sendable {
  /// Names one of them for as long as it is open: places change while layers are asked what they want.
  struct ID: Equatable, Sendable {
    fileprivate let number: Int
  }

  private var entries: [(id: ID, layer: any LayerState)] = []
  /// How many there were.
  private var count = 0

  var layers: [any LayerState] { entries.map(\.layer) }
  /// The innermost last.
  var ids: [ID] { entries.map(\.id) }
  var top: (any LayerState)? { entries.last?.layer }

  /// Nil where it is gone.
  subscript(id: ID) -> (any LayerState)? { entries.first { $0.id == id }?.layer }

  func first<L: LayerState>(_ kind: L.Type) -> L? {
    entries.lazy.compactMap { $0.layer as? L }.first
  }

  /// The innermost that stands in a pane.
  func last(in pane: Pane) -> ID? { entries.last { $0.layer.pane == pane }?.id }

  mutating func push(_ layer: any LayerState) {
    entries.append((ID(number: count), layer))
    count += 1
  }

  mutating func remove(_ id: ID) { entries.removeAll { $0.id == id } }

  mutating func close<L: LayerState>(_ kind: L.Type) { entries.removeAll { $0.layer is L } }

  /// The focus leaves a pane.
  mutating func leave(_ pane: Pane) { entries.removeAll { $0.layer.pane == pane } }

  /// Changes one of them.
  ///
  /// - Returns: nil where it is gone.
  @discardableResult
  mutating func change<R>(_ id: ID, _ body: (inout any LayerState) -> R) -> R? {
    entries.firstIndex { $0.id == id }.map { body(&entries[$0].layer) }
  }

  /// Whether the same stand there in the same order, whatever was opened and closed before.
  static func == (one: LayerStack, other: LayerStack) -> Bool {
    one.entries.elementsEqual(other.entries) { $0.layer.isSame(as: $1.layer) }
  }
}
