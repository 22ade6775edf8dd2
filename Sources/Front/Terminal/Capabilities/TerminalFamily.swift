/// The families of terminals that are told apart. All that depends on one asks `traits`.
package enum TerminalFamily: String, CaseIterable, Sendable {
  case kitty, ghostty, foot, wezterm, iterm2, konsole, vte, alacritty, contour, rio, mintty
  case xtermJS
  case xterm
  case tmux, screen
  /// Consoles and old devices, which print what they do not understand.
  case console
  /// Nobody known; most call themselves xterm.
  case other

  /// By what one family is known, and what it is known for.
  struct Traits {
    /// How its types (`TERM`) begin. `xterm` is nobody's: most terminals say that.
    var types: [String] = []
    /// What it says in `TERM_PROGRAM`, or in `LC_TERMINAL`, which OpenSSH hands on; lower case.
    var programs: [String] = []
    /// A variable that it sets, and whoever is started in it has.
    var variable: String?
    /// How its answer to XTVERSION begins; lower case.
    var names: [String] = []
    /// Whether every version in use takes colours by value (SGR `38;2;r;g;b`) and xterm's sequences.
    var takesValues = false
    /// Whether it draws sextants (U+1FB00) itself: few fonts have them.
    var drawsSextants = false
    /// How it draws pictures, as far as its name tells (yazi's list of drivers).
    var graphics = Graphics.none
  }

  /// How a terminal draws pictures.
  package enum Graphics: Equatable, Sendable {
    case none
    case sixel
    /// kitty's protocol; with placeholders a picture is text (U+10EEEE).
    case kitty(placeholders: Bool)
    case iterm2
  }

  var traits: Traits {
    switch self {
    case .kitty:
      Traits(
        types: ["xterm-kitty"], programs: ["kitty"], variable: "KITTY_WINDOW_ID",
        names: ["kitty"], takesValues: true, drawsSextants: true,
        graphics: .kitty(placeholders: true))
    case .ghostty:
      Traits(
        types: ["xterm-ghostty", "ghostty"], programs: ["ghostty"],
        variable: "GHOSTTY_RESOURCES_DIR", names: ["ghostty"], takesValues: true,
        drawsSextants: true, graphics: .kitty(placeholders: true))
    case .foot:
      Traits(
        types: ["foot"], names: ["foot"], takesValues: true, drawsSextants: true, graphics: .sixel)
    case .wezterm:
      Traits(
        types: ["wezterm"], programs: ["wezterm"], variable: "WEZTERM_PANE", names: ["wezterm"],
        takesValues: true, drawsSextants: true, graphics: .iterm2)
    case .iterm2:
      Traits(
        types: ["iterm"], programs: ["iterm.app", "iterm2"], variable: "ITERM_SESSION_ID",
        names: ["iterm2"], takesValues: true, drawsSextants: true, graphics: .iterm2)
    case .konsole:
      Traits(
        types: ["konsole"], programs: ["konsole"], variable: "KONSOLE_VERSION",
        names: ["konsole"], takesValues: true, graphics: .kitty(placeholders: false))
    case .vte:
      Traits(
        types: ["vte", "gnome"], variable: "VTE_VERSION", names: ["vte("], takesValues: true,
        drawsSextants: true)
    case .alacritty:
      Traits(
        types: ["alacritty"], programs: ["alacritty"], variable: "ALACRITTY_WINDOW_ID",
        names: ["alacritty"], takesValues: true)
    case .contour:
      Traits(
        types: ["contour"], programs: ["contour"], names: ["contour"], takesValues: true,
        drawsSextants: true, graphics: .sixel)
    case .rio:
      Traits(
        types: ["rio", "xterm-rio"], programs: ["rio"], names: ["rio"], takesValues: true,
        drawsSextants: true)
    case .mintty:
      Traits(
        types: ["mintty"], programs: ["mintty"], names: ["mintty"], takesValues: true,
        graphics: .iterm2)
    case .xtermJS: Traits(programs: ["vscode"], names: ["xterm.js"], takesValues: true)
    // How many colours xterm has depends on how it was built and set up.
    case .xterm: Traits(variable: "XTERM_VERSION", names: ["xterm("])
    case .tmux: Traits(types: ["tmux"], programs: ["tmux"], variable: "TMUX", names: ["tmux"])
    case .screen: Traits(types: ["screen"], variable: "STY", names: ["gnu screen"])
    case .console: Traits(types: ["linux", "vt", "cons", "ansi", "wy", "sun"])
    case .other: Traits()
    }
  }

  /// Whether it shows other terminals' worth in windows of its own: what is drawn at the end is somebody else's.
  var isMultiplexer: Bool { self == .tmux || self == .screen }

  // MARK: - Recognizing

  /// By its type: the longest beginning wins, as `vte` over `vt`.
  init(type: String) {
    var found: (family: TerminalFamily, length: Int) = (.other, 0)
    for family in Self.allCases {
      for start in family.traits.types
      where type.hasPrefix(start) && start.utf8.count > found.length {
        found = (family, start.utf8.count)
      }
    }
    self = found.family
  }

  /// By its own answer to XTVERSION.
  init(name: String) {
    let name = name.lowercased()
    self = Self.allCases.first { $0.traits.names.contains { name.hasPrefix($0) } } ?? .other
  }

  /// By variables that the terminal around everything has set.
  ///
  /// They are handed down to other terminals that are started in it. Of several, those that have the least are
  /// believed first: nothing is shown that they have not.
  init(variables environment: [String: String]) {
    for variable in ["TERM_PROGRAM", "LC_TERMINAL"] {
      guard let program = environment[variable]?.lowercased() else { continue }
      let family = Self.allCases.first { $0.traits.programs.contains(program) }
      if let family, !family.isMultiplexer {
        self = family
        return
      }
    }
    let order: [TerminalFamily] = [
      .xterm, .alacritty, .konsole, .vte, .iterm2, .wezterm, .ghostty, .kitty,
    ]
    self =
      order.first { family in
        family.traits.variable.map { environment[$0] != nil } ?? false
      } ?? .other
  }
}
