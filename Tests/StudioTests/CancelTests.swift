import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

@Suite(.timeLimit(.minutes(5))) struct CancelTests {
  @Test func aJobThatWaitsForItsTurn() async throws {
    let gate = Gate()
    let provider = try ScriptedProvider { _, _ in
      await gate.wait()
      return .refusal(400, "InvalidParameter")
    }
    let bench = try await Bench(options: StudioOptions(parallelJobs: 1, retries: Bench.quick))
    let first = try await bench.studio.submit(
      JobSubmission(request: small("first"), provider: provider.connection, key: nil))
    let second = try await bench.studio.submit(
      JobSubmission(request: small("second"), provider: provider.connection, key: nil))
    let cancelled = try await bench.studio.cancel(second.id)
    #expect(cancelled.state == .cancelled)
    #expect(cancelled.message == "Cancelled before anything was drawn.")
    gate.open()
    await bench.studio.untilIdle()
    #expect(provider.orders == 1)
    #expect(try await bench.studio.job(first.id).state == .failed)
    // Cancelling what is over changes nothing.
    #expect(try await bench.studio.cancel(first.id).state == .failed)
    #expect(try bench.journal(of: second.id).last == .cancelled)
  }

  @Test func aRequestThatHasLeftSaysThatItMayBeBilled() async throws {
    let provider = try ScriptedProvider { _, _ in
      await untilCancelled()
      return HTTPReply(status: 500)
    }
    let bench = try await Bench()
    let listener = bench.studio.hub.listen()
    let job = try await bench.studio.submit(
      JobSubmission(request: small(), provider: provider.connection, key: nil))
    _ = try await listener.first(of: job.id) { $0.state.phase == .running }
    let cancelled = try await bench.studio.cancel(job.id)
    #expect(cancelled.state == .cancelled)
    #expect(cancelled.message?.contains("may still draw and bill it") == true)
  }

  @Test func picturesThatAreDrawnAreKept() async throws {
    let bytes = try jpeg()
    let gate = Gate()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else {
        await gate.wait()
        return .picture(bytes)
      }
      let host = request.header("Host") ?? ""
      return HTTPReply(
        body: .stream { writer in
          try? await writer.write(succeeded(0, "http://\(host)/0"))
          await untilCancelled()
        })
    }
    let bench = try await Bench()
    let listener = bench.studio.hub.listen()
    let job = try await bench.studio.submit(
      JobSubmission(request: small(count: 3), provider: provider.connection, key: nil))
    _ = try await listener.first(of: job.id) { !$0.members.isEmpty }
    let cancelled = try await bench.studio.cancel(job.id)
    // The picture is still on its way, and cancelling once more does not stop it.
    #expect(cancelled.state.phase == .downloading)
    #expect(try await bench.studio.cancel(job.id).message?.contains("paid for") == true)
    gate.open()
    let end = try await listener.first(of: job.id) { $0.state.isFinal }
    #expect(end.state == .cancelled)
    #expect(end.pictures.count == 1)
    #expect(end.message?.contains("bill") == true)
  }

  @Test func aJobThatWaitsToBeSentAgain() async throws {
    let provider = try ScriptedProvider { _, _ in .refusal(429, "ModelAccountIpmRateLimitExceeded")
    }
    let bench = try await Bench(
      options: StudioOptions(retries: RetryPolicy(firstPause: 1e6, longestPause: 1e6)))
    let listener = bench.studio.hub.listen()
    let job = try await bench.studio.submit(
      JobSubmission(request: small(), provider: provider.connection, key: nil))
    let waiting = try await listener.first(of: job.id) { $0.state.waitsUntil != nil }
    #expect(waiting.state.phase == .queued)
    #expect(waiting.message?.contains("Too many pictures this minute") == true)
    let cancelled = try await bench.studio.cancel(job.id)
    #expect(cancelled.state == .cancelled)
    #expect(cancelled.state.waitsUntil == nil)
    #expect(cancelled.message?.contains("bill") == false)
    #expect(provider.orders == 1)
  }

  /// The line that says that it is sent again is on its way to the disk.
  @Test func aJobThatIsAboutToBeSentAgain() async throws {
    let state = try TemporaryDirectory()
    let orders = Collected<Int>()
    let options = StudioOptions(retries: Bench.quick, stateDirectory: state.path, probePause: 0.02)
    let (next, id) = try await Bench.restarted(options: options) { bench in
      let (studio, directory) = (bench.studio, bench.layout.privateDirectory)
      let provider = try ScriptedProvider { _, _ in
        _ = orders.append(1) { _ in true }
        let control = await studio.control(of: await studio.jobs()[0].id)
        await studio.dependencies.galleryActor.spool.onTrouble { _ in
          control?.cancel()
          try? FileManager.default.moveItem(atPath: directory + "-away", toPath: directory)
        }
        // Its journal cannot be written, which is told in the middle of that line.
        try? FileManager.default.moveItem(atPath: directory, toPath: directory + "-away")
        return .refusal(429, "ModelAccountIpmRateLimitExceeded")
      }
      let job = try await bench.run(small(), on: provider.connection)
      #expect(job.state == .cancelled)
      #expect(job.message == "Cancelled before anything was drawn.")
      return job.id
    }
    #expect(try await next.studio.job(id).state == .cancelled)
    #expect(try next.journal(of: id).contains(.cancelled))
    #expect(orders.all.count == 1)
  }

  @Test func aJobThatIsNotThere() async throws {
    let bench = try await Bench()
    let error = await studioError { _ = try await bench.studio.cancel("zz\u{1b}zz") }
    #expect(error?.code == .noSuchJob)
    #expect(error?.message.contains("\u{1b}") == false)
  }

  @Test(arguments: [true, false])
  func nothingIsSaidToBeBilledThatIsFree(isPaid: Bool) {
    for ending in [CallEnding.cancelled(mayBeBilled: true), .interrupted("it was cut off")] {
      let message = JobOutcome.of(ending, members: [], asked: 1, isPaid: isPaid).message ?? ""
      #expect(message.contains("bill") == isPaid)
      #expect(message.contains("nothing is paid") == !isPaid)
    }
  }
}

/// Waits until the surrounding task is cancelled.
func untilCancelled() async {
  let gate = Gate()
  await withTaskCancellationHandler {
    await gate.wait()
  } onCancel: {
    gate.open()
  }
}

extension Studio {
  fileprivate func control(of id: String) -> RunControl? { table[id]?.control }
}
