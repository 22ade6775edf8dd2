import Gallery
import HTTP
import Imaging
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Pictures of the sandbox, from the request to the files.
@Suite(.timeLimit(.minutes(5))) struct DrawingTests {
  @Test(arguments: [ResponseFormat.url, .base64], [Streaming.on, .off])
  func onePicture(format: ResponseFormat, streaming: Streaming) async throws {
    let bench = try await Bench()
    let job = try await bench.run(small(format: format, streaming: streaming))
    #expect(job.state == .done)
    #expect(job.message == nil)
    let picture = try #require(job.pictures.first)
    #expect([picture.width, picture.height] == [1280, 720])
    let pixels = try PixelDecoder.decode(file: bench.path(of: picture))
    #expect([pixels.width, pixels.height] == [1280, 720])
    let record = try bench.record(of: picture)
    #expect(record.origin.request?.prompt == "a red lantern in fog")
    #expect(record.origin.usage?.generatedImages == 1)
    #expect(record.origin.clientRequestID == job.clientRequestID)
    #expect(record.origin.providerRequestID == job.providerRequestID)
    #expect(job.providerRequestID?.isEmpty == false)
    #expect(record.origin.price == nil)
    #expect(
      try GalleryAccess(bench.layout).makeIndex().picture(picture.id).id.description == picture.id)
  }

  @Test(arguments: [ResponseFormat.url, .base64], [Streaming.on, .off])
  func aSet(format: ResponseFormat, streaming: Streaming) async throws {
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3, format: format, streaming: streaming))
    #expect(job.state == .done)
    #expect(job.pictures.map(\.id) == (1...3).map { "\(job.id)-\($0)" })
    let hashes = try job.pictures.map { try bench.record(of: $0).file.sha256 }
    #expect(Set(hashes).count == 3)
  }

  @Test func theJournalTellsTheStoryInOrder() async throws {
    let bench = try await Bench()
    let job = try await bench.run(small(count: 2, streaming: .off))
    let story = try bench.journal(of: job.id).map { event in
      switch event {
      case .intent: "intent"
      case .sent(let attempt): "sent \(attempt)"
      case .result(let number, .address, _): "result \(number)"
      case .result(_, .file, _): "file"
      case .done: "done"
      case .finished(let count): "finished \(count)"
      default: "else"
      }
    }
    #expect(story.prefix(4) == ["intent", "sent 1", "result 1", "result 2"])
    #expect(story.contains("finished 2"))
    #expect(story.count { $0 == "done" } == 2)
  }

  @Test func picturesInsideTheReplyAreJournalledBeforeTheyAreFiled() async throws {
    let bench = try await Bench()
    let job = try await bench.run(small(format: .base64))
    let story = try bench.journal(of: job.id)
    let result = story.firstIndex { if case .result(1, .file, _) = $0 { true } else { false } }
    let done = story.firstIndex { if case .done = $0 { true } else { false } }
    #expect(try #require(result) < #require(done))
  }

  @Test func referencesBecomeParents() async throws {
    let bench = try await Bench()
    let first = try #require(try await bench.run(small()).pictures.first)
    let file = bench.directory.path("photo.png")  // The name lies about the format.
    try DurableFile.write(try jpeg(), to: file)
    let job = try await bench.run(
      small("the same in snow", references: [.picture(first.id), .file(file)]))
    #expect(job.state == .done)
    let origin = try bench.record(of: #require(job.pictures.first)).origin
    #expect(origin.parents.map(\.description) == [first.id])
    let kept = origin.request?.references.compactMap { reference -> StoredReference? in
      if case .stored(let stored) = reference { stored } else { nil }
    }
    #expect(kept?.map(\.origin) == [first.id, file])
    #expect(kept?.map(\.format) == [.jpeg, .jpeg])
  }

  @Test func moreJobsThanMayRunWaitForTheirTurn() async throws {
    let gate = Gate()
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      await gate.wait()
      return .pictures(["http://\(request.header("Host") ?? "")/a"])
    }
    let bench = try await Bench(options: StudioOptions(parallelJobs: 2, retries: Bench.quick))
    let listener = bench.studio.hub.listen()
    var ids: [String] = []
    for number in 1...5 {
      ids.append(
        try await bench.studio.submit(
          JobSubmission(request: small("\(number)"), provider: provider.connection, key: nil)
        ).id)
    }
    // The provider holds the first two; the others have not begun.
    _ = try await listener.first(of: ids[0]) { $0.state.phase == .running }
    #expect(
      await bench.studio.jobs().map { $0.state.phase == .queued } == [
        false, false, true, true, true,
      ])
    #expect(!(await bench.studio.isIdle))
    gate.open()
    await bench.studio.untilIdle()
    #expect(await bench.studio.jobs().map(\.state) == Array(repeating: .done, count: 5))
    #expect(provider.orders == 5)
  }
}
