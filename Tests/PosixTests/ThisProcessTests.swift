import Posix
import Testing

@Suite struct ThisProcessTests {
  @Test func theExecutableIsAFileThatRuns() throws {
    let path = try ThisProcess.executablePath()
    #expect(path.hasPrefix("/"))
    #expect(try FileInformation(of: path).mode & 0o100 != 0)
  }

  @Test func variablesAreFoundAndEmptyOnesAreNot() {
    let path = Environment.value("PATH")
    #expect(path?.contains("/bin") == true)
    #expect(Environment.all["PATH"] == path)
    #expect(Environment.value("DARKROOM_NO_SUCH_VARIABLE") == nil)
  }

  @Test func theHomeDirectoryExists() {
    #expect(ThisProcess.homeDirectory.map(FileSystem.exists) == true)
  }

  @Test func randomTextHasTheLengthAskedForAndDiffers() {
    let first = Randomness.hexadecimal(byteCount: 16)
    #expect(first.count == 32)
    #expect(first.allSatisfy { $0.isHexDigit })
    #expect(first != Randomness.hexadecimal(byteCount: 16))
    #expect(Randomness.bytes(0) == [])
  }

  @Test func monotonicTimeDoesNotGoBack() {
    let first = SystemClock.monotonicMilliseconds
    #expect(SystemClock.monotonicMilliseconds >= first)
  }

  @Test(arguments: [
    (1_795_271_525.9, "2026-11-21T14:32:05Z"), (0, "1970-01-01T00:00:00Z"),
    (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
  ])
  func momentsReadAsIso8601(_ seconds: Double, _ text: String) {
    #expect(CalendarTime(utc: seconds).iso8601 == text)
  }

  @Test func localFieldsAndOffsetDescribeTheSameMoment() {
    let local = CalendarTime(local: 1_795_271_525)
    let utc = CalendarTime(utc: 1_795_271_525 + Double(local.utcOffset))
    #expect(
      [local.year, local.month, local.day, local.hour, local.minute, local.second]
        == [utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second])
  }

  /// In whatever zone this runs: a clock that is put forward at midnight has the day begin an hour later.
  @Test(arguments: [(1970, 1, 2), (2024, 2, 29), (2026, 11, 30), (2026, 12, 32)])
  func aDayBeginsAtItsMidnight(year: Int, month: Int, day: Int) {
    let start = CalendarTime.start(ofYear: year, month: month, day: day)
    let first = CalendarTime(local: start)
    let isNewYear = day == 32
    #expect((first.month, first.day) == (isNewYear ? (1, 1) : (month, day)))
    #expect(first.year == year + (isNewYear ? 1 : 0) && first.hour <= 1 && first.second == 0)
    #expect(CalendarTime(local: start - 1).day != first.day)
  }
}
