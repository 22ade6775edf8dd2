import FoundationEssentials
import Gallery
import HTTP
import Imaging
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Starts the tests on failing disks where they may mount some.
@Suite struct FailingDisks {
  @Test(
    .enabled(
      if: OwnMounts.isPossible, "needs the right to mount a disk: root, or user namespaces"))
  func loseNothing() async throws {
    let (report, hasPassed) = try await OwnMounts.run("FailingDiskTests")
    let failures = report.split(separator: "\n").filter { $0.contains("✘") }
    #expect(hasPassed, "\(failures.joined(separator: "\n"))")
    let haveRun = report.contains("FailingDiskTests passed")
    #expect(haveRun)
  }
}

/// Disks that fill up, turn read-only or go away: the queue stops with a sentence, nothing that was paid for
/// is lost, and everything goes on by itself.
@Suite(.enabled(if: OwnMounts.isHere, "runs in a process of its own"), .timeLimit(.minutes(5)))
struct FailingDiskTests {
  static let cases = Mishap.allCases.flatMap { mishap in
    [ResponseFormat.url, .base64].flatMap { format in
      [Streaming.on, .off].map { (mishap, format, $0) }
    }
  }

  /// A provider on whose answer the disk fails.
  private func provider(
    _ disk: MountedDisk, _ pictures: [[UInt8]], _ format: ResponseFormat, _ streaming: Streaming,
    _ fail: @escaping @Sendable () throws -> Void
  ) throws -> ScriptedProvider {
    try ScriptedProvider { request, number in
      guard request.method == "POST" else {
        return .picture(pictures[Int(String(request.path.suffix(1))) ?? 0])
      }
      if number == 0 { try? fail() }
      let host = "http://\(request.header("Host") ?? "")/"
      let sources = pictures.indices.map { place in
        format == .url
          ? #""url":"\#(host)\#(place)""#
          : #""b64_json":"\#(Data(pictures[place]).base64EncodedString())""#
      }
      guard streaming == .on else {
        return .json(200, #"{"data":[\#(sources.map { "{\($0)}" }.joined(separator: ","))]}"#)
      }
      let text =
        sources.enumerated().map {
          event("partial_succeeded", #""image_index":\#($0.offset),\#($0.element),"size":"64x48""#)
        }.joined()
        + event("completed", #""usage":{"generated_images":\#(pictures.count)}"#)
      return HTTPReply(
        headers: [HTTPHeader("Content-Type", "text/event-stream")],
        body: .bytes(Array(text.utf8)))
    }
  }

  @Test(arguments: cases)
  func whatArrivesMeanwhileComesHome(
    mishap: Mishap, format: ResponseFormat, streaming: Streaming
  ) async throws {
    let bench = try await DiskBench()
    let disk = bench.disk
    let pictures = try [jpeg(shade: 1), jpeg(shade: 2), jpeg(shade: 3)]
    let provider = try provider(disk, pictures, format, streaming) { try mishap.happen(to: disk) }
    let listener = bench.studio.hub.listen()
    let request = small(count: 3, format: format, streaming: streaming)
    let job = try await bench.run(request, on: provider)
    #expect(job.state == .failed)
    #expect(job.message?.hasPrefix("Picture 1 was drawn but not saved: ") == true)
    let trouble = try #require(await bench.studio.queueStatus.trouble)
    #expect(trouble.contains(mishap.word))
    #expect(trouble.contains(bench.state.path))
    #expect(await !bench.studio.isAtRest)
    if mishap == .gone { #expect(try DirectoryListing(of: disk.path).entries.isEmpty) }

    try mishap.end(on: disk)
    let mended = try await listener.first(of: job.id) { $0.state == .done }
    #expect(mended.message == nil)
    #expect(provider.orders == 1)
    #expect(try bench.received().count == 3)
    try await expectOrder(bench, job.id)
  }

  @Test(arguments: Mishap.allCases, [ResponseFormat.url, .base64])
  func theNextServiceBringsItHome(mishap: Mishap, format: ResponseFormat) async throws {
    let disk = try MountedDisk(megabytes: 16)
    let state = try TemporaryDirectory()
    let pictures = try [jpeg(shade: 1), jpeg(shade: 2)]
    let provider = try provider(disk, pictures, format, .off) { try mishap.happen(to: disk) }
    func first() async throws -> String {
      let bench = try await DiskBench(disk, state: state)
      return try await bench.run(small(count: 2, format: format), on: provider).id
    }
    let id = try await first()
    // What it lies on is not there, or it is full still, when the next one starts.
    if mishap != .full { try mishap.end(on: disk) }
    let bench = try await restarted(disk, state)
    let listener = bench.studio.hub.listen()
    if mishap == .full { try mishap.end(on: disk) }
    if try await bench.studio.job(id).state != .done {
      _ = try await listener.first(of: id) { $0.state == .done }
    }
    #expect(provider.orders == 1)
    try await expectOrder(bench, id)
  }

  func restarted(_ disk: MountedDisk, _ state: TemporaryDirectory) async throws -> DiskBench {
    while true {
      do {
        return try await DiskBench(disk, state: state)
      } catch let error as StudioError where error.message.contains("Only one service") {
        await Task.yield()  // The last task of the first studio has not let go of it yet.
      }
    }
  }

  /// Everything is in its place, and nothing is left elsewhere.
  private func expectOrder(_ bench: DiskBench, _ id: String) async throws {
    let left = try FileManager.default.subpathsOfDirectory(atPath: bench.state.path)
    #expect(left.filter { $0.hasSuffix(".jsonl") || $0.contains("pictures/") } == [])
    let names = try FileManager.default.subpathsOfDirectory(atPath: bench.layout.root)
    #expect(names.filter { $0.contains("pending") || $0.contains("incoming/") } == [])
    #expect(try JournalContents(bench.layout).damage == [])
    let events = try JournalContents(bench.layout).entries.filter { $0.job.description == id }
    let pictures = events.count { if case .done = $0.event { true } else { false } }
    #expect(pictures == (try bench.received().count))
    #expect(events.count { if case .sent = $0.event { true } else { false } } == 1)
  }

  @Test func aDiskThatFillsUpInTheMiddleOfAPicture() async throws {
    let bench = try await DiskBench()
    let disk = bench.disk
    let large = try ImageEncoder.png(noise(side: 900))
    #expect(large.count > 2 << 20)
    let provider = try provider(disk, [large], .base64, .off) { try disk.fill(leaving: 1 << 20) }
    let listener = bench.studio.hub.listen()
    let job = try await bench.run(small(format: .base64), on: provider)
    #expect(job.state == .failed)
    try disk.makeRoom()
    _ = try await listener.first(of: job.id) { $0.state == .done }
    let picture = try #require(try GalleryAccess(bench.layout).makeIndex().newest(limit: 2).first)
    #expect(try PixelDecoder.decode(file: bench.layout.path(relative: picture.path)).width == 900)
    try await expectOrder(bench, job.id)
  }

  /// There is room again, and the trouble is over, while another picture of the job is still on its way.
  @Test func aPictureIsFiledAtTheEndOfAJobThatOutlivesTheTrouble() async throws {
    let bench = try await DiskBench()
    let disk = bench.disk
    let gate = Gate()
    let pictures = try [jpeg(shade: 1), jpeg(shade: 2)]
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else {
        if request.path == "/1" { await gate.wait() }
        return .picture(pictures[request.path == "/1" ? 1 : 0])
      }
      try? disk.fill()
      let host = "http://\(request.header("Host") ?? "")"
      return .pictures(["\(host)/0", "\(host)/1"])
    }
    let listener = bench.studio.hub.listen()
    let job = try await bench.submit(small(count: 2, streaming: .off), on: provider)
    _ = try await listener.first(of: job.id) { status in
      if case .lost = status.members.first?.outcome { true } else { false }
    }
    _ = try await waitForTrouble(bench) { $0 != nil }
    try disk.makeRoom()
    _ = try await waitForTrouble(bench) { $0 == nil }
    gate.open()
    _ = try await listener.first(of: job.id) { $0.state == .done }
    #expect(try bench.received().count == 2)
    #expect(provider.orders == 1)
    try await expectOrder(bench, job.id)
  }

  @Test func withoutARefugeMemoryHoldsThePictures() async throws {
    let bench = try await DiskBench(hasRefuge: false)
    let disk = bench.disk
    let pictures = try [jpeg(shade: 1), jpeg(shade: 2)]
    let provider = try provider(disk, pictures, .base64, .on) { try disk.vanish() }
    let listener = bench.studio.hub.listen()
    let job = try await bench.run(small(count: 2, format: .base64, streaming: .on), on: provider)
    #expect(job.state == .failed)
    let spool = await bench.studio.dependencies.galleryActor.spool
    #expect(spool.holdsAnything)
    #expect(await !bench.studio.isAtRest)
    _ = try await waitForTrouble(bench) {
      $0?.contains("in memory. Do not end the service") == true
    }
    try disk.comeBack()
    _ = try await listener.first(of: job.id) { $0.state == .done }
    #expect(!spool.holdsAnything)
    #expect(try bench.received().count == 2)
    try await expectOrder(bench, job.id)
  }

  @Test func whatWasCancelledMeanwhileIsNotSentByTheNextService() async throws {
    let disk = try MountedDisk(megabytes: 16)
    let state = try TemporaryDirectory()
    let provider = try provider(disk, [jpeg()], .url, .off) {}
    func first() async throws {
      let bench = try await DiskBench(disk, state: state)
      _ = try await bench.studio.pause()
      // More lines than the last page of the journal takes.
      for number in 0..<60 { _ = try await bench.submit(small("\(number)"), on: provider) }
      try disk.vanish()
      for job in await bench.studio.cancelAll() { #expect(job.state == .cancelled) }
    }
    try await first()
    // As long as the first one lives it would write the lines itself, once the disk is there.
    let aside = GalleryLayout(root: disk.path + "-aside/gallery")
    while try FileLock.tryAcquire(path: aside.lock) == nil { await Task.yield() }
    try disk.comeBack()
    try disk.fill()
    let bench = try await restarted(disk, state)
    _ = try await waitForTrouble(bench) { $0 != nil }
    #expect(await bench.studio.jobs().count { $0.state == .cancelled } == 60)
    try disk.makeRoom()
    _ = try await waitForTrouble(bench) { $0 == nil }
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    #expect(provider.orders == 0)
    let entries = try JournalContents(bench.layout).entries
    #expect(entries.count { $0.event == .cancelled } == 60)
  }

  private func waitForTrouble(
    _ bench: DiskBench, _ isFitting: (String?) -> Bool
  ) async throws -> String? {
    while true {
      let trouble = await bench.studio.queueStatus.trouble
      if isFitting(trouble) { return trouble }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func theSentenceSaysThatOnlyMemoryHasLines() async throws {
    let bench = try await DiskBench(hasRefuge: false)
    let disk = bench.disk
    let provider = try provider(disk, [jpeg()], .url, .off) {}
    _ = try await bench.studio.pause()
    let id = try await bench.submit(small(), on: provider).id
    try disk.vanish()
    #expect(try await bench.studio.cancel(id).state == .cancelled)
    let trouble = try await waitForTrouble(bench) {
      $0?.contains("Do not end the service") == true
    }
    #expect(trouble?.contains("lines of the journal (1)") == true)
    try disk.comeBack()
    _ = try await waitForTrouble(bench) { $0 == nil }
    #expect(try JournalContents(bench.layout).entries.contains { $0.event == .cancelled })
  }

  @Test func aServiceThatIsToEndWaitsForWhatOnlyItsMemoryHas() async throws {
    let disk = try MountedDisk(megabytes: 16)
    let provider = try provider(disk, [jpeg()], .base64, .on) { try disk.vanish() }
    func first() async throws -> String {
      let bench = try await DiskBench(disk, hasRefuge: false)
      let request = small(format: .base64, streaming: .on)
      let id = try await bench.run(request, on: provider).id
      let spool = await bench.studio.dependencies.galleryActor.spool
      let holdsAnything = Task {
        await bench.studio.drain()
        return spool.holdsAnything
      }
      while await !bench.studio.isClosed { await Task.yield() }
      let greeting = await bench.studio.greeting(
        ServiceGreeting(version: "0.1.0", processID: 7, gallery: "/g"))
      #expect(greeting.waitsFor?.contains("in memory") == true)
      try disk.comeBack()
      #expect(await !holdsAnything.value)
      return id
    }
    let id = try await first()
    let bench = try await restarted(disk, TemporaryDirectory())
    let listener = bench.studio.hub.listen()
    if try await bench.studio.job(id).state != .done {
      _ = try await listener.first(of: id) { $0.state == .done }
    }
    #expect(provider.orders == 1)
    try await expectOrder(bench, id)
  }

  @Test func nothingIsSentThatTheDiskHasNoRoomFor() async throws {
    let bench = try await DiskBench()
    let disk = bench.disk
    let provider = try provider(disk, [jpeg()], .url, .off) {}
    #expect(try await bench.run(small(), on: provider).state == .done)
    try disk.fill()
    let listener = bench.studio.hub.listen()
    // The room set aside takes the line of the intent.
    let job = try await bench.submit(small("two"), on: provider)
    _ = try await waitForTrouble(bench) { $0?.contains("nearly full") == true }
    #expect(provider.orders == 1)
    try disk.makeRoom()
    _ = try await listener.first(of: job.id) { $0.state == .done }
    #expect(await bench.studio.queueStatus.trouble == nil)
    #expect(provider.orders == 2)
  }

  @Test(arguments: [Mishap.readOnly, .gone])
  func nothingIsSentWithoutAGallery(mishap: Mishap) async throws {
    let bench = try await DiskBench()
    let provider = try provider(bench.disk, [jpeg()], .url, .off) {}
    #expect(try await bench.run(small(), on: provider).state == .done)
    try mishap.happen(to: bench.disk)
    let listener = bench.studio.hub.listen()
    let job: JobStatus
    do {
      job = try await bench.submit(small("two"), on: provider)
    } catch let error as StudioError {
      // The request could not even be written down.
      #expect(error.code == .gallery)
      #expect(error.message.contains(mishap.word))
      #expect(provider.orders == 1)
      return
    }
    _ = try await waitForTrouble(bench) { $0?.contains(mishap.word) == true }
    #expect(provider.orders == 1)
    try mishap.end(on: bench.disk)
    _ = try await listener.first(of: job.id) { $0.state == .done }
  }

  /// The files that SQLite keeps beside an index went with the service before; there is no room for new ones.
  @Test func anIndexThatAFullDiskKeepsShutIsNotTakenForDamaged() async throws {
    let disk = try MountedDisk(megabytes: 16)
    let state = try TemporaryDirectory()
    let provider = try provider(disk, [jpeg()], .url, .off) {}
    func first() async throws -> GalleryLayout {
      let bench = try await DiskBench(disk, state: state)
      #expect(try await bench.run(small(), on: provider).state == .done)
      return bench.layout
    }
    let layout = try await first()
    while FileSystem.exists(layout.index + "-wal") { await Task.yield() }
    let before = try FileInformation(of: layout.index).identity
    try disk.fill()
    let bench = try await restarted(disk, state)
    #expect(try FileInformation(of: layout.index).identity == before)
    try disk.makeRoom()
    #expect(try await bench.run(small("two"), on: provider).state == .done)
    #expect(try bench.received().count == 2)
  }

  @Test func noGalleryIsBegunUnderAMissingDisk() async throws {
    let disk = try MountedDisk(megabytes: 16)
    let state = try TemporaryDirectory()
    func first() async throws { _ = try await DiskBench(disk, state: state) }
    try await first()
    try disk.vanish()
    let error = await studioError { _ = try await DiskBench(disk, state: state) }
    #expect(error?.code == .gallery)
    #expect(error?.message.contains("is gone: the disk it was on is not mounted there") == true)
    #expect(try DirectoryListing(of: disk.path).entries.isEmpty)
    try disk.comeBack()
    _ = try await restarted(disk, state)
  }
}

/// A picture that cannot be compressed.
private func noise(side: Int) -> Pixels {
  var state: UInt32 = 1
  let bytes = (0..<side * side * 4).map { place -> UInt8 in
    state = state &* 1_664_525 &+ 1_013_904_223
    return place % 4 == 3 ? 255 : UInt8(truncatingIfNeeded: state >> 24)
  }
  return Pixels(width: side, height: side, bytes: bytes)
}
