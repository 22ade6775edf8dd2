import FoundationEssentials
import Gallery
import HTTP
import Hashing
import Imaging
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// A disk that hangs holds up what needs it, and nothing else.
@Suite(.timeLimit(.minutes(5))) struct StalledDiskTests {
  private let pictures: [[UInt8]]

  init() throws { pictures = try (0..<4).map { try noise(seed: $0) } }

  /// A provider whose only answer has a picture in it, sent in two parts with a wait in between.
  private struct Slow {
    let isHalfSent = Gate()
    let goesOn = Gate()
    let isCut = Gate()
    let server: RawServer

    /// - Parameter isEndless: Half of the answer never comes.
    init(_ picture: [UInt8], isEndless: Bool = false) throws {
      let (isHalfSent, goesOn, isCut) = (isHalfSent, goesOn, isCut)
      let body = Array(reply(picture).utf8)
      server = try RawServer { connection in
        guard connection.readRequest() != nil else { return }
        connection.send(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n")
        connection.send(Array(body.prefix(4096)))
        isHalfSent.open()
        goesOn.waitOnThread()
        connection.send(Array(body[4096..<(isEndless ? body.count / 2 : body.count)]))
        connection.readToEnd()
        isCut.open()
      }
    }
  }

  private static let often = StudioOptions(
    retries: Bench.quick, pollPauses: Array(repeating: 0.002, count: 1_000_000),
    cancelPatience: 0.01)

  @Test func cancellingPollingAndOtherJobsGoOn() async throws {
    let bench = try await Bench(options: Self.often)
    let listener = bench.studio.hub.listen()
    let isDrawn = Gate()
    let fetched = pictures[3]
    let polled = try ScriptedProvider { request, _ in
      switch request.path {
      case "/byteplus/v1/getEditMultiImage":
        return .json(200, #"{"success":true,"status":"success","message":"in","job_set_id":"j-1"}"#)
      case "/ai-model-api-polling/getGenerationResults":
        let results =
          isDrawn.isOpen
          ? #"{"imageUrl":"http://\#(request.header("Host") ?? "")/0.jpg"}"# : ""
        let status = isDrawn.isOpen ? "succeeded" : "processing"
        return .json(
          200, #"{"status":"\#(status)","results":[\#(results)],"job_set_id":"j-1"}"#)
      default: return .picture(fetched)
      }
    }
    func questions() -> Int { polled.requests.all.count { $0.path.hasPrefix("/ai-model") } }
    let other = Gate()
    let answer = reply(pictures[2])
    let answering = try ScriptedProvider { _, _ in
      await other.wait()
      return .json(200, answer, [HTTPHeader("X-Request-Id", "02other")])
    }
    let (kept, cut) = try (Slow(pictures[0]), Slow(pictures[1], isEndless: true))
    func send(_ connection: ProviderConnection) async throws -> String {
      try await bench.studio.submit(
        JobSubmission(request: small(format: .base64), provider: connection, key: "k")
      ).id
    }
    let keptJob = try await send(kept.server.connection)
    let cutJob = try await send(cut.server.connection)
    let polledJob = try await send(
      ProviderConnection(name: "polled", dialect: "pixazo", baseURL: polled.url))
    let otherJob = try await send(
      ProviderConnection(name: "other", dialect: "ark", baseURL: answering.url))
    await kept.isHalfSent.wait()
    await cut.isHalfSent.wait()
    while questions() < 2 || answering.orders < 1 { await Task.yield() }

    let disk = try StalledDisk(under: bench.layout.root)
    defer { disk.moveOn() }
    kept.goesOn.open()
    cut.goesOn.open()
    try await disk.hasCaughtSomething()
    let before = questions()
    while questions() < before + 3 { await Task.yield() }
    other.open()
    _ = try await listener.first(of: otherJob) { $0.providerRequestID == "02other" }
    let cancelled = try await bench.studio.cancel(cutJob)
    await cut.isCut.wait()
    #expect(disk.holdsSomething)
    // Nobody is told before the journal has it.
    #expect(cancelled.state.isFinal == false)
    #expect(cancelled.message?.contains("disk") == true)

    disk.moveOn()
    isDrawn.open()
    await bench.studio.untilIdle()
    #expect(try await bench.studio.job(cutJob).state == .cancelled)
    for (job, picture) in zip([keptJob, otherJob, polledJob], [0, 2, 3]) {
      let status = try await bench.studio.job(job)
      #expect(status.state == .done, "\(status.message ?? "")")
      let record = try bench.record(of: #require(status.pictures.first))
      #expect(record.file.receivedSHA256 == SHA256.hexDigest(of: pictures[picture]))
    }
    #expect(answering.orders == 1)
  }

  @Test func aPictureThatIsFetchedWaitsAlone() async throws {
    let bench = try await Bench()
    let picture = pictures[0]
    let (isAsked, isStalled) = (Gate(), Gate())
    let provider = try ScriptedProvider { request, _ in
      if request.method == "POST" {
        return .pictures(["http://\(request.header("Host") ?? "")/0.jpg"])
      }
      isAsked.open()
      await isStalled.wait()
      return .picture(picture)
    }
    let echo = try ScriptedProvider { _, _ in .text(200, "here") }
    async let job = bench.run(small(), on: provider.connection)
    await isAsked.wait()
    let disk = try StalledDisk(under: bench.layout.root)
    defer { disk.moveOn() }
    isStalled.open()
    try await disk.hasCaughtSomething()
    for _ in 0..<3 {
      #expect(
        try await bench.studio.dependencies.client.fetch(HTTPRequest(url: echo.url)).status == 200)
    }
    #expect(await bench.studio.jobs().count == 1)
    disk.moveOn()
    let record = try bench.record(of: #require(try await job.pictures.first))
    #expect(record.file.receivedSHA256 == SHA256.hexDigest(of: picture))
  }

  @Test func aReferenceThatIsReadWaitsAlone() async throws {
    let bench = try await Bench()
    // More than sockets hold.
    let picture = pictures[0] + [UInt8](repeating: 7, count: 6 << 20)
    let (isAsked, goesOn, bodies) = (Gate(), Gate(), Collected<[UInt8]>())
    let provider = try RawServer { connection in
      guard let head = connection.readHead() else { return }
      isAsked.open()
      goesOn.waitOnThread()
      let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
        .flatMap { Int($0.dropFirst(16)) }
      var body: [UInt8] = []
      while body.count < length ?? 0 {
        let piece = connection.read(upTo: (length ?? 0) - body.count)
        if piece.isEmpty { return }
        body += piece
      }
      bodies.append(body)
      connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    }
    let echo = try ScriptedProvider { _, _ in .text(200, "here") }
    let inline = "data:image/jpeg;base64," + Data(picture).base64EncodedString()
    async let job = bench.run(small(references: [.url(inline)]), on: provider.connection)
    await isAsked.wait()
    let disk = try StalledDisk(under: bench.layout.root, .reads)
    defer { disk.moveOn() }
    goesOn.open()
    try await disk.hasCaughtSomething()
    for _ in 0..<3 {
      #expect(
        try await bench.studio.dependencies.client.fetch(HTTPRequest(url: echo.url)).status == 200)
    }
    disk.moveOn()
    #expect(try await job.state.isFinal)
    let body = try #require(bodies.all.first)
    #expect(String(decoding: body, as: UTF8.self).contains(inline))
    #expect(provider.heads.all.count == 1)
  }
}

/// The answer with this picture in it.
private func reply(_ picture: [UInt8]) -> String {
  #"{"model":"seedream-4-0-250828","data":[{"b64_json":""#
    + Data(picture).base64EncodedString() + #""}],"usage":{"generated_images":1}}"#
}

/// A JPEG of more than 256 KiB.
private func noise(seed: Int) throws -> [UInt8] {
  var random = SplitMix(state: UInt64(seed))
  var bytes: [UInt8] = []
  for _ in 0..<(640 * 480 / 2) {
    var word = random.next()
    for _ in 0..<2 {
      for _ in 0..<3 {
        bytes.append(UInt8(truncatingIfNeeded: word))
        word >>= 8
      }
      bytes.append(255)
    }
  }
  return try ImageEncoder.jpeg(Pixels(width: 640, height: 480, bytes: bytes), quality: 95)
}
