import Gallery
import HTTP
import Hashing
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Pictures that are drawn and have to be fetched from where they lie.
@Suite(.timeLimit(.minutes(5))) struct FetchTests {
  /// A provider whose second picture of three lies at an address that answers like this.
  private func provider(
    second: @escaping @Sendable (HTTPServerRequest, Int) async -> HTTPReply,
    query: String = ""
  ) throws -> ScriptedProvider {
    let bytes = try jpeg()
    let asked = Collected<String>()
    return try ScriptedProvider { request, _ in
      let host = "http://\(request.header("Host") ?? "")"
      if request.method == "POST" {
        return .pictures([host + "/1", host + "/2" + query, host + "/3"])
      }
      guard request.path == "/2" else { return .picture(bytes) }
      return await second(request, asked.append(request.path))
    }
  }

  private func lost(_ job: JobStatus) -> (message: String, isFetchable: Bool)? {
    for member in job.members {
      if case .lost(let message, let isFetchable) = member.outcome { return (message, isFetchable) }
    }
    return nil
  }

  @Test func whatCannotBeFetchedIsSaidAndTheRestIsSaved() async throws {
    let cases: [(HTTPReply, String, isFetchable: Bool)] = [
      (HTTPReply(status: 403), "HTTP 403; it is asked again until", true),
      (HTTPReply(status: 404), "HTTP 404; it is asked again until", true),
      (HTTPReply(status: 410), "HTTP 410", true),
      (HTTPReply(status: 304), "HTTP 304", true),
      (.text(200, "<html>log in</html>"), "<html>", true),
      (.picture([]), "is empty", true),
      (HTTPReply(status: 503), "HTTP 503", true),
    ]
    for (reply, words, isFetchable) in cases {
      let provider = try provider { _, _ in reply }
      let bench = try await Bench()
      let job = try await bench.run(small(count: 3), on: provider.connection)
      #expect(job.state == .partlyDone)
      #expect(job.pictures.map(\.id) == ["\(job.id)-1", "\(job.id)-3"])
      let loss = try #require(lost(job))
      #expect(loss.message.hasPrefix("Picture 2 was drawn but not saved: "))
      #expect(loss.message.contains(words), "\(loss.message)")
      #expect(loss.isFetchable == isFetchable, "\(loss.message)")
      #expect(job.message == loss.message)
      #expect(provider.orders == 1)
    }
  }

  @Test(arguments: [true, false])
  func aPictureThatEndsEarlyEachTimeIsFiledAndThatIsSaid(isFramed: Bool) async throws {
    let cut = Array(try jpeg().dropLast(40))
    let storage = try RawServer { connection in
      _ = connection.readRequest()
      let length = isFramed ? "Content-Length: \(cut.count)\r\n" : ""
      connection.send("HTTP/1.1 200 OK\r\n\(length)Connection: close\r\n\r\n")
      connection.send(cut)
    }
    let provider = try ScriptedProvider { _, _ in .pictures(["http://127.0.0.1:\(storage.port)/1"])
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done)
    let picture = try #require(job.pictures.first)
    #expect(picture.remark == "Its end is missing.")
    #expect(job.notices.contains { $0.contains("was saved as it arrived: its end is missing.") })
    let record = try bench.record(of: picture)
    #expect(record.file.receivedSHA256 == SHA256.hexDigest(of: cut))
    #expect(isFramed ? storage.heads.all.count == 2 : storage.heads.all.count > 1)
  }

  @Test func aLengthThatLiesOnceCostsNothing() async throws {
    let bytes = try jpeg()
    let provider = try provider { _, number in
      .picture(number == 0 ? Array(bytes.dropLast(400)) : bytes)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3), on: provider.connection)
    #expect(job.state == .done)
    #expect(job.pictures.map(\.remark) == [nil, nil, nil])
    #expect(job.pictures.map(\.byteCount).min() ?? 0 >= bytes.count)
  }

  @Test func anExpiredAddressSaysWhenItExpired() async throws {
    let query = "?X-Tos-Algorithm=T&X-Tos-Date=20200101T000000Z&X-Tos-Expires=86400"
    let provider = try provider(second: { _, _ in HTTPReply(status: 403) }, query: query)
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3), on: provider.connection)
    let expiry = try #require(AddressExpiry("http://a/b" + query))
    #expect(expiry.time == 1_577_923_200)
    #expect(lost(job)?.message.contains("expired at \(expiry.shown)") == true)
    #expect(lost(job)?.isFetchable == false)
  }

  @Test func theAddressGoesOutVerbatimAndWithoutTheKey() async throws {
    let query = "?X-Tos-Date=20261121T000000Z&sig=a%2Fb%20c+d"
    let bytes = try jpeg()
    let provider = try provider(second: { _, _ in .picture(bytes) }, query: query)
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3), on: provider.connection, key: "sk-secret-1234")
    #expect(job.state == .done)
    let fetches = provider.requests.all.filter { $0.method == "GET" }
    #expect(fetches.count == 3)
    for fetch in fetches {
      #expect(!fetch.headers.contains { $0.value.contains("sk-secret") })
    }
    #expect(fetches.first { $0.path == "/2" }?.parameter("sig") == "a/b c d")
  }

  @Test func aBrokenDownloadGoesOnWhereItStopped() async throws {
    let bytes = try jpeg(width: 640, height: 480)
    let half = bytes.count / 2
    let storage = try RawServer { connection in
      let head = connection.readRequest()?.head.lowercased() ?? ""
      guard head.contains("range: ") else {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\nETag: \"v1\"\r\n\r\n")
        connection.send(Array(bytes[..<half]))
        return
      }
      guard head.contains("range: bytes=\(half)-\r\n"), head.contains("if-range: \"v1\"\r\n") else {
        return connection.send("HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n")
      }
      connection.send("HTTP/1.1 206 Partial\r\nContent-Length: \(bytes.count - half)\r\n")
      connection.send("Content-Range: bytes \(half)-\(bytes.count - 1)/\(bytes.count)\r\n\r\n")
      connection.send(Array(bytes[half...]))
    }
    let provider = try ScriptedProvider { _, _ in .pictures(["http://127.0.0.1:\(storage.port)/1"])
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done)
    #expect(job.pictures.map(\.width) == [640])
    #expect(storage.heads.all.count == 2)
    let record = try bench.record(of: #require(job.pictures.first))
    #expect(record.file.receivedSHA256 == SHA256.hexDigest(of: bytes))
  }

  @Test func aServerThatGivesOtherBytesThanWereAskedForStartsOver() async throws {
    let bytes = try jpeg(width: 640, height: 480)
    let provider = try provider { request, number in
      switch number {
      case 0:
        return HTTPReply(
          body: .stream { writer in
            try? await writer.write(Array(bytes[..<100]))
            writer.cut()
          })
      case 1:
        return HTTPReply(
          status: 206, headers: [HTTPHeader("Content-Range", "bytes 50-99/200")],
          body: .bytes(Array(bytes[50..<100])))
      default: return .picture(request.header("Range") == nil ? bytes : [])
      }
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3), on: provider.connection)
    #expect(job.state == .done)
    #expect(job.pictures.map(\.width).contains(640))
  }

  @Test func aPassingFaultIsWaitedOut() async throws {
    let bytes = try jpeg()
    let provider = try provider { _, number in
      number < 2 ? HTTPReply(status: 500) : .picture(bytes)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3), on: provider.connection)
    #expect(job.state == .done)
    #expect(job.pictures.count == 3)
  }

  @Test func whatWasLostCanBeFetchedLater() async throws {
    let bytes = try jpeg()
    let isUp = Collected<Bool>()
    let provider = try provider { _, _ in
      isUp.all.isEmpty ? HTTPReply(status: 503) : .picture(bytes)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3), on: provider.connection)
    #expect(lost(job)?.isFetchable == true)
    isUp.append(true)
    let listener = bench.studio.hub.listen()
    #expect(try await bench.studio.fetch(job.id).state.phase == .downloading)
    let fetched = try await listener.first(of: job.id) { $0.state.isFinal }
    #expect(fetched.state == .done)
    #expect(fetched.message == nil)
    #expect(fetched.pictures.count == 3)
    #expect(provider.orders == 1)
    let error = await studioError { _ = try await bench.studio.fetch(job.id) }
    #expect(error?.code == .notPossible)
  }

  @Test func anAddressThatHoldsNothingYetIsAskedAgain() async throws {
    let bytes = try jpeg()
    let provider = try provider { _, number in
      number == 0 ? HTTPReply(status: 404) : .picture(bytes)
    }
    let retries = RetryPolicy(firstPause: 0.002, longestPause: 0.01, firstFetchPause: 0.01)
    let bench = try await Bench(options: StudioOptions(retries: retries))
    let listener = bench.studio.hub.listen()
    let job = try await bench.studio.submit(
      JobSubmission(request: small(count: 3), provider: provider.connection, key: nil))
    let end = try await listener.first(of: job.id) { $0.pictures.count == 3 && $0.state.isFinal }
    #expect(end.message == nil)
    #expect(provider.orders == 1)
  }

  @Test func whatWasLostIsFetchedByTheNextService() async throws {
    let bytes = try jpeg()
    let isUp = Collected<Bool>()
    let provider = try provider { _, _ in
      isUp.all.isEmpty ? HTTPReply(status: 503) : .picture(bytes)
    }
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small("by the next"), on: provider.connection)
      isUp.append(true)
      return job
    }
    #expect(job.state == .partlyDone)
    await bench.studio.untilIdle()
    let now = try await bench.studio.job(job.id)
    #expect(now.state == .done)
    let second = try #require(now.pictures.first { $0.id.hasSuffix("-2") })
    let origin = try bench.record(of: second).origin
    #expect(origin.request?.prompt == "by the next")
    #expect(origin.provider == "test")
    #expect(origin.dialect == "ark")
    #expect(provider.orders == 1)
  }

  @Test func layersKeepTheirPlaceWhenTheNextServiceFetchesThem() async throws {
    let bytes = try jpeg()
    let isUp = Collected<Bool>()
    let provider = try ScriptedProvider { request, _ in
      let host = "http://\(request.header("Host") ?? "")"
      if request.method == "POST" {
        return .json(
          200,
          #"{"data":[{"url":"\#(host)/0","z_index":0,"size":"64x48","background":"opaque"},"#
            + #"{"url":"\#(host)/1","z_index":1,"name":"Cat","description":"a cat","#
            + #""bounding_box":{"absolute":[3,4,67,52],"normalized":[30,40,670,520]},"#
            + #""text":{"content":"喵","font":"Song"}}],"usage":{"generated_images":2}}"#)
      }
      return isUp.all.isEmpty ? HTTPReply(status: 503) : .picture(bytes)
    }
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small("split"), on: provider.connection)
      isUp.append(true)
      return job
    }
    #expect(job.state == .failed)
    await bench.studio.untilIdle()
    let now = try await bench.studio.job(job.id)
    try #require(now.pictures.count == 2)
    let cat = try bench.record(of: now.pictures[1]).origin
    #expect(
      cat.layer
        == PictureLayer(
          order: 1, name: "Cat", description: "a cat",
          box: .init(left: 3, top: 4, right: 67, bottom: 52),
          normalized: .init(left: 30, top: 40, right: 670, bottom: 520),
          details: ["text": .object(["content": .string("喵"), "font": .string("Song")])]))
    let base = try bench.record(of: now.pictures[0]).origin
    #expect(base.said.background == "opaque")
    #expect(base.said.size == "64x48")
    #expect(now.pictures.map(\.layer) == [base.layer, cat.layer])
    #expect(provider.orders == 1)
  }

  @Test func anAddressThatHasExpiredIsNotAskedAgain() async throws {
    let provider = try ScriptedProvider { _, _ in HTTPReply(status: 403) }
    let directory = try TemporaryDirectory()
    let journal = Journal(GalleryLayout(root: directory.path("gallery")))
    let job = try #require(JobID("k7f2"))
    let now = Timestamp.now()
    var yesterday = now
    yesterday.milliseconds -= 90_000_000
    let signed = provider.url + "/b?X-Tos-Date=20200101T000000Z&X-Tos-Expires=86400"
    for (time, event) in [
      (now, JournalEntry.Event.intent(.init(request: small(count: 2), provider: "test"))),
      (now, .sent(attempt: 1)), (yesterday, .result(number: 1, .address(provider.url + "/a"))),
      (now, .result(number: 2, .address(signed))), (now, .finished(count: 2)),
    ] {
      try journal.append(JournalEntry(job: job, time: time, event: event))
    }
    let bench = try await Bench(directory)
    let status = try await bench.studio.job("K7F2")
    #expect(status.state == .failed)
    #expect(status.message?.contains("Picture 1 was drawn but not saved") == true)
    #expect(status.members.count == 2)
    #expect(provider.requests.all.isEmpty)
    let error = await studioError { _ = try await bench.studio.fetch("k7f2") }
    #expect(error?.code == .notPossible)
  }

  @Test func aLeftoverOfADeadServiceIsFiled() async throws {
    let bytes = try jpeg()
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    let job = try #require(JobID("k7f2"))
    let now = Timestamp.now()
    let leftover = layout.dayDirectory(now) + "/.pending-0123456789abcdef"
    try FileSystem.createDirectory(layout.dayDirectory(now))
    try DurableFile.write(bytes, to: leftover)
    let journal = Journal(layout)
    for event in [
      JournalEntry.Event.intent(.init(request: small(), provider: "test", dialect: "ark")),
      .sent(attempt: 1), .result(number: 1, .file("\(now.day)/.pending-0123456789abcdef")),
      .finished(count: 1),
    ] {
      try journal.append(JournalEntry(job: job, time: now, event: event))
    }
    let bench = try await Bench(directory)
    await bench.studio.untilIdle()
    let status = try await bench.studio.job("k7f2")
    #expect(status.state == .done)
    #expect(status.pictures.map(\.id) == ["k7f2-1"])
    #expect(!FileSystem.exists(leftover))
  }
}
