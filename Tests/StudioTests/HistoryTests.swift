import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What a studio knows of the jobs of those before it.
@Suite(.timeLimit(.minutes(5))) struct HistoryTests {
  @Test func jobsAreKnownAfterARestart() async throws {
    let refusing = try ScriptedProvider { _, _ in .refusal(400, "InputTextSensitiveContentDetected")
    }
    let cutting = try RawServer { $0.readRequest() }
    let (bench, before) = try await Bench.restarted { bench in
      [
        try await bench.run(small("done", count: 2)),
        try await bench.run(small("failed"), on: refusing.connection),
        try await bench.run(small("unknown"), on: cutting.connection),
      ]
    }
    let after = await bench.studio.jobs()
    #expect(after.map(\.id) == before.map(\.id))
    #expect(after.map(\.state.phase) == [.done, .failed, .unknown])
    #expect(after.map(\.message) == before.map(\.message))
    #expect(after.map(\.pictures) == before.map(\.pictures))
    #expect(after.map(\.request.prompt) == ["done", "failed", "unknown"])
    #expect(after.map(\.clientRequestID) == before.map(\.clientRequestID))
    #expect(after.map(\.attempts) == [1, 1, 1])
    #expect(after.map(\.modelName) == before.map(\.modelName))
    #expect(bench.studio.faults.isEmpty)
    // Nothing was sent by the second studio.
    #expect(refusing.orders == 1)
    #expect(cutting.heads.all.count == 1)
  }

  @Test func aServiceThatDiedLeavesItsJobsInTheirTrueStates() async throws {
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    let journal = Journal(layout)
    func write(_ name: String, _ events: [JournalEntry.Event]) throws {
      let job = try #require(JobID(name))
      let intent = JournalEntry.Event.intent(.init(request: small(name), provider: "test"))
      for event in [intent] + events {
        try journal.append(JournalEntry(job: job, time: .now(), event: event))
      }
    }
    let slow = JournalEntry.Event.failed(.init(code: "ServerOverloaded", message: "Too busy."))
    try write("aaaa", [])
    try write("bbbb", [.sent(attempt: 1)])
    try write("cccc", [.sent(attempt: 1), slow])
    try write("dddd", [.sent(attempt: 1), slow, .sent(attempt: 2)])
    try write("eeee", [.sent(attempt: 1), .cancelled])
    try write("ffff", [.cancelled])
    try write("gggg", [.sent(attempt: 1), .forgotten])
    let bench = try await Bench(directory)
    let jobs = await bench.studio.jobs()
    #expect(
      jobs.map(\.state.phase)
        == [.failed, .unknown, .failed, .unknown, .cancelled, .cancelled, .unknown])
    #expect(jobs.map(\.state.isUnresolved) == [false, true, false, true, false, false, false])
    #expect(jobs[0].message?.hasPrefix("Never sent") == true)
    #expect(jobs[1].message?.contains("may have been drawn and billed") == true)
    #expect(jobs[2].message == "Too busy.")
    #expect(jobs[3].attempts == 2)
    #expect(jobs[4].message?.contains("bill") == true)
    #expect(jobs[5].message?.contains("bill") == false)
  }

  /// The sandbox of a service that was killed is gone with it, and nobody is paid for what it drew.
  @Test func whatTheSandboxDrewWhenItWasCutOffIsFree() async throws {
    let directory = try TemporaryDirectory()
    let journal = Journal(GalleryLayout(root: directory.path("gallery")))
    for (name, address) in [("aaaa", nil), ("bbbb", "http://127.0.0.1:9/api/v3")] {
      let job = try #require(JobID(name))
      let intent = JournalEntry.Intent(
        request: small(name), provider: "sandbox", dialect: "sandbox", baseURL: address)
      for event in [JournalEntry.Event.intent(intent), .sent(attempt: 1)] {
        try journal.append(JournalEntry(job: job, time: .now(), event: event))
      }
    }
    let bench = try await Bench(directory)
    let jobs = await bench.studio.jobs()
    // An address is somebody's who may be paid, whatever it was called.
    #expect(jobs.map(\.state.phase) == [.failed, .unknown])
    #expect(jobs.map(\.state.isUnresolved) == [false, true])
    #expect(jobs[0].message?.contains("nothing was paid") == true)
  }

  @Test func anEndpointWithAFamilyHasItsNameAndItsUsualTime() async throws {
    let (bench, job) = try await Bench.restarted { bench in
      var request = small()
      request.model = "ep-20260101000000-abcde"
      request.family = .seedream40
      return try await bench.run(request)
    }
    let known = try await bench.studio.submit(
      JobSubmission(request: small(), provider: .sandbox, key: nil))
    #expect(job.modelName == known.modelName)
    #expect(job.usualSeconds != nil)
    #expect(try await bench.studio.job(job.id).modelName == known.modelName)
  }

  @Test func aDoneJobStaysDoneWhenItsPictureIsGone() async throws {
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small())
      let picture = try #require(job.pictures.first)
      try FileSystem.remove(bench.path(of: picture))
      try FileSystem.remove(GalleryLayout.record(ofPicture: bench.path(of: picture)))
      try FileSystem.remove(bench.layout.index)
      return job
    }
    #expect(try await bench.studio.job(job.id).state == .done)
    #expect(try await bench.studio.job(job.id).pictures.isEmpty)
  }

  @Test func aTornJournalIsReportedAndCostsOneLine() async throws {
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small())
      let path = bench.layout.journal(.now())
      let torn = try FileSystem.read(path, limit: 1 << 20) + Array("{\"check\":\"12".utf8)
      try DurableFile.write(torn, to: path, replacing: true)
      return job
    }
    #expect(bench.studio.faults.count == 1)
    #expect(bench.studio.faults.first?.contains("was cut short") == true)
    #expect(try await bench.studio.job(job.id).state == .done)
    #expect(try await bench.run(small("afterwards")).state == .done)
  }

  @Test func anEarlierJobIsSentAgainAsItWas() async throws {
    let (bench, job) = try await Bench.restarted { bench in
      let file = bench.directory.path("photo.jpg")
      try DurableFile.write(try jpeg(), to: file)
      let job = try await bench.run(small("once more", references: [.file(file)]))
      try FileSystem.remove(file)
      return job
    }
    let listener = bench.studio.hub.listen()
    let again = try await bench.studio.retry(job.id, key: nil)
    #expect(again.id != job.id)
    let end = try await listener.first(of: again.id) { $0.state.isFinal }
    #expect(end.state == .done)
    let old = try bench.record(of: #require(job.pictures.first)).origin.request
    #expect(try bench.record(of: #require(end.pictures.first)).origin.request == old)
  }

  @Test func twoStudiosOnOneGallery() async throws {
    let bench = try await Bench()
    let error = await studioError {
      _ = try await Studio(gallery: bench.directory.path("gallery"), program: "Darkroom 0.1.0")
    }
    #expect(error?.code == .inUse)
    #expect(error?.message.contains("Only one service") == true)
    #expect(try await bench.run(small()).state == .done)
  }
}
