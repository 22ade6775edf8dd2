internal import Glibc

/// The clocks of the machine.
package enum SystemClock {
  /// Milliseconds since some moment in the past; never goes back, stands still during suspend.
  package static var monotonicMilliseconds: Int64 {
    let time = now(CLOCK_MONOTONIC)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Seconds since 1970, to a nanosecond as far as a `Double` holds it; may jump.
  package static var secondsSince1970: Double {
    let time = now(CLOCK_REALTIME)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func now(_ clock: clockid_t) -> timespec {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return time
  }
}
