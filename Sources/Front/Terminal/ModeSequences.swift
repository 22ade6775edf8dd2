/// The bytes that switch what ncurses knows nothing of (xterm ctlseqs, kitty keyboard protocol).
struct ModeSequences: Sendable {
  var mouse: Bool
  /// Whether the terminal said that it knows kitty's keyboard protocol.
  var hasKeyboardProtocol = false
  /// Whether the title was put on the terminal's stack.
  var hasTitle = false
  /// Modes of the Alt key that the terminal said it has and has not set; xterm's 1036 and 1039.
  private(set) var altModes: Set<Int> = []

  /// Takes in how a mode is set, as the terminal says (DECRPM).
  /// - Returns: what to write; empty when nothing.
  mutating func answer(toMode mode: Int, state: Int) -> String {
    guard Self.modesOfAlt.contains(mode), state == 2, altModes.insert(mode).inserted else {
      return ""
    }
    return "\u{1B}[?\(mode)h"
  }

  /// Pastes in brackets, focus reports, clicks and drags in cells.
  var entering: String {
    "\u{1B}[?2004h\u{1B}[?1004h" + (mouse ? "\u{1B}[?1002h\u{1B}[?1006h" : "") + altModes("h")
  }

  /// What must wait until the other screen is up: each of the two has its own keyboard flags.
  var entered: String { hasKeyboardProtocol ? Self.keyboardOn : "" }

  /// In the reverse order, and an unfinished synchronized frame too.
  var leaving: String {
    (hasKeyboardProtocol ? "\u{1B}[<u" : "") + altModes("l") + mouseOff
      + "\u{1B}[?1004l\u{1B}[?2004l"
      + "\u{1B}[?2026l"
  }

  /// Behind the way back to the main screen, where some terminals bring saved modes back.
  var left: String { mouseOff + (hasTitle ? "\u{1B}[23;2t" : "") }

  /// Escape codes that cannot be mistaken for keys typed: flag 1 of the protocol.
  static let keyboardOn = "\u{1B}[>1u"
  static let synchronizedOn = "\u{1B}[?2026h"
  static let synchronizedOff = "\u{1B}[?2026l"
  static let saveTitle = "\u{1B}[22;2t"

  private static let modesOfAlt = [1036, 1039]

  private func altModes(_ final: Character) -> String {
    altModes.sorted().map { "\u{1B}[?\($0)\(final)" }.joined()
  }

  private var mouseOff: String { mouse ? "\u{1B}[?1006l\u{1B}[?1002l" : "" }

  // MARK: - Questions

  /// Asked once the first frame is up; nobody waits for the answers.
  ///
  /// Name, keyboard protocol, background, cell size, and last the primary attributes, which every
  /// terminal answers: what has not been answered before them never will be.
  static let questions = "\u{1B}[>q\u{1B}[?u\(backgroundQuestion)\u{1B}[16t\u{1B}[c"
  static let backgroundQuestion = "\u{1B}]11;?\u{1B}\\"

  static func text(of question: Capabilities.Question) -> String {
    switch question {
    case .synchronizedFrames: "\u{1B}[?2026$p"
    // Where Alt sends no ESC it types letters: xterm as it comes. The modes are asked for rather than
    // set, because most terminals have them set, and a shell needs them as they were.
    case .alt: modesOfAlt.map { "\u{1B}[?\($0)$p" }.joined()
    // Sets a colour by value and asks what has become of it (DECRQSS).
    case .values: "\u{1B}[48;2;1;2;3m\u{1B}P$qm\u{1B}\\\u{1B}[0m"
    }
  }
}
