/// The user's own clock and calendar, and how they go with the clock of `AppAction.ticked`.
package struct WallClock: Equatable, Sendable {
  /// How far local time was from UTC.
  package struct Offset: Equatable, Sendable {
    /// From when on, in seconds since 1970.
    package var start: Double
    /// Seconds east of UTC.
    package var seconds: Int

    package init(start: Double, seconds: Int) {
      self.start = start
      self.seconds = seconds
    }
  }

  package var today: LocalTime
  /// Seconds since 1970 when the clock of ticks was at zero.
  package var epoch: Double
  /// Those of the last years, the oldest first: summer time has another one than winter.
  package var offsets: [Offset]

  package init(today: LocalTime, epoch: Double = 0, offsets: [Offset] = []) {
    self.today = today
    self.epoch = epoch
    self.offsets = offsets
  }

  /// What the clock showed at a time in seconds since 1970.
  func time(_ seconds: Double) -> LocalTime {
    let offset = offsets.last { $0.start <= seconds } ?? offsets.first
    return LocalTime(seconds, utcOffset: offset?.seconds ?? 0)
  }
}
