/// What has happened to the rows of a list since some of them were read.
package struct PageChanges<Row> {
  /// Rows that are new or not as they were, newest first.
  package var changed: [Row]
  /// The ids of pictures that have no row of their own any more.
  package var removed: [String]
  /// How many rows the whole list has.
  package var total: Int
  /// How many rows are younger than the position that was asked about; nil where none was.
  package var newer: Int?
  /// Up to which change of the list it is true.
  package var mark: Int64

  package init(
    changed: [Row], removed: [String], total: Int, newer: Int? = nil, mark: Int64
  ) {
    self.changed = changed
    self.removed = removed
    self.total = total
    self.newer = newer
    self.mark = mark
  }

  /// The same changes with other values in their rows.
  package func map<Other>(_ change: (Row) -> Other) -> PageChanges<Other> {
    PageChanges<Other>(
      changed: changed.map(change), removed: removed, total: total, newer: newer, mark: mark)
  }
}

extension PageChanges: Equatable where Row: Equatable {}
extension PageChanges: Sendable where Row: Sendable {}
