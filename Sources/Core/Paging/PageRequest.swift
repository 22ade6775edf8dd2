/// Which pictures a list has.
package struct PictureFilter: Hashable, Sendable {
  /// What a user types to search for; without a letter or a digit in it, all pictures match.
  package var words: String

  package init(words: String = "") { self.words = words }
}

/// The place of a picture in the order of time: a later one has a greater key.
package struct PicturePosition: Hashable, Comparable, Sendable {
  package var key: Int64

  package init(key: Int64) { self.key = key }

  /// Before everything that was made at or after a time in seconds since 1970, after all that was made earlier.
  package init(startOf secondsSince1970: Double) {
    let milliseconds = (secondsSince1970 * 1000).rounded(.down)
    key = Int64(max(0, min(milliseconds, 8e12))) << 20
  }

  package static func < (first: PicturePosition, second: PicturePosition) -> Bool {
    first.key < second.key
  }
}

/// A part of a long list of pictures, newest first. What it costs to read does not depend on how long the list is.
package struct PageRequest: Hashable, Sendable {
  package enum Start: Hashable, Sendable {
    /// The newest pictures.
    case first
    /// The oldest pictures.
    case last
    /// The row with this number, from zero for the newest, with about half a page on each side of it.
    case row(Int)
    /// The newest row of a day, by the calendar of whoever asks, or of the nearest day before it that has one,
    /// with about half a page on each side; the oldest row where all are younger.
    case day(CalendarDay)
    /// What is older than a position.
    case before(PicturePosition)
    /// What is younger than a position, next to it.
    case after(PicturePosition)
    /// What lies on both sides of a position.
    case around(PicturePosition)
    /// What lies around a picture, by its id; the newest pictures where there is none.
    case picture(id: String)
  }

  package var filter: PictureFilter
  package var start: Start
  /// The most rows.
  package var limit: Int
  /// Whether numbers of rows are wanted in a search too, where they have to be counted.
  package var isCounted: Bool

  package init(
    _ start: Start, of filter: PictureFilter = PictureFilter(), limit: Int, isCounted: Bool = false
  ) {
    self.filter = filter
    self.start = start
    self.limit = limit
    self.isCounted = isCounted
  }
}
