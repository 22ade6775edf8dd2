import Screen

/// Which pictures stand in front of the cells of the screen, and what becomes of them from one frame to the next.
///
/// A terminal may keep pictures in its cells, as those with sixels do: where anything is written, the picture is
/// gone, and where a picture was, its cells have to be written. So does the painter, on every terminal.
struct ImageLayer: Sendable {
  private(set) var shown: [ImagePlacement] = []

  /// Of what a frame wants, what can be shown: each once, and in whole.
  static func visible(_ wanted: [ImagePlacement], on size: Size) -> [ImagePlacement] {
    var seen: Set<ImagePlacement> = []
    return wanted.filter { placement in
      !placement.rect.isEmpty && placement.rect.intersection(Rect(size)) == placement.rect
        && seen.insert(placement).inserted
    }
  }

  /// Those that have to go before anything is written.
  func leaving(for wanted: [ImagePlacement]) -> [ImagePlacement] {
    shown.filter { !wanted.contains($0) }
  }

  /// Those that are not there yet.
  func coming(_ wanted: [ImagePlacement]) -> [ImagePlacement] {
    wanted.filter { !shown.contains($0) }
  }

  /// Takes the new ones for shown.
  /// - Parameter written: all cells that may have been written for this frame.
  /// - Returns: those that have to be drawn behind that, from the one at the back to the one in front.
  mutating func take(_ wanted: [ImagePlacement], written: [RowSpan]) -> [ImagePlacement] {
    var drawn: [ImagePlacement] = []
    for (index, placement) in wanted.enumerated() {
      let before = shown.firstIndex(of: placement)
      // What is to be behind it is drawn now, or was in front of it.
      let isBehind = wanted[..<index].contains { other in
        guard !other.rect.intersection(placement.rect).isEmpty else { return false }
        return drawn.contains(other) || (shown.firstIndex(of: other) ?? -1) > (before ?? 0)
      }
      if before == nil || isBehind || written.contains(where: { placement.rect.meets($0) }) {
        drawn.append(placement)
      }
    }
    shown = wanted
    return drawn
  }

  /// Takes none for shown any more.
  mutating func forget() { shown = [] }
}

extension Rect {
  /// Its cells of one row.
  func columns(ofRow row: Int) -> ClosedRange<Int>? {
    guard row >= self.row, row < self.row + rows, columns > 0 else { return nil }
    return column...column + columns - 1
  }

  fileprivate func meets(_ span: RowSpan) -> Bool {
    columns(ofRow: span.row)?.overlaps(span.columns) ?? false
  }
}

/// Some cells of a row.
struct RowSpan: Equatable {
  var row: Int
  var columns: ClosedRange<Int>
}
