internal import FoundationEssentials
internal import SQLite
internal import Seedream

// What a row says of where a picture comes from. An index of an older program knows the parents only.
extension PictureRecord {
  /// Of the columns `parents`, `parent_kinds`, `experiment` and `cell`.
  static let provenanceColumns = "parents, parent_kinds, experiment, cell"

  var provenanceValues: [SQLValue] {
    [
      .text(parentEdges.map(\.id.description).joined(separator: " ")),
      .text(parentEdges.map(\.kind.rawValue).joined(separator: " ")),
      SQLValue(experiment?.text), SQLValue(cell.flatMap(Self.text)),
    ]
  }

  /// - Parameter layer: Its place in a set of layers; nil for a picture that was not split.
  static func parentEdges(_ ids: String, kinds: String?, layer: Int?) -> [ParentEdge] {
    let plain = PictureOrigin.plainKind(isSplit: layer != nil)
    let kinds = (kinds ?? "").split(separator: " ").map { ParentEdge.Kind(rawValue: String($0)) }
    return ids.split(separator: " ").enumerated().compactMap { place, id in
      let kind = kinds.indices.contains(place) ? kinds[place] ?? .reference : plain
      return PictureID(String(id)).map { ParentEdge($0, kind) }
    }.eachOnce
  }

  /// Nil for a text that no version of ours has written.
  static func cell(_ text: String) -> CellPlace? {
    try? JSONDecoder().decode(CellPlace.self, from: Data(text.utf8))
  }

  private static func text(of cell: CellPlace) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(cell)).map { String(decoding: $0, as: UTF8.self) }
  }
}
