import Screen

/// One of the panes, as a value: what its keys are and do while it has the focus, the text that is typed in it,
/// what the pointer does, and how it looks. The shell knows none by name.
protocol PaneState: Equatable, Sendable {
  /// Where keys are looked up, innermost first. What is always in force need not be named.
  var contexts: [KeyContext] { get }
  /// Contexts whose keys do nothing here and say why.
  var idleContexts: [KeyContext] { get }
  /// Commands that the selected row is not for: no hint names them.
  var hiddenHints: Set<Command> { get }
  /// The input that is open in it.
  var line: LineInput? { get set }
  /// What is typed of a path; nil where none is typed.
  var openPath: String? { get }

  /// What stands on the frame instead of its own title.
  var openTitle: String? { get }
  /// What stands on the frame beside that.
  var note: String { get }
  var scrolled: Scrolled { get }
  /// What the message line says of the selected row.
  func notice(_ keymap: Keymap) -> Notice?

  mutating func fit(_ size: Size)
  /// - Returns: the caret or the selected row.
  func draw(on canvas: inout Canvas, in area: Rect, _ facts: PaneFacts) -> Position?

  /// Takes the focus.
  mutating func enter()
  /// Gives up the focus.
  /// - Returns: false where something in it cannot be left as it is.
  mutating func leave() -> Bool
  /// Takes in that a key was pressed, before it is known what it means.
  mutating func keyPressed()
  mutating func step(_ step: ListStep) -> [AppEffect]
  /// Takes what is typed or chosen, or says in place why not.
  mutating func accept(on today: LocalTime) -> [AppEffect]
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

  /// A press at a place within its contents.
  mutating func press(at place: Position, selecting: Bool) -> [AppEffect]
  mutating func drag(to place: Position)
  mutating func scroll(by lines: Int) -> [AppEffect]
}

extension PaneState {
  var idleContexts: [KeyContext] { [] }
  var hiddenHints: Set<Command> { [] }
  var openPath: String? { nil }
  var openTitle: String? { nil }
  var note: String { "" }
  func notice(_ keymap: Keymap) -> Notice? { nil }
  mutating func enter() {}
  mutating func leave() -> Bool { true }
  mutating func keyPressed() {}
  mutating func edit(_ change: (inout TextEditor) -> Void) { line?.edit(change) }
  mutating func begin(with character: Character) -> Bool { false }
  mutating func paste(_ text: String) -> Bool { false }
  mutating func drag(to place: Position) {}
}

/// The part of a pane's rows that is in sight.
struct Scrolled {
  let window: ListWindow
  /// Of all rows.
  let count: Int
  /// Whether there are more than those, above and below.
  var goesOn = (above: false, below: false)
}

/// What a pane may ask about the rest when it is drawn.
struct PaneFacts {
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
