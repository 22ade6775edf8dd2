import Paging

/// Where a user wants to be in a list of pictures, however long it is.
enum ListGoal: Hashable, Sendable {
  case first, last
  /// The picture with a number, from 1 for the newest.
  case row(Int)
  /// The newest picture of a day, or of the nearest day before it that has one.
  case day(CalendarDay)
  /// The same for the days of a month.
  case month(CalendarDay)

  /// What a user may type: `1234`, or a day as lists show it: `2026-11-03`, `11-03`, `2026-11`.
  ///
  /// - Parameter today: A day without a year is the last one that was.
  /// - Returns: Nil for anything else.
  init?(typed text: String, on today: LocalTime) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
      part.count <= 9 && part.allSatisfy { "0"..."9" ~= $0 } ? Int(part) : nil
    }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count else { return nil }
    self.init(numbers, on: today)
  }

  private init?(_ numbers: [Int], on today: LocalTime) {
    switch numbers.count {
    case 1 where numbers[0] > 0: self = .row(numbers[0])
    case 2 where numbers[0] > 12:
      guard let day = CalendarDay(lastOf: numbers[1], year: numbers[0]) else { return nil }
      self = .month(day)
    case 2:
      let isAhead = (numbers[0], numbers[1]) > (today.month, today.day)
      let year = today.year - (isAhead ? 1 : 0)
      guard let day = CalendarDay(year: year, month: numbers[0], day: numbers[1]) else {
        return nil
      }
      self = .day(day)
    case 3:
      guard let day = CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2]) else {
        return nil
      }
      self = .day(day)
    default: return nil
    }
  }

  /// What to ask the index for.
  var start: PageRequest.Start {
    switch self {
    case .first: .first
    case .last: .last
    case .row(let number): .row(number - 1)
    case .day(let day), .month(let day): .day(day)
    }
  }

  /// What is being read, in a sentence.
  var name: String {
    switch self {
    case .first: "The newest pictures are"
    case .last: "The oldest pictures are"
    case .row(let number): "Row \(number) is"
    case .day, .month: "That day is"
    }
  }

  /// Says where a picture is not of the day that was asked for.
  func note(reaching item: PictureItem) -> String? {
    guard case .day(let day) = self,
      !item.created.isSameDay(as: LocalTime(year: day.year, month: day.month, day: day.day))
    else { return nil }
    let name = "\(day.year)-\(LocalTime.two(day.month))-\(LocalTime.two(day.day))"
    return "No picture is of \(name): this is the nearest."
  }
}
