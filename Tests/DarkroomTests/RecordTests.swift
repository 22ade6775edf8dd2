import FoundationEssentials
import Gallery
import Glibc
import HTTP
import Hashing
import Posix
import Seedream
import Synchronization
import TestSupport
import Testing

extension WholeProgramTests {
  /// `serve --record`: what programs ask for is in the gallery.
  @Suite struct RecordTests {
    private static let ark = "/api/v3/images/generations"
    private let client: HTTPClient

    init() throws { client = try HTTPClient(userAgent: "test") }

    private func body(_ prompt: String, _ more: String = "") -> String {
      #"{"model":"seedream-4.0","prompt":"\#(prompt)","size":"960x960"\#(more)}"#
    }

    private func hash(of picture: String) throws -> String {
      try BirthRecord(ofPicture: picture).file.sha256
    }

    @Test func whatAProgramGetsIsInTheGalleryWithItsRecord() async throws {
      let home = try ProgramHome()
      let serving = try Serving(home, "--record", "--provider", "sandbox")
      #expect(serving.greeting.contains("pictures are kept in \(home.gallery)"))
      let answer = try await client.fetch(
        serving.request("/byteplus-generate", body("a red lantern")))
      #expect(answer.status == 200)
      let reply = try Reply(answer.body)
      let url = try #require(reply.data.first?.url)
      #expect(url.hasPrefix(serving.url + "/files/"))
      let picture = try #require(try home.pictures.first)
      let fetched = try await client.fetch(HTTPRequest(url: url), limit: 64 << 20)
      #expect(SHA256.hexDigest(of: fetched.body) == (try hash(of: picture)))
      let record = try BirthRecord(ofPicture: picture)
      #expect(record.origin.request?.prompt == "a red lantern")
      #expect(record.origin.request?.watermark == true)
      #expect(answer.head["X-Request-Id"] == record.origin.providerRequestID)
      #expect(try serving.nextLine().contains("; job \(record.origin.id.job)"))
      #expect(try serving.end() == .exited(0))
    }

    @Test(arguments: [(true, true), (true, false), (false, true)])
    func aSetWithAMemberThatIsRefused(_ streams: Bool, _ isInline: Bool) async throws {
      let home = try ProgramHome()
      let serving = try Serving(home, "--record", "--provider", "sandbox")
      var request = serving.request(
        Self.ark,
        body(
          "four seasons",
          #","stream":\#(streams),"sequential_image_generation":"auto","#
            + #""sequential_image_generation_options":{"max_images":3},"#
            + #""response_format":"\#(isInline ? "b64_json" : "url")""#))
      request.headers.append(HTTPHeader("X-Sandbox-Fault", "member-refused=2"))
      let answer = try await client.fetch(request, limit: 64 << 20)
      #expect(answer.status == 200)
      var parser = ReplyParser()
      var hashes: Set<String> = []
      var images: [Int: [UInt8]] = [:]
      var last: ReplyEvent?
      for event in parser.consume(answer.body) + parser.finish() {
        last = event
        switch event {
        case .imageBytes(let image, let piece): images[image, default: []] += piece
        case .memberRefused(let index, let error):
          #expect(index == 1)
          #expect(error.code == "OutputImageSensitiveContentDetected")
        case .picture(let picture):
          switch picture.source {
          case .inline(let image, _): hashes.insert(SHA256.hexDigest(of: images[image] ?? []))
          case .url(let url):
            let fetched = try await client.fetch(HTTPRequest(url: url), limit: 64 << 20)
            hashes.insert(SHA256.hexDigest(of: fetched.body))
          }
        case .completed(let completion): #expect(completion.usage.generatedImages == 2)
        default: break
        }
      }
      #expect(last == .finished)
      #expect(hashes == Set(try home.pictures.map(hash)))
      #expect(hashes.count == 2)
      #expect(try serving.end() == .exited(0))
    }

    @Test func aReferenceInsideTheRequestIsKeptOnceByItsHash() async throws {
      let home = try ProgramHome()
      let serving = try Serving(home, "--record", "--provider", "sandbox")
      let bytes = try DialectServer.picture(shade: 9)
      let image = #","image":"data:image/jpeg;base64,\#(Data(bytes).base64EncodedString())""#
      for _ in 0..<2 {
        let request = serving.request(Self.ark, body("a cat", image))
        #expect(try await client.fetch(request).status == 200)
      }
      for picture in try home.pictures {
        let references = try BirthRecord(ofPicture: picture).origin.request?.references
        guard case .stored(let stored)? = references?.first else {
          throw TestFailure("the reference was not stored: \(String(describing: references))")
        }
        #expect(stored.sha256 == SHA256.hexDigest(of: bytes))
      }
      #expect(try home.pictures.count == 2)
      #expect(try serving.end() == .exited(0))
    }

    @Test func theProvidersOwnAddressIsGivenAndNotKept() async throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let serving = try Serving(home, "--record")
      let answer = try await client.fetch(serving.request(Self.ark, body("a")))
      let url = try #require(try Reply(answer.body).data.first?.url)
      #expect(!url.hasPrefix(serving.url))
      let signature = try #require(url.firstMatch(of: /X-Tos-Signature=(\w+)/)).1
      let record = try #require(try home.pictures.first)
      let fetched = try await client.fetch(HTTPRequest(url: url), limit: 64 << 20)
      #expect(
        try BirthRecord(ofPicture: record).file.receivedSHA256
          == SHA256.hexDigest(of: fetched.body))
      let log = try String(
        contentsOfFile: home.directory.path(".local/state/darkroom/service.log"), encoding: .utf8)
      #expect(!log.contains(signature))
      #expect(try !serving.nextLine().contains(signature))
      #expect(try !home.run("jobs", "--json").output.contains(signature))
      #expect(try serving.end() == .exited(0))
    }

    @Test func theBudgetHoldsForProgramsToo() async throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(
        configuration: provider.configuration + "\nbudget: {day: 1 pictures}")
      home.variables["HELD_KEY"] = TestProvider.key
      let serving = try Serving(home, "--record")
      #expect(try await client.fetch(serving.request(Self.ark, body("a"))).status == 200)
      let refused = try await client.fetch(
        serving.request(Self.ark, body("b", #","stream":true"#)))
      #expect(refused.status == 402)
      #expect(String(decoding: refused.body, as: UTF8.self).contains("has no room"))
      #expect(try home.pictures.count == 1)
      #expect(try serving.end() == .exited(0))
    }

    @Test func anUnknownOutcomeOfTheSandboxIsPaidByNobody() async throws {
      let home = try ProgramHome()
      let serving = try Serving(home, "--record", "--provider", "sandbox")
      let answer = try await client.fetch(serving.request(Self.ark, body("a fault:cut=0")))
      #expect(answer.status == 502)
      #expect(answer.head["X-Should-Retry"] == "false")
      let text = String(decoding: answer.body, as: UTF8.self)
      #expect(text.contains("may have been drawn; nothing is paid for it"))
      let jobs = try home.run("jobs")
      #expect(jobs.output.contains("unknown"))
      #expect(try serving.end() == .exited(0))
    }

    @Test func whatClientAndGatewayLeaveBehindComesIntoTheGallery() async throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let serving = try Serving(home, "--record")
      var request = serving.request("/byteplus-generate", body("left alone"))
      request.limits.total = .seconds(2)
      let hasty = request
      await #expect(throws: HTTPError.self) { try await client.fetch(hasty) }
      #expect(try serving.nextLine().contains("the client left: the job goes on"))
      try serving.kill()
      #expect(try home.pictures.isEmpty)
      provider.release()
      _ = try home.wait(for: "jobs", "--json") { $0.output.contains(#""state":"done""#) }
      #expect(try home.pictures.count == 1)
    }

    @Test func aServiceThatBreaksDownIsFollowedByTheNext() async throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let serving = try Serving(home, "--record")
      let request = serving.request(Self.ark, body("interrupted"))
      let asking = Task.detached { try await client.fetch(request) }
      _ = try home.wait(for: "jobs", "--json") { $0.output.contains(#""state":"running""#) }
      kill(try #require(home.services.last), SIGKILL)
      let answer = try await asking.value
      #expect(answer.status == 502)
      #expect(String(decoding: answer.body, as: UTF8.self).contains("drawn and billed"))
      #expect(home.services.count == 2)
      #expect(try serving.end() == .exited(0))
    }

    @Test func anAddressIsGoodAtEveryGatewayOfTheGallery() async throws {
      let home = try ProgramHome()
      let first = try Serving(home, "--record", "--provider", "sandbox")
      let second = try Serving(home, "--record", "--provider", "sandbox")
      let answer = try await client.fetch(first.request(Self.ark, body("a")))
      let url = try #require(try Reply(answer.body).data.first?.url)
      let there = url.replacing(first.url, with: second.url)
      #expect(try await client.fetch(HTTPRequest(url: there), limit: 64 << 20).status == 200)
      #expect(try await client.fetch(HTTPRequest(url: there + "0")).status == 403)
      // As it would be signed for yesterday.
      let path = try #require(url.firstMatch(of: /\/files\/[^?]+/)).output
      let past = Int(SystemClock.secondsSince1970) - 1
      let key = try AddressKey(GalleryLayout(root: home.gallery))
      let expired =
        second.url + path + "?expires=\(past)&signature=\(key.signature(of: "\(path)\n\(past)"))"
      #expect(try await client.fetch(HTTPRequest(url: expired)).status == 403)
      // Thrown away, it is not given out any more.
      let id = try #require(path.firstMatch(of: /\w+-\d+/)).output
      #expect(try home.run("trash", String(id)).status == .exited(0))
      #expect(try await client.fetch(HTTPRequest(url: there)).status == 404)
      #expect(home.services.count == 1)
      #expect(try first.end() == .exited(0))
      #expect(try second.end() == .exited(0))
    }

    /// Fifteen pictures of 8 MB in base64 each.
    @Test func memoryIsFlatInTheSizeOfThePictures() async throws {
      let picture = try Self.longPicture()
      let provider = try ScriptedProvider { request, _ in
        guard request.method == "POST" else { return .picture(picture) }
        let item = #"{"url":"\#(request.origin)/1.jpg"}"#
        let data = Array(repeating: item, count: 15).joined(separator: ",")
        return .json(200, #"{"created":1,"data":[\#(data)]}"#)
      }
      let home = try ProgramHome()
      home.variables["ARK_API_KEY"] = "a-key"
      let serving = try Serving(
        home, "--record", "--provider", "ark", "--base-url", provider.url)
      let count = Atomic<Int>(0)
      let more = #","response_format":"b64_json","sequential_image_generation":"auto""#
      _ = try await client.stream(serving.request(Self.ark, body("a", more))) { piece in
        count.add(piece.count, ordering: .relaxed)
      }
      #expect(count.load(ordering: .relaxed) > 15 * picture.count * 4 / 3)
      #expect(try serving.peakMemory < 48 << 20)
      #expect(try serving.end() == .exited(0))
    }

    /// A small JPEG with 6 MB of comments before its pixels (markers, ITU-T T.81, B.1.1.3).
    private static func longPicture() throws -> [UInt8] {
      let small = try DialectServer.picture(shade: 7)
      let pixels = try #require(small.firstRange(of: [0xFF, 0xDA])).lowerBound
      let comment = [0xFF, 0xFE, 0xFF, 0xFF] + [UInt8](repeating: 0x2E, count: 0xFFFF - 2)
      let comments = Array(repeating: comment, count: 96).joined()
      return Array(small[..<pixels]) + comments + small[pixels...]
    }
  }
}

/// What a plain reply says.
private struct Reply: Decodable {
  struct Item: Decodable { var url: String? }

  var data: [Item]

  init(_ body: [UInt8]) throws {
    self = try JSONDecoder().decode(Reply.self, from: Data(body))
  }
}
