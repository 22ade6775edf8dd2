import Jobs
import Screen

/// Something in front of the panes, as a value: what its keys are and do, the text that is typed in it,
/// what the pointer does, and how it looks. The shell knows none by name.
protocol LayerState: Equatable, Sendable {
  /// What it does, and what opens it.
  static var actions: [Action] { get }
  /// What one of `actions` opens; nil where it opens nothing.
  static func opened(by action: ActionID, from state: AppState) -> (any LayerState)?

  /// Where keys are looked up, innermost first. What is always in force need not be named.
  var contexts: [KeyContext] { get }
  /// The input that letters and pastes go into; nil where nothing is typed.
  var line: LineInput? { get set }
  /// Whether a paste may come here; where nothing is typed `paste` takes it.
  var takesPaste: Bool { get }
  /// Whether it stands in front of the message line and the hints too, and so leaves what is said alone.
  var coversMessages: Bool { get }

  /// Its part of the screen.
  /// - Parameter message: the row at which a message begins, where there is one.
  func area(on size: Size, above message: Int?) -> Rect
  /// Whether there is a cell to show what keys act on.
  func hasRoom(in area: Rect) -> Bool
  mutating func fit(_ area: Rect)
  /// - Returns: where the terminal's cursor goes.
  func draw(on canvas: inout Canvas, in area: Rect, _ facts: LayerFacts) -> Position?

  /// - Returns: what the shell is to do; nil where the command is not for this layer.
  mutating func perform(_ command: Command, _ facts: LayerFacts) -> [LayerRequest]?
  mutating func point(_ event: MouseEvent, in area: Rect)
  /// Takes in text where nothing is typed yet.
  mutating func paste(_ text: String)
  /// Takes in what happened elsewhere, after the panes did.
  /// - Returns: what the shell is to do; nil where it is nothing to this layer.
  mutating func hear(_ action: AppAction, _ facts: LayerFacts) -> [LayerRequest]?

  /// What is typed of a path; nil where none is typed.
  var openPath: String? { get }
  /// A typed line with what its path goes on with.
  func completed(_ text: String, with path: String) -> String
}

extension LayerState {
  var line: LineInput? {
    get { nil }
    set {}
  }
  var takesPaste: Bool { false }
  var coversMessages: Bool { false }
  func hasRoom(in area: Rect) -> Bool { true }
  mutating func fit(_ area: Rect) {}
  mutating func point(_ event: MouseEvent, in area: Rect) {}
  mutating func paste(_ text: String) {}
  mutating func hear(_ action: AppAction, _ facts: LayerFacts) -> [LayerRequest]? { nil }
  var openPath: String? { nil }
  func completed(_ text: String, with path: String) -> String { path }

  fileprivate func isSame(as other: any LayerState) -> Bool { other as? Self == self }
}

/// What a layer asks of the shell.
enum LayerRequest: Equatable {
  case effect(AppEffect)
  case say(Notice)
  case close
  /// Send an ended job once more, after the question that this may need; then the layer closes.
  /// - Parameter key: the one that was pressed, as the question names it.
  case retry(JobStatus, key: String)
}

/// What a layer may ask about the rest.
struct LayerFacts {
  let keymap: Keymap
  let wall: WallClock
  let job: (_ id: String) -> JobStatus?
}

/// What stands in front of the panes, the innermost last.
struct LayerStack: Equatable, Sendable {
  private(set) var layers: [any LayerState] = []

  var top: (any LayerState)? { layers.last }

  func first<L: LayerState>(_ kind: L.Type) -> L? { layers.lazy.compactMap { $0 as? L }.first }

  mutating func push(_ layer: any LayerState) { layers.append(layer) }

  mutating func remove(at index: Int) { layers.remove(at: index) }

  /// Changes one of them.
  mutating func change<R>(at index: Int, _ body: (inout any LayerState) -> R) -> R {
    body(&layers[index])
  }

  static func == (one: LayerStack, other: LayerStack) -> Bool {
    one.layers.count == other.layers.count
      && zip(one.layers, other.layers).allSatisfy { $0.isSame(as: $1) }
  }
}
