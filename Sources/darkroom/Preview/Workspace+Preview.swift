import Imaging
import Posix

extension Workspace {
  /// What `darkroom decode --colors` is told for previews; the terminal's painter maps them down.
  var previewColors: SymbolColors {
    Environment.value("NO_COLOR").map { $0.isEmpty } ?? true ? .truecolor : .none
  }

  /// Sextants only where the terminal draws them itself, since
  /// few fonts have them.
  var previewShapes: SymbolShapes {
    let type = Environment.value("TERM") ?? ""
    let families = ["xterm-kitty", "xterm-ghostty", "foot", "wezterm", "contour", "rio"]
    let isKnown = families.contains { type.hasPrefix($0) }
    let program = Environment.value("TERM_PROGRAM") ?? ""
    let draws = ["WezTerm", "ghostty", "iTerm.app", "kitty", "rio"].contains(program)
    return isKnown || draws || Environment.value("VTE_VERSION") != nil ? .sextants : .quadrants
  }
}
