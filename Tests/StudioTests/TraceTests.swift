import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// The exchange with a provider, written down for a user.
@Suite(.timeLimit(.minutes(5))) struct TraceTests {
  @Test func anExchangeIsWrittenDown() async throws {
    let picture = try jpeg(width: 320, height: 240)
    let provider = try ScriptedProvider { _, _ in
      .json(200, #"{"data":[{"b64_json":"\#(Data(picture).base64EncodedString())"}]}"#)
    }
    let bench = try await Bench()
    let file = bench.directory.path("photo.jpg")
    try DurableFile.write(picture, to: file)
    let path = bench.directory.path("trace.txt")
    let job = try await bench.run(
      small("fog 红", references: [.file(file)], format: .base64), on: provider.connection,
      key: "sk-secret-1234", trace: path)
    #expect(job.state == .done)
    let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
    #expect(text.hasPrefix("POST \(provider.url)/images/generations\n"))
    #expect(text.contains("Authorization: [key]"))
    #expect(text.contains(#""prompt":"fog 红""#))
    #expect(text.contains("[\(picture.count) bytes of a picture]"))
    #expect(text.contains("HTTP 200"))
    #expect(text.contains("more letters]"))
    #expect(text.utf8.count < 4000)
    #expect(!text.contains("sk-secret"))
    #expect(try FileInformation(of: path).mode & 0o077 == 0)
  }

  @Test func aPlaceThatCannotBeWrittenIsRefusedBeforeAnythingIsPaid() async throws {
    let bench = try await Bench()
    for path in ["trace.txt", bench.directory.path("none/trace.txt")] {
      let error = await studioError { _ = try await bench.run(small(), trace: path) }
      #expect(error?.message.contains("trace") == true)
    }
    #expect(await bench.studio.jobs().isEmpty)
  }

  @Test func onlyLongRunsAreShortenedHoweverTheyAreSplit() {
    let long = String(repeating: "Ab3+", count: 1000)
    let text = Array("{\"id\":\"02abc\",\"b64_json\":\"\(long)\"}".utf8)
    var whole = Base64Shortener()
    let expected = whole.shorten(text) + whole.finish()
    #expect(String(decoding: expected, as: UTF8.self).hasPrefix("{\"id\":\"02abc\""))
    #expect(String(decoding: expected, as: UTF8.self).contains("[3976 more letters]\"}"))
    var piecewise = Base64Shortener()
    #expect(text.flatMap { piecewise.shorten([$0]) } + piecewise.finish() == expected)
  }
}
