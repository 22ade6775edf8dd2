import App
import Imaging
import Posix
import Terminal

extension Workspace {
  /// What `darkroom decode --colors` is told for previews; the terminal's painter maps them down.
  var previewColors: SymbolColors { Self.surroundings.usesColor ? .truecolor : .none }

  var previewShapes: SymbolShapes { Self.surroundings.drawsSextants ? .sextants : .quadrants }

  private static let surroundings = Capabilities(environment: Environment.all)
}
