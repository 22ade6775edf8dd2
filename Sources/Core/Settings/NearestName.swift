/// Finds what somebody probably meant to type.
package enum NearestName {
  /// The name most like the typed one, in any case; nil if none is like it.
  ///
  /// One slip in three letters is forgiven, and at least one. Of equally near names the first wins.
  package static func of(_ typed: String, in names: [String]) -> String? {
    let typed = Array(typed.lowercased())
    // The distance grows with the product of the lengths, and nobody mistypes a page.
    guard typed.count <= 100 else { return nil }
    let allowed = max(1, typed.count / 3)
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = distance(typed, Array(name.lowercased()))
      if distance <= allowed, distance < best?.distance ?? Int.max { best = (name, distance) }
    }
    return best?.name
  }

  /// How many letters must be inserted, removed, changed or swapped with their neighbour (optimal
  /// string alignment distance).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let change = left[row] == right[column] ? 0 : 1
        var cost = min(last[column] + change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
