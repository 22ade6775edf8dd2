import Posix
import Testing

@testable import Interface
@testable import darkroom

@Suite("The clock on the wall")
struct WallClockTests {
  @Test func itShowsWhatTheZoneOfTheUserSays() {
    let wall = WallClock.current
    #expect(wall.isRight)
    let now = SystemClock.secondsSince1970
    for day in 0..<700 {
      let then = now - Double(day) * 86_400
      #expect(wall.time(then) == LocalTime(then), "\(day) days ago")
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
