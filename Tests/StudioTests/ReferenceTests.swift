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

/// References on their way into a request.
@Suite(.timeLimit(.minutes(5))) struct ReferenceTests {
  @Test func theBodyHasTheBytesOfTheReferences() async throws {
    let picture = try jpeg(width: 640, height: 480)
    let provider = try ScriptedProvider { _, _ in .refusal(400, "InvalidParameter") }
    let bench = try await Bench()
    let file = bench.directory.path("photo.webp")
    try DurableFile.write(picture, to: file)
    let inline = "data:image/jpeg;base64," + Data(picture).base64EncodedString()
    let request = small(
      "as image 1", references: [.file(file), .url(inline), .url("https://example.com/a.png")])
    let job = try await bench.run(request, on: provider.connection)
    guard case .stored = job.request.references[1] else {
      Issue.record("everybody who listens is told the bytes: \(job.request.references[1])")
      return
    }
    #expect(job.request.references[0] == .file(file))
    struct Body: Decodable {
      var image: [String]
    }
    let sent = try #require(provider.requests.all.first)
    let body = try JSONDecoder().decode(Body.self, from: Data(sent.body))
    #expect(body.image == [inline, inline, "https://example.com/a.png"])
    // Kept once, and the journal holds its hash instead of its bytes.
    let journal = try FileSystem.read(bench.layout.journal(.now()), limit: 1 << 20)
    #expect(journal.count < 4000)
  }

  /// Whoever can write in the gallery must not have any file of its user sent.
  @Test func aPictureThatIsALinkIsNoReference() async throws {
    let provider = try ScriptedProvider { _, _ in .refusal(400, "InvalidParameter") }
    let bench = try await Bench()
    let job = try await bench.run(small())
    let picture = try #require(job.pictures.first)
    let other = bench.directory.path("private.jpg")
    try DurableFile.write(try jpeg(), to: other)
    try FileManager.default.removeItem(atPath: bench.path(of: picture))
    try FileManager.default.createSymbolicLink(
      atPath: bench.path(of: picture), withDestinationPath: other)
    let error = await studioError {
      _ = try await bench.run(
        small(references: [.picture(picture.id)]), on: provider.connection)
    }
    #expect(error?.message.contains("is a link") == true, "\(error?.message ?? "")")
    #expect(provider.requests.all.isEmpty)
  }

  private func request(references: [Reference]) -> GenerationRequest {
    small("x", references: references)
  }

  /// What a helper does that writes this file whatever it is given.
  private func helper(_ script: String) -> ReferenceReducer {
    ReferenceReducer(executable: "/bin/sh", arguments: ["-c", script, "helper"])
  }

  /// A file that is larger than the provider takes, by bytes after its end.
  private func large(in bench: Bench) throws -> String {
    let path = bench.directory.path("large.jpg")
    try DurableFile.write(
      try jpeg() + [UInt8](repeating: 0, count: 10_500_000), to: path, replacing: true)
    return path
  }

  @Test func whatIsTooLargeIsMadeSmallerAndSaidSo() async throws {
    let directory = try TemporaryDirectory()
    let small = directory.path("small.jpg")
    try DurableFile.write(try jpeg(shade: 99), to: small)
    let bench = try await Bench(
      directory,
      options: StudioOptions(
        reducer: helper(
          #"[ "$1 $2 $3 $4" = "--bytes 10000000 --pixels 36000000" ] && cat "\#(small)""#)))
    let job = try await bench.run(request(references: [.file(try large(in: bench))]))
    #expect(job.state == .done)
    #expect(job.notices.count == 1)
    #expect(job.notices.first?.contains("made smaller") == true)
    let origin = try bench.record(of: #require(job.pictures.first)).origin
    guard case .stored(let stored)? = origin.request?.references.first else {
      Issue.record("the reference was not stored")
      return
    }
    #expect(stored.byteCount == (try FileInformation(of: small).size))
    #expect(stored.origin.hasSuffix("large.jpg"))
  }

  @Test(arguments: [
    ("echo 'no such colours' >&2; exit 1", "no such colours"),
    ("true", "could not be made smaller"),
    ("echo not a picture", "not a picture"), ("kill -SEGV $$", "could not be made smaller"),
  ])
  func aHelperThatFailsCostsASentence(script: String, words: String) async throws {
    let bench = try await Bench(options: StudioOptions(reducer: helper(script)))
    let path = try large(in: bench)
    let error = await studioError {
      _ = try await bench.run(request(references: [.file(path)]))
    }
    #expect(error?.code == .refused)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func withoutAHelperItIsRefused() async throws {
    let bench = try await Bench()
    let path = try large(in: bench)
    let error = await studioError {
      _ = try await bench.run(request(references: [.file(path)]))
    }
    #expect(error?.message.contains("large.jpg") == true)
  }
}
