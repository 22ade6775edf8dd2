import FoundationEssentials
import Gallery
import HTTP
import Hashing
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Replies that cannot be read in whole: what was drawn is counted, and the bytes are kept.
@Suite(.timeLimit(.minutes(5))) struct UnreadReplyTests {
  /// A body, and how many of two pictures that were asked for it puts at risk.
  static let unread = [
    (#"{"data":[],"usage":{"generated_images":1}}"#, 1),
    (#"{"model":"m","usage":{"generated_images":2}}"#, 2),
    (#"{"data":null,"usage":{"generated_images":1}}"#, 1),
    (#"{"data":[{"size":"1x1"}],"usage":{"image_count":1}}"#, 1),
    (#"{"error":{"code":"InternalServiceError","message":"x"},"usage":{"generated_images":1}}"#, 1),
    (#"{"data":[{"b64_json":"AA*A"}],"usage":{"generated_images":1}}"#, 1),
    ("data: {\"type\":\"image_generation.completed\",\"usage\":{\"generated_images\":1}}\n\n", 1),
    ("{}", 2), ("<html>Welcome</html>", 2), (#"{"data":[{"url":"s3://b/1.png"}]}"#, 2),
  ]

  @Test(arguments: unread)
  func whatWasDrawnAndNotReadIsAtRiskUntilItIsDecided(body: String, drawn: Int) async throws {
    let provider = try ScriptedProvider { _, _ in .json(200, body) }
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small(count: 2, streaming: .off), on: provider.connection)
      #expect(job.state.phase == .unknown, "\(job.message ?? "")")
      #expect(try await bench.studio.ledgerStatus().today.atRisk[Balances.pictures] == Int64(drawn))
      return job
    }
    let after = try await bench.studio.job(job.id)
    #expect(after.state.phase == .unknown)
    #expect(after.state.isUnresolved)
    #expect(after.rawReply?.byteCount == body.utf8.count)
    #expect(after.atRisk == job.atRisk)
    var tally = try await bench.studio.ledgerStatus().today
    #expect(tally.atRisk[Balances.pictures] == Int64(drawn))
    #expect(tally.spent[Balances.pictures] == 0)
    let path = bench.layout.reply(to: try #require(JobID(job.id)))
    #expect(try FileSystem.read(path, limit: 1 << 20) == Array(body.utf8))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    _ = try await bench.studio.forget(job.id)
    #expect(!FileSystem.exists(path))
    tally = try await bench.studio.ledgerStatus().today
    // What the provider says it generated is billed; where it says nothing, nobody knows.
    let isSaid = body.contains("generated_images") || body.contains("image_count")
    #expect(tally.spent[Balances.pictures] == (isSaid ? Int64(drawn) : 0))
    #expect(tally.total[Balances.pictures] == Int64(drawn))
    #expect(provider.orders == 1)
  }

  /// Hexadecimal letters are letters of base64 too.
  @Test func bytesThatNobodyRecognisesAreFiledAndTheBodyIsKept() async throws {
    let hex = String(repeating: "ffd8ffe000104a46", count: 200)
    let body = #"{"data":[{"b64_json":"\#(hex)"}],"usage":{"generated_images":1}}"#
    let provider = try ScriptedProvider { _, _ in .json(200, body) }
    let bench = try await Bench()
    let job = try await bench.run(small(streaming: .off), on: provider.connection)
    #expect(job.state.phase == .unknown)
    #expect(job.pictures.count == 1 && job.pictures.allSatisfy { $0.file.hasSuffix(".bin") })
    #expect(job.rawReply?.byteCount == body.utf8.count)
    #expect(provider.orders == 1)
  }

  @Test func threeOfThemPassNoBudgetForOne() async throws {
    let provider = try ScriptedProvider { _, _ in
      .json(200, #"{"data":[],"usage":{"generated_images":1}}"#)
    }
    var options = StudioOptions(retries: Bench.quick)
    options.budget = { Budget([.init(.day, 1, Balances.pictures)]) }
    let bench = try await Bench(options: options)
    _ = try await bench.run(small(), on: provider.connection)
    let error = await studioError {
      _ = try await bench.run(small(), on: provider.connection)
    }
    #expect(error?.code == .overBudget)
    #expect(provider.orders == 1)
  }

  @Test func whatIsReadOfASetIsSpentAndTheRestIsAtRisk() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      return .json(200, #"{"data":[{"url":"/a b.jpg"},{"x":1}],"usage":{"generated_images":2}}"#)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3, streaming: .off), on: provider.connection)
    #expect(job.state.phase == .unknown)
    #expect(job.pictures.count == 1)
    #expect(
      provider.requests.all.last?.path == "/a%20b.jpg"
        || provider.requests.all.last?.path == "/a b.jpg")
    let tally = try await bench.studio.ledgerStatus().today
    #expect(tally.spent[Balances.pictures] == 1)
    #expect(tally.atRisk[Balances.pictures] == 1)
  }

  @Test func picturesAreTakenOutOfTheBodyThatIsKept() async throws {
    let (first, second) = (try jpeg(shade: 1), try jpeg(shade: 2))
    let inline = Data(first).base64EncodedString()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(second) }
      let host = request.header("Host") ?? ""
      return .json(
        200,
        #"{"wert":["no","so \#(inline) so"],"see":"at http:\/\/\#(host)\/b.jpg, please","#
          + #""usage":{"generated_images":2}}"#)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 2, streaming: .off), on: provider.connection)
    #expect(job.state.phase == .unknown)
    #expect(job.pictures.isEmpty)
    let after = try await bench.studio.attach(job.id, files: [])
    #expect(after.pictures.count == 2)
    #expect(after.state == .done)
    #expect(after.rawReply == nil)
    let records = try after.pictures.map { try bench.record(of: $0) }
    #expect(records.count == 2)
    let tally = try await bench.studio.ledgerStatus().today
    #expect(tally.spent[Balances.pictures] == 2)
    #expect(tally.atRisk[Balances.pictures] == 0)
    #expect(provider.orders == 1)
  }

  /// A set of three of which two came and the third is cut: what is taken out is what is missing.
  @Test func whatIsHereAlreadyIsNotTakenTwice() async throws {
    let shades = try (1...3).map { try jpeg(shade: UInt8($0 * 60)) }
    let inline = shades.map { Data($0).base64EncodedString() }
    let events = inline.enumerated().map { index, text in
      #"data: {"type":"image_generation.partial_succeeded","image_index":\#(index),"#
        + #""b64_json":"\#(text)","size":"8x8"}"# + "\n\n"
    }
    // The end of the third never comes: its string is not closed.
    let body = events[0] + events[1] + events[2].dropLast(40)
    let provider = try ScriptedProvider { _, _ in
      HTTPReply(
        headers: [HTTPHeader("Content-Type", "text/event-stream")], body: .bytes(Array(body.utf8)))
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3, format: .base64), on: provider.connection)
    #expect(job.state.phase == .unknown, "\(job.message ?? "")")
    #expect(job.pictures.count == 2)
    let after = try await bench.studio.attach(job.id, files: [])
    #expect(after.pictures.map(\.id) == (1...3).map { "\(job.id)-\($0)" })
    let received = try after.pictures.map { try bench.record(of: $0).file.receivedSHA256 }
    #expect(Set(received).count == 3)
    #expect(Array(received.prefix(2)) == shades.prefix(2).map { SHA256.hexDigest(of: $0) })
    #expect(provider.orders == 1)
  }

  @Test func anAddressThatDoesNotAnswerKeepsTheJobOpenAndTheBody() async throws {
    let (first, second) = (try jpeg(shade: 1), try jpeg(shade: 200))
    let isUp = Gate()
    let provider = try ScriptedProvider { request, _ in
      let host = request.header("Host") ?? ""
      return switch request.path {
      case "/1.jpg": .picture(first)
      case "/2.jpg" where isUp.isOpen: .picture(second)
      case "/2.jpg": .text(503, "later")
      default: .json(200, #"{"note":"see http://\#(host)/1.jpg and http://\#(host)/2.jpg"}"#)
      }
    }
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small(count: 2, streaming: .off), on: provider.connection)
      #expect(job.state.phase == .unknown)
      let part = try await bench.studio.attach(job.id, files: [])
      #expect(part.state.phase == .unknown && part.state.isUnresolved && part.rawReply != nil)
      #expect(part.pictures.count == 1)
      #expect(part.message?.contains("1 of 2 pictures are here") == true, "\(part.message ?? "")")
      return part
    }
    isUp.open()
    let after = try await bench.studio.attach(job.id, files: [])
    #expect(after.state == .done && after.rawReply == nil)
    let received = try after.pictures.map { try bench.record(of: $0).file.receivedSHA256 }
    #expect(received == [first, second].map { SHA256.hexDigest(of: $0) })
    #expect(provider.orders == 1)
  }

  /// More than was asked for, and files beside pictures that only the body has: it stays.
  @Test(arguments: [true, false])
  func whatIsLeftInTheBodyIsNotThrownAway(namesFile: Bool) async throws {
    let inline = try (1...3).map { Data(try jpeg(shade: UInt8($0 * 60))).base64EncodedString() }
    let provider = try ScriptedProvider { _, _ in
      .json(200, #"{"wert":["so \#(inline[0])","so \#(inline[1])","so \#(inline[2])"]}"#)
    }
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small(count: 2, streaming: .off), on: provider.connection)
      #expect(job.state.phase == .unknown)
      let file = bench.directory.path("mine.jpg")
      try DurableFile.write(try jpeg(shade: 255), to: file)
      return try await bench.studio.attach(job.id, files: namesFile ? [file] : [])
    }
    #expect(job.state == .done && !job.state.isUnresolved)
    #expect(job.pictures.count == (namesFile ? 1 : 2))
    #expect(job.rawReply != nil)
    let path = bench.layout.reply(to: try #require(JobID(job.id)))
    #expect(FileSystem.exists(path))
    #expect(try await bench.studio.job(job.id).rawReply != nil)
  }

  /// A number that no request can have drawn is no count of pictures: it takes no budget away.
  @Test(arguments: ["1000000000", "1e9", "-1", "\"many\""])
  func anImpossibleNumberIsNotBelieved(number: String) async throws {
    let provider = try ScriptedProvider { _, _ in
      .json(200, #"{"data":[],"usage":{"generated_images":\#(number)}}"#)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state.phase == .unknown)
    #expect(try await bench.studio.ledgerStatus().today.atRisk[Balances.pictures] == 1)
  }

  /// In pieces, as chat relays stream them.
  @Test func aPictureInPiecesIsFiledWhole() async throws {
    let bytes = try jpeg()
    let text = "![x](data:image/jpeg;base64,\(Data(bytes).base64EncodedString()))"
    var events = ""
    var rest = text[...]
    while !rest.isEmpty {
      events +=
        #"data: {"choices":[{"index":0,"delta":{"content":"\#(rest.prefix(100))"}}]}"# + "\n\n"
      rest = rest.dropFirst(100)
    }
    let body = events + "data: [DONE]\n\n"
    let provider = try ScriptedProvider { _, _ in .json(200, body) }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done, "\(job.message ?? "")")
    let picture = try #require(job.pictures.first)
    #expect(try bench.record(of: picture).file.byteCount >= bytes.count)
    #expect(picture.remark == nil)
  }

  @Test func bytesThatAreNoPictureAreUnknownAndCanBeAttached() async throws {
    let provider = try ScriptedProvider { _, _ in
      .json(200, #"{"data":[{"b64_json":"SGVsbG8sIHdvcmxkIQ=="}]}"#)
    }
    let (bench, job) = try await Bench.restarted { bench in
      try await bench.run(small(format: .base64), on: provider.connection)
    }
    #expect(job.state.phase == .unknown)
    // The next service tries the bytes that were left once more.
    let listener = bench.studio.hub.listen()
    var after = try await bench.studio.job(job.id)
    if !after.state.isFinal { after = try await listener.first(of: job.id) { $0.state.isFinal } }
    bench.studio.hub.remove(listener)
    #expect(after.state.phase == .unknown)
    #expect(after.rawReply != nil)
    let file = bench.directory.path("mine.jpg")
    try DurableFile.write(try jpeg(), to: file)
    let attached = try await bench.studio.attach(job.id, files: [file])
    #expect(attached.pictures.map(\.id) == ["\(job.id)-1"])
    #expect(attached.state == .done)
  }

  @Test func theKeyIsNotInTheBodyThatIsKept() async throws {
    let key = "a-key-of-some-length"
    let provider = try ScriptedProvider { request, _ in
      .json(200, "{\"echo\":\"\(request.header("Authorization") ?? "")\"}")
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection, key: key)
    let path = bench.layout.reply(to: try #require(JobID(job.id)))
    let kept = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
    #expect(kept == "{\"echo\":\"Bearer [key]\"}")
  }

  @Test func ofWhatWasReadNothingIsKept() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      request.method == "POST"
        ? .pictures(["http://\(request.header("Host") ?? "")/1"]) : .picture(bytes)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done)
    let names = try? DirectoryListing(of: bench.layout.repliesDirectory).entries.map(\.name)
    #expect(names ?? [] == [])
  }

  @Test func aReferenceThatTheReplyRepeatsIsNoResult() async throws {
    let (sent, drawn) = (try jpeg(shade: 9), try jpeg(shade: 4))
    let texts = [sent, drawn].map { Data($0).base64EncodedString() }
    let provider = try ScriptedProvider { _, _ in
      .json(200, #"{"data":[{"b64_json":"\#(texts[0])"},{"b64_json":"\#(texts[1])"}]}"#)
    }
    let bench = try await Bench()
    let file = bench.directory.path("sent.jpg")
    try DurableFile.write(sent, to: file)
    let job = try await bench.run(
      small(references: [.file(file)], format: .base64), on: provider.connection)
    #expect(job.pictures.count == 1)
    #expect(job.state == .done)
  }

  @Test func thePictureThatIsTheBodyIsFiled() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { _, _ in .picture(bytes) }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done, "\(job.message ?? "")")
    #expect(job.pictures.count == 1)
  }
}
