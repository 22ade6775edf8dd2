import Screen

/// Rows in columns as wide as they must be, made to fit a terminal: first whole columns give way, those that are
/// missed least, then the last one is wrapped at its words, below the others where there is no room beside them. What is
/// told is never cut off.
struct TableLayout {
  /// Ready to be printed.
  private(set) var lines: [String] = []
  /// The heads of the columns that gave way.
  private(set) var leftOut: [String] = []

  /// The least a last column is wrapped to, where the table has more than that.
  private static let least = 16

  /// - Parameters:
  ///   - rows: The heads are the first.
  ///   - edge: Cells of a line; nil for as many as there are.
  ///   - dispensable: The numbers of columns that may give way, the first one first.
  init(_ rows: [[String]], edge: Int?, dispensable: [Int] = []) {
    var rows = rows
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
    }
    var kept = Array(0..<columns)
    func start(of last: Int) -> Int {
      kept.filter { $0 != last }.reduce(0) { $0 + widths[$1] + 2 }
    }
    if let edge, let last = kept.last {
      for column in dispensable
      where start(of: last) + min(widths[last], Self.least) > edge {
        kept.removeAll { $0 == column }
        leftOut.append(rows.first?[column] ?? "")
      }
    }
    rows = rows.map { row in kept.compactMap { $0 < row.count ? row[$0] : nil } }
    let shown = kept.map { widths[$0] }
    let beside = shown.dropLast().reduce(0) { $0 + $1 + 2 }
    let isBelow = edge.map { beside + min(shown.last ?? 0, Self.least) > $0 } ?? false
    let indent = isBelow ? 2 : beside
    let room = edge.map { max($0 - indent, 1) }
    for row in rows {
      var line = ""
      for (column, text) in row.dropLast().enumerated() {
        let gap = shown[column] - TextWidth.columns(of: text) + 2
        line += text + String(repeating: " ", count: gap)
      }
      let isLast = row.count == shown.count
      let pieces = isLast ? Self.wrapped(row.last ?? "", to: room) : [row.last ?? ""]
      let space = String(repeating: " ", count: indent)
      if isBelow, isLast, row.count > 1 {
        lines += [line] + pieces.filter { !$0.isEmpty }.map { space + $0 }
      } else {
        lines += [line + (pieces.first ?? "")] + pieces.dropFirst().map { space + $0 }
      }
    }
  }

  /// A text in pieces of so many cells, parted at spaces where that can be done.
  private static func wrapped(_ text: String, to room: Int?) -> [String] {
    guard let room, TextWidth.columns(of: text) > room else { return [text] }
    var pieces: [String] = []
    var piece = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let joined = piece.isEmpty ? String(word) : piece + " " + word
      if TextWidth.columns(of: joined) <= room {
        piece = joined
        continue
      }
      if !piece.isEmpty { pieces.append(piece) }
      piece = ""
      // A path or an address that is longer than a line.
      for letter in word {
        if !piece.isEmpty, TextWidth.columns(of: piece + String(letter)) > room {
          pieces.append(piece)
          piece = ""
        }
        piece.append(letter)
      }
    }
    return pieces + [piece]
  }
}
