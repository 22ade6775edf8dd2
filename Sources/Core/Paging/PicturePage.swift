/// The answer to a `PageRequest`: rows that follow one another, newest first.
package struct PicturePage<Row> {
  package var rows: [Row]
  /// The number of the first of them in the whole list, from zero; nil where it was not counted.
  package var firstRow: Int?
  /// How many rows the whole list has; nil where they were not counted.
  package var total: Int?
  /// Whether nothing is younger than the first row.
  package var reachesStart: Bool
  /// Whether nothing is older than the last row.
  package var reachesEnd: Bool
  /// Up to which change of the list it is true.
  package var mark: Int64

  package init(
    rows: [Row], firstRow: Int? = nil, total: Int? = nil, reachesStart: Bool = true,
    reachesEnd: Bool = true, mark: Int64 = 0
  ) {
    self.rows = rows
    self.firstRow = firstRow
    self.total = total
    self.reachesStart = reachesStart
    self.reachesEnd = reachesEnd
    self.mark = mark
  }

  /// The same page with other values in its rows.
  package func map<Other, Failure: Error>(
    _ change: (Row) throws(Failure) -> Other
  ) throws(Failure) -> PicturePage<Other> {
    var others: [Other] = []
    others.reserveCapacity(rows.count)
    for row in rows { others.append(try change(row)) }
    return PicturePage<Other>(
      rows: others, firstRow: firstRow, total: total, reachesStart: reachesStart,
      reachesEnd: reachesEnd, mark: mark)
  }
}

extension PicturePage: Equatable where Row: Equatable {}
extension PicturePage: Sendable where Row: Sendable {}
