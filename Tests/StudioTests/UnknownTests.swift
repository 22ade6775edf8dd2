import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What a user may decide about an outcome nobody knows.
@Suite(.timeLimit(.minutes(5))) struct UnknownTests {
  /// A job whose request was received and never answered.
  private func unknown(_ bench: Bench, count: Int = 1) async throws -> JobStatus {
    let cutting = try RawServer { $0.readRequest() }
    return try await bench.run(small("lost", count: count), on: cutting.connection)
  }

  @Test func itIsPutAside() async throws {
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await unknown(bench)
      #expect(job.state.isUnresolved && job.sent != nil && job.clientRequestID != nil)
      let after = try await bench.studio.forget(job.id)
      #expect(after.state.phase == .unknown && !after.state.isUnresolved)
      #expect(after.message == JobStatus.putAside)
      let again = await studioError { _ = try await bench.studio.forget(job.id) }
      #expect(again?.code == .notPossible)
      return job
    }
    #expect(try await bench.studio.job(job.id).state.isUnresolved == false)
    #expect(try bench.journal(of: job.id).last == .forgotten)
  }

  @Test func itIsSentAgainOnceAPersonSaysSo() async throws {
    let (bench, ids) = try await Bench.restarted { bench in
      let job = try await unknown(bench)
      let again = try await bench.studio.retry(job.id, provider: .sandbox, key: nil)
      await bench.studio.untilIdle()
      return [job.id, again.id]
    }
    let jobs = await bench.studio.jobs()
    // One line begins the one and decides the other: no crash comes between them.
    let lines = try JournalContents(bench.layout).entries.filter { $0.job.description == ids[0] }
    #expect(!lines.contains { if case .resent = $0.event { true } else { false } })
    #expect(jobs.map(\.id) == ids)
    #expect(jobs.map(\.state.phase) == [.unknown, .done])
    #expect(jobs.map(\.state.isUnresolved) == [false, false])
    #expect(jobs[0].message?.contains("sent again as job \(ids[1])") == true)
  }

  @Test func onePersonDecidesAtATime() async throws {
    let bench = try await Bench()
    let job = try await unknown(bench)
    let file = bench.directory.path("one.jpg")
    try DurableFile.write(try jpeg(), to: file)
    let studio = bench.studio
    let errors = await withTaskGroup(of: StudioError?.self) { group in
      for _ in 0..<4 {
        group.addTask {
          await studioError { _ = try await studio.attach(job.id, files: [file]) }
        }
        group.addTask {
          await studioError { _ = try await studio.retry(job.id, provider: .sandbox, key: nil) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    // A retry that comes after the decision is one more send that a user asked for.
    let attached = try await studio.job(job.id).pictures.count
    let decisions = try bench.journal(of: job.id).count {
      if case .arrived = $0 { true } else { false }
    }
    #expect(attached == decisions && attached <= 1)
    #expect(errors.contains { $0?.code == .notPossible })
    let resends = try JournalContents(bench.layout).entries.count { entry in
      if case .intent(let intent) = entry.event {
        intent.resends?.description == job.id
      } else {
        false
      }
    }
    #expect(attached + resends == 1)
    await studio.untilIdle()
  }

  @Test func whatDidArriveIsTakenIn() async throws {
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await unknown(bench, count: 2)
      let files = ["one", "two"].map { bench.directory.path("\($0).jpg") }
      for (shade, file) in zip([1, 2] as [UInt8], files) {
        try DurableFile.write(try jpeg(shade: shade), to: file)
      }
      let text = bench.directory.path("page.html")
      try DurableFile.write(Array("<html>".utf8), to: text)
      for wrong in [
        [], files + files, [files[0], text], [files[0], "/nowhere.jpg"], ["relative.jpg"],
      ] {
        let error = await studioError { _ = try await bench.studio.attach(job.id, files: wrong) }
        #expect(error != nil, "\(wrong)")
      }
      #expect(try await bench.studio.job(job.id).pictures.isEmpty)
      let after = try await bench.studio.attach(job.id, files: files)
      #expect(after.state == .done && !after.state.isUnresolved)
      #expect(after.pictures.map(\.id) == ["\(job.id)-1", "\(job.id)-2"])
      let last = try #require(after.pictures.last)
      let record = try bench.record(of: last)
      #expect(record.origin.request?.prompt == "lost" && record.origin.provider == job.provider)
      #expect(record.origin.clientRequestID == job.clientRequestID)
      #expect(record.origin.timings.sent != nil)
      // The files themselves stay.
      #expect(files.allSatisfy { FileSystem.exists($0) })
      return after
    }
    let after = try await bench.studio.job(job.id)
    #expect(after.state == .done && after.pictures == job.pictures && !after.state.isUnresolved)
  }
}
