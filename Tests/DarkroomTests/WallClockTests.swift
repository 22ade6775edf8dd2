import Glibc
import Posix
import Testing

@testable import Interface
@testable import darkroom

@Suite("The clock on the wall")
struct WallClockTests {
  /// In a process of its own, because the zone is one of a process.
  @Test func itShowsWhatTheZoneOfTheUserSays() async {
    await #expect(processExitsWith: .success) {
      // Written out: summer time needs no file of the system.
      unsafe setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1)
      tzset()
      let wall = WallClock.current
      #expect(wall.isRight)
      // In two years the clock is set four times.
      #expect(wall.offsets.map(\.seconds).count >= 4)
      #expect(Set(wall.offsets.map(\.seconds)) == [3600, 7200])
      let now = SystemClock.secondsSince1970
      for day in 0..<700 {
        let then = now - Double(day) * 86_400
        #expect(wall.time(then) == LocalTime(then), "\(day) days ago")
      }
    }
  }

  @Test func itIsWrongOnceTheDayTheZoneOrTheClockIsAnother() {
    let wall = WallClock.current
    var other = wall
    other.today.day += 1
    #expect(!other.isRight)
    other = wall
    other.epoch += 60
    #expect(!other.isRight)
    other = wall
    other.offsets.append(.init(start: 0, seconds: 12_345))
    #expect(!other.isRight)
  }
}
