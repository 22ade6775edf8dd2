internal import Posix

/// A moment to the millisecond, with the distance from UTC it was seen at.
///
/// Written as ISO 8601 with offset, `2026-11-21T14:32:05.123+01:00`, and read back equal.
package struct Timestamp: Hashable, Sendable {
  /// Since 1970, in UTC.
  package var milliseconds: Int64
  /// Minutes east of UTC.
  package var offsetMinutes: Int

  /// The moment clamped to the years 0–9999, the offset to less than a day.
  package init(milliseconds: Int64, offsetMinutes: Int) {
    self.milliseconds = min(max(milliseconds, -62_167_132_800_000), 253_402_214_400_000)
    self.offsetMinutes = min(max(offsetMinutes, -1439), 1439)
  }

  /// A moment in the zone of the user.
  package init(local secondsSince1970: Double) {
    let bounded = secondsSince1970.isFinite ? min(max(secondsSince1970, -7e10), 3e11) : 0
    self.init(
      milliseconds: Int64((bounded * 1000).rounded(.down)),
      offsetMinutes: CalendarTime(local: bounded).utcOffset / 60)
  }

  package static func now() -> Timestamp { Timestamp(local: SystemClock.secondsSince1970) }

  /// The calendar as it stood where the moment was seen.
  var calendar: CalendarTime {
    CalendarTime(utc: (Double(milliseconds) / 1000).rounded(.down) + Double(offsetMinutes * 60))
  }

  /// `2026-11-21`.
  package var day: String { calendar.date }

  /// `2026-11`.
  package var month: String { String(calendar.date.dropLast(3)) }

  /// `143205`.
  package var timeOfDay: String {
    let calendar = calendar
    return digits(calendar.hour) + digits(calendar.minute) + digits(calendar.second)
  }
}

extension Timestamp: Comparable {
  package static func < (first: Timestamp, second: Timestamp) -> Bool {
    (first.milliseconds, first.offsetMinutes) < (second.milliseconds, second.offsetMinutes)
  }
}

extension Timestamp: LosslessStringConvertible {
  package var description: String {
    let calendar = calendar
    let fraction = Int(((milliseconds % 1000) + 1000) % 1000)
    let time = "\(digits(calendar.hour)):\(digits(calendar.minute)):\(digits(calendar.second))"
    let offset = abs(offsetMinutes)
    let sign = offsetMinutes < 0 ? "-" : "+"
    return
      "\(day)T\(time).\(digits(fraction, 3))\(sign)\(digits(offset / 60)):\(digits(offset % 60))"
  }

  /// Reads what `description` writes; fraction and offset may be missing, `Z` is UTC.
  package init?(_ text: String) {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.take("T"),
      let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
      reader.take(":"), let second = reader.number(2), (1...12).contains(month),
      (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    let fraction = reader.take(".") ? reader.number(3) : 0
    guard let fraction, let offset = reader.offset(), reader.isAtEnd else { return nil }
    let days = daysSince1970(year: year, month: month, day: day)
    let seconds = days * 86_400 + (hour * 60 + minute - offset) * 60 + second
    self.init(milliseconds: Int64(seconds * 1000 + fraction), offsetMinutes: offset)
  }
}

extension Timestamp: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let timestamp = Timestamp(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a time"))
    }
    self = timestamp
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Reads fixed fields of digits from the front of a text.
private struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number(_ count: Int) -> Int? {
    let field = rest.prefix(count)
    guard field.count == count, field.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    rest = rest.dropFirst(count)
    return field.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Minutes east of UTC.
  mutating func offset() -> Int? {
    if isAtEnd || take("Z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hours = number(2), take(":"), let minutes = number(2),
      hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (isWest ? -1 : 1)
  }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March so
/// that the leap day comes last.
private func daysSince1970(year: Int, month: Int, day: Int) -> Int {
  let marchYear = month > 2 ? year : year - 1
  let marchMonth = (month + 9) % 12
  let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
  return marchYear * 365 + leapDays + (marchMonth * 153 + 2) / 5 + day - 1 - 719_468
}

private func digits(_ number: Int, _ width: Int = 2) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
