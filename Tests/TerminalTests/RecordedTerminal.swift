import Screen
import Testing

@testable import Terminal

/// A terminal as a program meets it: its variables, its entry in the terminfo database, and what it answers.
///
/// The answers are those of TERMINAL.md's measurements and of the terminals' own documentation.
struct RecordedTerminal: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let environment: [String: String]
  var facts = TerminfoFacts(type: "xterm-256color", colors: 256)
  /// What it answers to the questions, in order.
  var answers: [String] = []

  let family: TerminalFamily
  /// Known before it has answered anything.
  var takesValuesAtOnce = false
  var takesValues = true
  var drawsSextants = false
  var graphics = TerminalFamily.Graphics.none
  var hasKeyboardProtocol = false
  var takesQuestions = true
  /// What is asked beyond the first questions.
  var asked: [Capabilities.Question] = []

  static func name(_ text: String) -> String { "\u{1B}P>|\(text)\u{1B}\\" }
  static func attributes(_ text: String) -> String { "\u{1B}[?\(text)c" }
  static let keyboard = "\u{1B}[?0u"
  private static let trueColor = ["TERM": "xterm-256color", "COLORTERM": "truecolor"]

  private static func environment(_ more: [String: String]) -> [String: String] {
    trueColor.merging(more) { $1 }
  }

  static let all: [RecordedTerminal] = named + xterms + others

  private static let named = [
    RecordedTerminal(
      testDescription: "kitty",
      environment: environment(["TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"]),
      facts: TerminfoFacts(type: "xterm-kitty", colors: 256),
      answers: [name("kitty(0.41.1)"), keyboard, attributes("62;52;")], family: .kitty,
      takesValuesAtOnce: true, drawsSextants: true, graphics: .kitty(placeholders: true),
      hasKeyboardProtocol: true, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "kitty, over SSH to a machine that does not know it",
      environment: ["TERM": "xterm-kitty"],
      answers: [name("kitty(0.41.1)"), keyboard, attributes("62;52;")], family: .kitty,
      takesValuesAtOnce: true, drawsSextants: true, graphics: .kitty(placeholders: true),
      hasKeyboardProtocol: true, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "ghostty",
      environment: environment(["TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"]),
      answers: [name("ghostty 1.1.3"), keyboard, attributes("62;22;52")], family: .ghostty,
      takesValuesAtOnce: true, drawsSextants: true, graphics: .kitty(placeholders: true),
      hasKeyboardProtocol: true, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "foot", environment: environment(["TERM": "foot"]),
      answers: [name("foot(1.16.2)"), keyboard, attributes("62;4;22")], family: .foot,
      takesValuesAtOnce: true, drawsSextants: true, graphics: .sixel, hasKeyboardProtocol: true,
      asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "wezterm",
      environment: environment(["TERM_PROGRAM": "WezTerm", "WEZTERM_PANE": "0"]),
      answers: [name("WezTerm 20240203-110809-5046fc22"), attributes("65;4;6;18;22")],
      family: .wezterm, takesValuesAtOnce: true, drawsSextants: true, graphics: .iterm2,
      asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "iterm2",
      environment: environment(["TERM_PROGRAM": "iTerm.app", "LC_TERMINAL": "iTerm2"]),
      answers: [name("iTerm2 3.5.0"), attributes("62;4")], family: .iterm2,
      takesValuesAtOnce: true, drawsSextants: true, graphics: .iterm2,
      asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "iterm2, over SSH",
      environment: ["TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"],
      answers: [name("iTerm2 3.5.0"), attributes("62;4")], family: .iterm2, drawsSextants: true,
      graphics: .iterm2, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "konsole", environment: environment(["KONSOLE_VERSION": "221203"]),
      answers: [name("Konsole 22.12.3"), attributes("62;1;4")], family: .konsole,
      takesValuesAtOnce: true, graphics: .kitty(placeholders: false),
      asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "vte", environment: environment(["VTE_VERSION": "7003"]),
      answers: [name("VTE(7003)"), attributes("65;1;9")], family: .vte, takesValuesAtOnce: true,
      drawsSextants: true, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "vte, by its type", environment: ["TERM": "vte-256color"],
      answers: [name("VTE(7003)"), attributes("65;1;9")], family: .vte, takesValuesAtOnce: true,
      drawsSextants: true, asked: [.synchronizedFrames, .alt]),
    // It has no answer to XTVERSION.
    RecordedTerminal(
      testDescription: "alacritty",
      environment: environment(["TERM": "alacritty", "ALACRITTY_WINDOW_ID": "1"]),
      answers: [keyboard, attributes("6")], family: .alacritty, takesValuesAtOnce: true,
      hasKeyboardProtocol: true),
    RecordedTerminal(
      testDescription: "contour", environment: environment(["TERM": "contour"]),
      answers: [name("contour 0.3.12.262"), attributes("65;1;4;22;28;29")], family: .contour,
      takesValuesAtOnce: true, drawsSextants: true, graphics: .sixel,
      asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "rio", environment: ["TERM": "rio"], answers: [attributes("62;4;6;22")],
      family: .rio, takesValuesAtOnce: true, drawsSextants: true, graphics: .sixel, asked: [.alt]),
    RecordedTerminal(
      testDescription: "mintty",
      environment: ["TERM": "xterm-256color", "TERM_PROGRAM": "mintty"],
      answers: [name("mintty 3.7.0"), attributes("65;1;2;4;6;9;11;22;28;29")], family: .mintty,
      graphics: .iterm2, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "VS Code", environment: environment(["TERM_PROGRAM": "vscode"]),
      answers: [name("xterm.js(5.5.0)"), attributes("1;2")], family: .xtermJS,
      takesValuesAtOnce: true, asked: [.synchronizedFrames, .alt]),
  ]

  private static let xterms = [
    RecordedTerminal(
      testDescription: "xterm",
      environment: ["TERM": "xterm-256color", "XTERM_VERSION": "XTerm(379)"],
      answers: [
        name("XTerm(379)"), attributes("64;1;2;6;9;15;16;17;18;21;22;28"),
        "\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\",
      ], family: .xterm, asked: [.synchronizedFrames, .alt, .values]),
    RecordedTerminal(
      testDescription: "xterm of 256 colours, with pictures, over SSH",
      environment: ["TERM": "xterm-256color"],
      answers: [
        name("XTerm(379)"), attributes("63;1;2;4;6;9;15;22"), "\u{1B}P1$r0;48:5:16m\u{1B}\\",
      ], family: .xterm, takesValues: false, graphics: .sixel,
      asked: [.synchronizedFrames, .alt, .values]),
    RecordedTerminal(
      testDescription: "xterm that was started in kitty",
      environment: [
        "TERM": "xterm", "XTERM_VERSION": "XTerm(379)", "KITTY_WINDOW_ID": "1",
      ], facts: TerminfoFacts(type: "xterm", colors: 8), family: .xterm, takesValues: false),
    RecordedTerminal(
      testDescription: "mosh, whatever is around it", environment: ["TERM": "xterm-256color"],
      answers: [attributes("62")], family: .other, takesValues: false, asked: [.alt, .values]),
    RecordedTerminal(
      testDescription: "Terminal of macOS",
      environment: ["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"],
      answers: [attributes("1;2")], family: .other, takesValues: false),
  ]

  private static let others = [
    RecordedTerminal(
      testDescription: "tmux in vte",
      environment: [
        "TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TMUX": "/tmp/tmux-0/default,7,0",
        "VTE_VERSION": "7003",
      ], facts: TerminfoFacts(type: "tmux-256color", colors: 256),
      answers: [name("tmux 3.3a"), attributes("1;2")], family: .tmux, takesValues: false,
      drawsSextants: true, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "tmux with sixel and screen's type, in nobody known",
      environment: ["TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,7,0"],
      answers: [name("tmux 3.4"), attributes("1;2;4")], family: .tmux, takesValues: false,
      graphics: .sixel, asked: [.synchronizedFrames, .alt]),
    RecordedTerminal(
      testDescription: "screen in a terminal of all colours",
      environment: [
        "TERM": "screen", "STY": "1.pts-0.host", "COLORTERM": "truecolor", "LC_TERMINAL": "iTerm2",
      ], facts: TerminfoFacts(type: "screen", colors: 8), answers: [attributes("1;2")],
      family: .screen, takesValues: false, drawsSextants: true),
    RecordedTerminal(
      testDescription: "Linux console", environment: ["TERM": "linux"],
      facts: TerminfoFacts(type: "linux", colors: 8), family: .console, takesValues: false,
      takesQuestions: false),
    RecordedTerminal(
      testDescription: "a type nobody knows", environment: ["TERM": "homemade"],
      answers: [attributes("1;2")], family: .other, takesValues: false),
    RecordedTerminal(
      testDescription: "a type nobody knows, where only VT100 is known",
      environment: ["TERM": "homemade"], facts: TerminfoFacts(type: "vt100", colors: 0),
      family: .other, takesValues: false, takesQuestions: false),
    RecordedTerminal(
      testDescription: "a direct type", environment: ["TERM": "konsole-direct"],
      facts: TerminfoFacts(type: "konsole-direct", colors: 1 << 24), family: .konsole,
      takesValuesAtOnce: true, graphics: .kitty(placeholders: false)),
  ]
}
