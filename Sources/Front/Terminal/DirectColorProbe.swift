import Screen

/// Whether the terminal takes colours by value (SGR `38;2;r;g;b`): what the environment says, until
/// the terminal itself answers.
///
/// OpenSSH does not hand `COLORTERM` on, so that most terminals have to be asked.
struct DirectColorProbe {
  private(set) var isConfirmed: Bool
  private let usesColor: Bool
  private var isAsked = false

  init(_ options: TerminalOptions) {
    let isClaimed =
      ["truecolor", "24bit"].contains(options.colorTerm) || Self.isKnown(type: options.type)
    isConfirmed = options.color && isClaimed
    usesColor = options.color
  }

  /// Takes an answer in.
  /// - Returns: what to ask next; empty when nothing.
  mutating func heed(_ reply: TerminalReply) -> String {
    guard usesColor && !isConfirmed else { return "" }
    switch reply {
    case .version(let name):
      isConfirmed = Self.isKnown(name: name)
      // tmux has no answer to this (tmux issue 4034).
      return isConfirmed || name.hasPrefix("tmux") ? "" : ask()
    case .primaryAttributes(let numbers) where numbers.first ?? 0 >= 61:
      return ask()
    case .graphicRendition(let parameters):
      isConfirmed = Self.isEcho(parameters)
      return ""
    default:
      return ""
    }
  }

  /// Sets a colour by value and asks what has become of it (DECRQSS): those that have fewer colours
  /// name another, or none.
  ///
  /// Not asked together with the rest, because Terminal of macOS shows the question on the screen
  /// (neovim issue 28776). Whoever knows its own name or is a VT220 reads such strings.
  private mutating func ask() -> String {
    guard !isAsked else { return "" }
    isAsked = true
    return "\u{1B}[48;2;1;2;3m\u{1B}P$qm\u{1B}\\\u{1B}[0m"
  }

  /// Whether a type names a family of terminals that have colours of 24 bits and xterm's sequences.
  static func isKnown(type: String) -> Bool {
    let families = [
      "xterm-kitty", "xterm-ghostty", "ghostty", "foot", "wezterm", "alacritty", "contour",
    ]
    return type.contains("-direct") || families.contains { type.hasPrefix($0) }
  }

  /// xterm is not among them: how many colours it has depends on how it was built and set up.
  private static func isKnown(name: String) -> Bool {
    let families = [
      "kitty", "wezterm", "foot", "ghostty", "iterm2", "konsole", "contour", "vte(", "mintty",
      "xterm.js",
    ]
    return families.contains { name.lowercased().hasPrefix($0) }
  }

  /// The answer may have colons for semicolons, and an empty colour space in between.
  private static func isEcho(_ parameters: String) -> Bool {
    parameters.split { $0 == ";" || $0 == ":" }.contains(["48", "2", "1", "2", "3"])
  }
}
