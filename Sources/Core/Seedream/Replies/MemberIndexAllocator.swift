/// Gives each member of a set a place of its own: a server's count is not trusted, and two pictures of
/// one place would take each other's name.
struct MemberIndexAllocator {
  private let limit: Int
  private var taken: Set<Int> = []

  init(limit: Int) {
    self.limit = limit
  }

  /// How many places are taken: pictures and refused members so far.
  var count: Int { taken.count }

  /// Whether somebody has a place.
  func isTaken(_ place: Int) -> Bool { taken.contains(place) }

  /// The place the server names, if it is below the limit and free, else the next free one; nil when
  /// there are no more.
  mutating func take(_ named: Int?) -> Int? {
    let free = { [taken] in !taken.contains($0) }
    let place =
      named.flatMap { (0..<limit).contains($0) && free($0) ? $0 : nil }
      ?? (count..<limit).first(where: free) ?? (0..<limit).first(where: free)
    if let place { taken.insert(place) }
    return place
  }
}
