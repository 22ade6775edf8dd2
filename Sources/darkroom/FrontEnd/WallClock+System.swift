import Interface
import Posix

extension WallClock {
  /// As the system's clocks and its zone have it.
  static var current: WallClock {
    let now = SystemClock.secondsSince1970
    return WallClock(
      today: LocalTime(now), epoch: epoch(at: now), offsets: offsets(until: now.rounded(.down)))
  }

  /// Whether nothing has changed: not the day, nor the offset from UTC, and nobody has set the clock, which goes on
  /// while the machine sleeps, as that of ticks does not.
  var isRight: Bool {
    let now = SystemClock.secondsSince1970
    return today.isSameDay(as: LocalTime(now)) && abs(Self.epoch(at: now) - epoch) < 1
      && offsets.last?.seconds == Self.utcOffset(now)
  }

  private static func epoch(at now: Double) -> Double {
    now - Double(SystemClock.monotonicMilliseconds) / 1000
  }

  private static func utcOffset(_ time: Double) -> Int { CalendarTime(local: time).utcOffset }

  /// Those of the last two years. One that held for less than a week may be missed.
  private static func offsets(until now: Double) -> [Offset] {
    var time = now - 2 * 365 * 86_400
    var offsets = [Offset(start: time, seconds: utcOffset(time))]
    while time < now {
      let next = min(time + 7 * 86_400, now)
      let offset = utcOffset(next)
      if offset != utcOffset(time) {
        var (before, since) = (time, next)
        while since - before > 1 {
          let middle = ((before + since) / 2).rounded(.down)
          if utcOffset(middle) == offset { since = middle } else { before = middle }
        }
        offsets.append(Offset(start: since, seconds: offset))
      }
      time = next
    }
    return offsets
  }
}
