import Gallery
import Interface
import Posix

/// Times as people read them in a list.
enum ShownTime {
  /// `14:32` today, `11-20` this year, `2025-11` before.
  static func short(_ secondsSince1970: Double) -> String {
    LocalTime(secondsSince1970).short(on: .now)
  }

  /// `14:32:05`.
  static func clock(_ time: Timestamp) -> String {
    let digits = Array(time.timeOfDay)
    return String(digits[0..<2]) + ":" + String(digits[2..<4]) + ":" + String(digits[4..<6])
  }
}

extension LocalTime {
  /// A time in seconds since 1970 in the zone of the user.
  init(_ secondsSince1970: Double) {
    let time = CalendarTime(local: secondsSince1970)
    self.init(
      year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
      second: time.second)
  }

  static var now: LocalTime { LocalTime(SystemClock.secondsSince1970) }
}
