import Jobs
import Seedream
import TestSupport
import Testing

@testable import Studio

@Suite(.timeLimit(.minutes(5))) struct EventTests {
  private func status(_ id: String, _ state: JobState = .running()) -> JobStatus {
    JobStatus(
      id: id, state: state, request: small(), provider: "p", modelName: "m", submitted: 0)
  }

  @Test func everybodyHearsTheEnd() async throws {
    let bench = try await Bench()
    let listeners = (0..<3).map { _ in bench.studio.hub.listen() }
    let job = try await bench.run(small())
    for listener in listeners {
      let heard = try await listener.first(of: job.id) { $0.state.isFinal }
      #expect(heard == job)
    }
  }

  @Test func aSlowListenerKeepsOneStatusOfEachJob() async throws {
    let hub = EventHub()
    let slow = hub.listen()
    for number in 0..<10_000 {
      hub.publish(status("a", number == 9_999 ? .done : .running()))
      hub.publish(status("b"))
    }
    let heard = try #require(await slow.next())
    #expect(heard.jobs.map(\.id) == ["a", "b"])
    #expect(heard.jobs.first?.state == .done)
  }

  @Test func whatWasToldBeforeTheEndIsHeard() async throws {
    let hub = EventHub()
    let listener = hub.listen()
    hub.publish(status("a"))
    hub.close()
    #expect(await listener.next()?.jobs.map(\.id) == ["a"])
    #expect(await listener.next() == nil)
  }

  @Test func aListenerThatIsRemovedHearsNothing() async throws {
    let hub = EventHub()
    let listener = hub.listen()
    #expect(hub.hasListeners)
    hub.remove(listener)
    #expect(!hub.hasListeners)
    hub.publish(status("a"))
    listener.end()
    #expect(await listener.next() == nil)
  }

  @Test func eventsSurviveAnySplitOfTheirBytes() throws {
    let heard = Collected<StudioEvent>()
    let reader = EventReader { heard.append($0) }
    var job = status("k7f2", .partlyDone)
    job.members = [
      .init(index: 0, outcome: .arriving, address: "https://example.com/0?X-Tos-Expires=86400"),
      .init(
        index: 1,
        outcome: .saved(
          SavedPicture(
            id: "k7f2-2", file: "g/a\nb.jpg", width: 1, height: 2, byteCount: 3, created: 4))),
      .init(index: 2, outcome: .refused(code: "c", message: "红", requestID: nil), said: "no."),
      .init(index: 3, outcome: .lost(message: "gone", isFetchable: true)),
    ]
    let bytes = ControlServer.bytes(of: .job(job))
    for byte in [UInt8](": listening\n\n".utf8) + bytes + bytes { try reader.consume([byte]) }
    let queue = StudioEvent.queue(QueueStatus(isPaused: true, trouble: "The disk is full."))
    try reader.consume(ControlServer.bytes(of: queue)[...])
    #expect(heard.all == [.job(job), .job(job), queue])
  }

  @Test func bytesOfAnotherVersionAreNoEvent() {
    let reader = EventReader { _ in }
    #expect(throws: StudioError.self) {
      try reader.consume(Array("event: job\ndata: {}\n".utf8)[...])
    }
  }
}
