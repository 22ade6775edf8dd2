import FoundationEssentials
import Gallery
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-11-21T14:32:05.250+08:00", 1_795_242_725_250),
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999+00:00", -1),
    ("2000-02-29T00:00:00Z", 951_782_400_000), ("2100-03-01T00:00:00Z", 4_107_542_400_000),
    ("2026-11-21T14:32:05-03:30", 1_795_284_125_000),
  ])
  func momentsAreRead(text: String, milliseconds: Int64) {
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test func everyDayOfTheGregorianCalendarAgreesWithFoundationAndComesBack() throws {
    for day in stride(from: -130_000, to: 200_000, by: 97) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 12_345)
      let time = Timestamp(milliseconds: Int64(day) * 86_400_000 + 12_345_678, offsetMinutes: 330)
      #expect(Timestamp(time.description) == time)
      let utc = try #require(Timestamp(date.formatted(.iso8601)))
      #expect(utc.milliseconds == Int64(day) * 86_400_000 + 12_345_000)
    }
  }

  @Test func theDayIsTheOneOfTheClockOnTheWall() throws {
    let night = try #require(Timestamp("2026-12-01T00:10:00.000+08:00"))
    #expect(night.day == "2026-12-01")
    #expect(night.month == "2026-12")
    #expect(night.timeOfDay == "001000")
  }

  @Test(arguments: [
    "", "now", "2026-11-21", "2026-13-01T00:00:00Z", "2026-11-21T25:00:00Z",
    "2026-11-21T14:32:05.1Z", "2026-11-21T14:32:05+8:00", "2026-11-21T14:32:05Zx",
    "-026-11-21T14:32:05Z", "２０26-11-21T14:32:05Z",
  ])
  func otherTextIsRefused(text: String) {
    #expect(Timestamp(text) == nil)
  }
}
