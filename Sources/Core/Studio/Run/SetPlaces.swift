import Gallery

/// Gives every member of a reply a place of its own: a provider may count wrongly, and two pictures
/// must never share a name.
struct SetPlaces {
  private var taken: Set<Int> = []

  /// The place the provider says, from zero, or the next free one.
  mutating func take(_ index: Int) -> Int {
    let highest = PictureID.numbers.upperBound - 1
    let isUsable = (0...highest).contains(index) && !taken.contains(index)
    let place = isUsable ? index : (0...highest).first { !taken.contains($0) } ?? highest
    taken.insert(place)
    return place
  }
}
