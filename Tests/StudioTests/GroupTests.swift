import Gallery
import Jobs
import Seedream
import Testing

@testable import Studio

/// Several pictures of a model that draws one a request.
@Suite struct GroupTests {
  static func status(_ place: Int, _ state: JobState, cost: Int64? = nil) -> JobStatus {
    var status = JobStatus(
      id: "k7f\(place)", state: state, request: GenerationRequest(model: "pro", prompt: "fog"),
      provider: "p", modelName: "Seedream 5.0 pro", submitted: 0)
    status.group = JobGroup(id: "k7f0", place: place, size: 3)
    status.cost = cost.map { Price(currency: "USD", millionths: $0) }
    return status
  }

  @Test func theyAreToldAsOneWithASet() {
    let all = JobStatus.together([
      Self.status(2, .failed, cost: 0), Self.status(0, .running(), cost: 45_000),
      Self.status(1, .queued(), cost: 45_000),
    ])
    #expect(all.id == "k7f0" && all.request.count == 3 && all.state.phase == .running)
    #expect(all.cost == Price(currency: "USD", millionths: 90_000))
    #expect(all.members.map(\.index) == [2], "why the third was not drawn")
  }

  /// What a provider draws beyond what it was asked for is told, and moves nothing.
  @Test func aPictureTooManyComesBehindAll() {
    func picture(_ index: Int) -> JobStatus.Member {
      .init(index: index, outcome: .lost(message: "\(index)", isFetchable: true))
    }
    var first = Self.status(0, .partlyDone)
    first.members = [picture(0), picture(1)]
    var last = Self.status(2, .running())
    last.members = [picture(0)]
    let all = JobStatus.together([first, Self.status(1, .queued()), last])
    #expect(all.members.map(\.index) == [0, 2, 3])
  }

  @Test(arguments: [
    ([JobState.done, .done, .done], JobState.done), ([.done, .failed, .done], .partlyDone),
    ([.failed, .failed, .failed], .failed), ([.done, .unknown(.open), .done], .unknown(.open)),
    ([.cancelled, .cancelled, .cancelled], .cancelled), ([.cancelled, .done, .done], .partlyDone),
    ([.done, .queued(), .done], .queued()),
  ])
  func howTheyEndFollowsFromAll(states: [JobState], state: JobState) {
    let jobs = states.enumerated().map { Self.status($0, $1) }
    #expect(JobStatus.together(jobs).state == state)
  }
}
