import Screen

/// What can have the keys, as a value: a pane, or a layer in front of the panes. What its keys are, the text that is typed
/// in it, what the pointer does, and how it looks. The shell knows no layer by its type.
protocol ViewState: Equatable, Sendable {
  /// What only it knows, and what opens it.
  static var actions: [Action] { get }

  /// Where keys are looked up, innermost first. What is always in force need not be named.
  var contexts: [KeyContext] { get }
  /// Contexts whose keys do nothing here and say why.
  var idleContexts: [KeyContext] { get }
  /// Actions that the selected row is not for: no hint names them.
  var hiddenHints: [ActionID] { get }
  /// The input that is open in it; letters and pastes go there.
  var line: LineInput? { get set }

  /// What stands on the frame of a pane instead of its own title.
  var title: String? { get }
  /// What stands on the frame beside that.
  var note: String { get }
  var scrolled: Scrolled? { get }
  /// What the message line says of the selected row.
  func notice(_ keymap: Keymap) -> Notice?

  mutating func fit(_ size: Size)
  /// - Returns: the caret or the selected row.
  func draw(on canvas: inout Canvas, in area: Rect, _ facts: ViewFacts) -> Position?

  /// Takes the focus.
  mutating func enter()
  /// Gives up the focus.
  /// - Returns: false where something in it cannot be left as it is.
  mutating func leave() -> Bool
  /// Takes in that a key was pressed, before it is known what it means.
  mutating func keyPressed()
  mutating func step(_ step: ListStep) -> [AppEffect]
  /// Takes what is typed or chosen, or says in place why not.
  mutating func accept(_ facts: ViewFacts) -> [ViewRequest]
  /// Closes what is open in it.
  /// - Returns: nil where nothing is.
  mutating func back() -> [AppEffect]?
  mutating func edit(_ change: (inout TextEditor) -> Void)
  /// Begins to type where no text is open.
  /// - Returns: false where nothing can be typed.
  mutating func begin(with character: Character) -> Bool
  /// Takes in a paste where no text is open.
  /// - Returns: false where there is no place for it.
  mutating func paste(_ text: String) -> Bool

  /// A press at a place, counted from the top left corner of its part of the screen.
  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest]
  mutating func drag(to place: Position)
  mutating func scroll(by lines: Int) -> [AppEffect]
}

extension ViewState {
  var idleContexts: [KeyContext] { [] }
  var hiddenHints: [ActionID] { [] }
  var line: LineInput? {
    get { nil }
    set {}
  }
  var title: String? { nil }
  var note: String { "" }
  var scrolled: Scrolled? { nil }
  func notice(_ keymap: Keymap) -> Notice? { nil }
  mutating func fit(_ size: Size) {}
  mutating func enter() {}
  mutating func leave() -> Bool { true }
  mutating func keyPressed() {}
  mutating func step(_ step: ListStep) -> [AppEffect] { [] }
  mutating func accept(_ facts: ViewFacts) -> [ViewRequest] { [] }
  mutating func back() -> [AppEffect]? { nil }
  mutating func edit(_ change: (inout TextEditor) -> Void) { line?.edit(change) }
  mutating func begin(with character: Character) -> Bool { false }
  mutating func paste(_ text: String) -> Bool { false }
  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest] { [] }
  mutating func drag(to place: Position) {}
  mutating func scroll(by lines: Int) -> [AppEffect] { [] }

  func isSame(as other: any ViewState) -> Bool { other as? Self == self }
}

/// What a view asks of the shell.
enum ViewRequest {
  case effect(AppEffect)
  /// Says what comes of a key.
  case say(Notice)
  /// Says what happened elsewhere: not over what is to be read.
  case tell(Notice)
  /// Not to be in front any more.
  case close
  case focus(Pane)
  /// Something that is done to the rest.
  case change((inout AppState) -> [AppEffect])
}

/// The part of a pane's rows that is in sight.
struct Scrolled: Equatable {
  let window: ListWindow
  /// Of all rows.
  let count: Int
  /// Whether there are more than those, above and below.
  var goesOn = (above: false, below: false)

  static func == (one: Scrolled, other: Scrolled) -> Bool {
    one.window == other.window && one.count == other.count && one.goesOn == other.goesOn
  }
}

/// What a view may ask about the rest.
struct ViewFacts {
  let isFocused: Bool
  let keymap: Keymap
  let home: HomeDirectory
  /// Seconds since 1970.
  let now: Double
  let wall: WallClock
}

extension [KeyContext] {
  /// Of a pane in which a line is typed.
  static let typing: [KeyContext] = [.line, .text, .studio]
  /// Of a pane with rows, in which plain letters are free.
  static let browsing: [KeyContext] = [.list, .browsing, .studio]
}
