import Jobs
import Testing

@testable import Interface

@Suite("Jobs and their times")
struct JobTimeTests {
  @Test(arguments: [
    (0, "1970-01-01 00:00:00"), (-1, "1969-12-31 23:59:59"), (951_782_400, "2000-02-29 00:00:00"),
    (4_107_542_400, "2100-03-01 00:00:00"), (Sample.epoch + 100.9, "2026-11-21 14:32:05"),
  ])
  func aTimeIsADayAndAnHour(seconds: Double, text: String) {
    #expect(LocalTime(seconds, utcOffset: 0).full == text)
  }

  @Test func whatWasSentInSummerIsToldInSummerTime() {
    let wall = WallClock(
      today: Sample.today,
      offsets: [
        .init(start: 1_770_000_000, seconds: 3600), .init(start: 1_774_746_000, seconds: 7200),
        .init(start: 1_792_890_000, seconds: 3600),
      ])
    #expect(wall.time(1_774_745_999).full == "2026-03-29 01:59:59")
    #expect(wall.time(1_774_746_000).full == "2026-03-29 03:00:00")
    #expect(wall.time(1_792_889_999).full == "2026-10-25 02:59:59")
    #expect(wall.time(1_792_890_000).full == "2026-10-25 02:00:00")
    #expect(wall.time(1_700_000_000).full == "2023-11-14 23:13:20")
  }

  /// The clock of ticks stands still while the machine sleeps, the one on the wall does not.
  @Test func theTimeAJobTakesIsReckonedByTheClockItsTimesAreFrom() {
    var session = Session.onJob(.running())
    session.happens(.ticked(now: 112))
    #expect(session.shows("● k7f2 0:12 of ~0:15"))
    session.happens(.clockSet(WallClock(today: Sample.today, epoch: Sample.epoch + 60)))
    #expect(session.shows("● k7f2 1:12 of ~0:15"))
  }

  /// What a job of unknown outcome misses is fetched without that the outcome is known by it.
  @Test func whatFetchesAndIsUndecidedHasOneRow() {
    let session = Session.onJob(.downloading(isUnresolved: true))
    #expect(session.screen.count { $0.contains("k7f2 saving") } == 1)
    #expect(session.state.wantsTicks)
  }

  @Test func whatIsUnderWayOrUndecidedIsOnTheListHoweverOld() {
    var job = Sample.job("k7f2", .failed)
    job.finished = Sample.epoch
    #expect(job.isRecent(at: Sample.epoch + 3599))
    #expect(!job.isRecent(at: Sample.epoch + 3600))
    for state in Sample.states where !state.isFinal || state.isUnresolved {
      job.state = state
      #expect(job.isRecent(at: Sample.epoch + 1_000_000), "\(state)")
    }
    for state in [JobState.done, .partlyDone, .cancelled, .unknown(.settled)] {
      job.state = state
      #expect(!job.isRecent(at: Sample.epoch + 1), "\(state)")
    }
    // What is paid for and not here waits for somebody to fetch it.
    job.members = [.init(index: 0, outcome: .lost(message: "gone", isFetchable: true))]
    for state in [JobState.failed, .partlyDone] {
      job.state = state
      #expect(job.isRecent(at: Sample.epoch + 1_000_000), "\(state)")
    }
  }
}
