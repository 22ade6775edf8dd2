package import Screen

/// What the terminal can do: what the environment says, then the terminfo database, then the terminal itself,
/// whenever it answers. Pure: whoever owns the line writes what is to be asked.
package struct Capabilities: Equatable, Sendable {
  /// The terminal type, as in `TERM`.
  package let type: String
  /// Whom we talk to.
  package private(set) var family: TerminalFamily
  /// Whose window it is in the end, where `family` is a multiplexer, as far as variables tell.
  package private(set) var surrounding: TerminalFamily?
  /// What it calls itself, with its version; nil until it answers, as some never do.
  package private(set) var name: String?

  /// Whether colours are wanted; bold, dim and reverse are used in any case.
  package let usesColor: Bool
  /// Whether it takes colours by value (SGR `38;2;r;g;b`), for certain.
  package private(set) var takesValues: Bool
  /// The colours of its type (terminfo `colors`); nil until terminfo was asked.
  package private(set) var paletteSize: Int?

  package private(set) var graphics: TerminalFamily.Graphics
  /// Of one cell, in pixels; nil where it does not say.
  package private(set) var cellSize: CellSize?
  /// Whether it can show a frame at once (mode 2026).
  package private(set) var synchronizesFrames = false
  /// Whether it has kitty's keyboard protocol.
  package private(set) var hasKeyboardProtocol = false
  /// Whether it takes questions that it does not know, and titles, in silence. Consoles print them.
  package private(set) var takesQuestions: Bool
  private var asked: Set<Question> = []

  /// What is asked when an answer was heard that makes it safe.
  package enum Question: Hashable, Sendable {
    /// Whether frames can be shown at once. Some old ones print this.
    case synchronizedFrames
    /// How the Alt key is set.
    case alt
    /// What becomes of a colour by value. Terminal of macOS shows this on the screen (neovim issue 28776): whoever
    /// knows its own name or is a VT220 reads such strings.
    case values
  }

  /// Takes `TERM`, `COLORTERM`, `NO_COLOR` (no-color.org: any text that is not empty) and what terminals say of
  /// themselves from an environment.
  package init(environment: [String: String]) {
    type = environment["TERM"] ?? ""
    usesColor = (environment["NO_COLOR"] ?? "").isEmpty
    let typed = TerminalFamily(type: type)
    let around = TerminalFamily(variables: environment)
    let multiplexer = Self.multiplexer(typed, environment)
    family = multiplexer ?? (typed == .other ? around : typed)
    surrounding = multiplexer == nil ? nil : around
    // GNU screen leaves the variable as the terminal around it has set it, and has fewer colours.
    let isScreen = typed == .screen && environment["STY"] != nil
    let claim = isScreen ? "" : environment["COLORTERM"] ?? ""
    // Variables of the terminal may be another one's; the type is never.
    takesValues =
      usesColor
      && (["truecolor", "24bit"].contains(claim) || Self.hasDirectColors(type)
        || typed.traits.takesValues)
    graphics = family.traits.graphics
    takesQuestions = typed != .console
  }

  /// Types that end so take colours by value and nothing else (terminfo.src).
  private static func hasDirectColors(_ type: String) -> Bool {
    type.split(separator: "-").contains { $0.hasPrefix("direct") }
  }

  private static func multiplexer(
    _ typed: TerminalFamily, _ environment: [String: String]
  ) -> TerminalFamily? {
    let isInScreen = environment["STY"] != nil
    let isInTmux = environment["TMUX"] != nil
    switch typed {
    case .tmux: return .tmux
    case .screen: return isInTmux && !isInScreen ? .tmux : .screen
    case .other:
      if isInTmux { return .tmux }
      return isInScreen ? .screen : nil
    default: return nil
    }
  }

  /// Whether it draws sextants (U+1FB00) itself, whatever its font.
  package var drawsSextants: Bool { (surrounding ?? family).traits.drawsSextants }

  /// Whether what its type lacks here can be had from xterm's.
  var resemblesXterm: Bool {
    Self.hasDirectColors(type) || TerminalFamily(type: type).traits.takesValues
  }

  // MARK: - Hearing

  /// Takes in what the database says of the type that is used.
  package mutating func handle(_ facts: TerminfoFacts) {
    paletteSize = facts.colors
    if TerminalFamily(type: facts.type) == .console { takesQuestions = false }
  }

  /// Takes an answer in.
  /// - Returns: what can be asked now, in this order; nothing is asked twice.
  package mutating func handle(_ reply: TerminalReply) -> [Question] {
    switch reply {
    case .version(let name):
      self.name = name
      let known = TerminalFamily(name: name)
      if known != .other { become(known) }
      if known.traits.takesValues { takesValues = usesColor }
      // tmux has no answer to this (tmux issue 4034).
      return ask([.synchronizedFrames, .alt] + (known == .tmux ? [] : [.values]))
    case .primaryAttributes(let numbers):
      if graphics == .none, numbers.dropFirst().contains(4) { graphics = .sixel }
      return numbers.first ?? 0 >= 61 ? ask([.alt, .values]) : []
    case .graphicRendition(let parameters):
      if Self.isEcho(parameters) { takesValues = usesColor }
    case .keyboardFlags: hasKeyboardProtocol = true
    case .mode(2026, let state): synchronizesFrames = state == 1 || state == 2
    case .cellSize(let height, let width): cellSize = CellSize(height: height, width: width)
    case .mode, .backgroundColor, .other: break
    }
    return []
  }

  private mutating func become(_ known: TerminalFamily) {
    family = known
    // What was taken for a multiplexer is none: its variable was handed on.
    if !known.isMultiplexer { surrounding = nil }
    graphics = known.traits.graphics
  }

  private mutating func ask(_ questions: [Question]) -> [Question] {
    questions.filter { question in
      let isNeeded =
        switch question {
        case .synchronizedFrames: !synchronizesFrames
        case .alt: true
        case .values: usesColor && !takesValues
        }
      return isNeeded && asked.insert(question).inserted
    }
  }

  /// Those that have fewer colours name another, or none. The answer may have colons for semicolons, and an empty
  /// colour space in between.
  private static func isEcho(_ parameters: String) -> Bool {
    parameters.split { $0 == ";" || $0 == ":" }.contains(["48", "2", "1", "2", "3"])
  }
}

/// A size in pixels.
package struct CellSize: Equatable, Hashable, Sendable {
  package var height: Int
  package var width: Int

  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}

/// What the terminfo database says of a type.
package struct TerminfoFacts: Equatable, Sendable {
  /// The type that is used: the terminal's own, or one like it that is known here.
  package var type: String
  /// How many colours it has; zero for none.
  package var colors: Int

  package init(type: String, colors: Int) {
    self.type = type
    self.colors = colors
  }
}
