import Jobs
import Seedream
import Testing

@testable import Gateway

/// Jobs that were asked for together, as one reply tells them.
@Suite struct RecordedSetTests {
  private static func job(
    _ place: Int, _ members: [JobStatus.Member] = [], _ end: JobStatus.End? = nil
  ) -> JobStatus {
    var job = JobStatus.sample(members, end)
    job.id = "k7f\(place)"
    job.providerRequestID = "02-\(place)"
    return job
  }

  private static let picture = JobStatus.Member(
    index: 0,
    outcome: .saved(
      SavedPicture(id: "k7f1-1", file: "1.jpg", width: 1, height: 1, byteCount: 1, created: 0)))

  @Test func itGoesOnAsLongAsOneOfThemDoes() {
    let set = RecordedSet([Self.job(0), Self.job(1, [Self.picture], .over)])
    #expect(set.id == "k7f0,k7f1" && set.ending == nil)
    #expect(set.settled.map(\.index) == [1])
  }

  @Test func withAPictureItIsOverAndWhoBroughtNoneSaysWhy() throws {
    let set = RecordedSet([
      Self.job(0, [], .unknown("It may have been billed.")), Self.job(1, [Self.picture], .over),
    ])
    #expect(set.ending == .over && set.members.map(\.index) == [0, 1])
    guard case .refused("OutcomeUnknown", "It may have been billed.", _) = set.members[0].outcome
    else {
      Issue.record("\(set.members[0].outcome)")
      return
    }
  }

  /// Before it is asked for again, what may have been bought must be known.
  @Test(arguments: [
    (JobStatus.End.notDrawn("no"), JobStatus.End.unknown("?"), JobEnding.unknown("?")),
    (
      .cancelled("c", mayBeBilled: true), .refused(APIError(code: "X", message: "no")),
      .cancelled("c", mayBeBilled: true)
    ),
    (
      .cancelled("c", mayBeBilled: false), .refused(APIError(code: "X", message: "no")),
      .refused(APIError(code: "X", message: "no"))
    ),
  ])
  func withoutAPictureItsEndIsThatOfWhichMostMustBeKnown(
    one: JobStatus.End, other: JobStatus.End, ending: JobEnding
  ) {
    for ends in [[one, other], [other, one]] {
      let jobs = ends.enumerated().map { Self.job($0, [], $1) }
      let set = RecordedSet(jobs)
      #expect(set.ending == ending && set.members.isEmpty)
      let worst = jobs.first { JobEnding($0) == ending }
      #expect(set.requestID == worst?.providerRequestID)
    }
  }

  @Test func whoSaysNothingOfItsUsageCountsWhatItBrought() {
    var counted = Self.job(0, [Self.picture], .over)
    counted.usage = Usage(generatedImages: 1, outputTokens: 9)
    let set = RecordedSet([counted, Self.job(1, [Self.picture], .over)])
    #expect(set.usage == Usage(generatedImages: 2, outputTokens: 9))
  }
}
