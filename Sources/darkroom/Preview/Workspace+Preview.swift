import Imaging
import Posix
import Terminal

extension Workspace {
  /// What `darkroom decode --colors` is told for previews; the terminal's painter maps them down.
  var previewColors: SymbolColors { surroundings.usesColor ? .truecolor : .none }

  var previewShapes: SymbolShapes { surroundings.drawsSextants ? .sextants : .quadrants }

  private var surroundings: Capabilities { Capabilities(environment: Environment.all) }
}
