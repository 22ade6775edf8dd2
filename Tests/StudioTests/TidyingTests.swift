import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import TestSupport
import Testing

@testable import Studio

/// Bytes that were received and never filed: kept while anybody may need them, and no longer.
@Suite(.timeLimit(.minutes(5))) struct TidyingTests {
  /// What a service that was killed in the middle of a picture leaves beside this one.
  private func leaveBytes(beside picture: String) throws -> String {
    let path = FileSystem.parent(of: picture) + "/.pending-0123456789abcdef"
    try Data("half a picture".utf8).write(to: URL(filePath: path))
    return path
  }

  @Test func theyGoWhenEveryPictureIsThere() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      request.method == "POST"
        ? .pictures(["http://\(request.header("Host") ?? "")/0"]) : .picture(bytes)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    let leftover = try leaveBytes(beside: bench.path(of: try #require(job.pictures.first)))
    await bench.studio.drain()
    #expect(!FileSystem.exists(leftover))
  }

  @Test func theyGoFromTheRefugeToo() async throws {
    let state = try TemporaryDirectory()
    let bench = try await Bench(
      options: StudioOptions(retries: Bench.quick, stateDirectory: state.path))
    let provider = try ScriptedProvider { _, _ in .refusal(400, "InvalidParameter") }
    _ = try await bench.run(small(), on: provider.connection)
    let spoolDirectory = SpoolDirectory(stateDirectory: state.path, gallery: bench.layout.root)
      .directory
    let leftover = spoolDirectory + "/pictures/.pending-0123456789abcdef"
    try FileSystem.createDirectory(spoolDirectory + "/pictures", mode: 0o700)
    try Data("half a picture".utf8).write(to: URL(filePath: leftover))
    await bench.studio.drain()
    #expect(!FileSystem.exists(leftover))
  }

  @Test func theyStayWhileAnOutcomeIsUnknown() async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, _ in .picture(bytes) }
    let raw = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
      connection.send(succeeded(0, pictures.url + "/0"))
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 2), on: raw.connection)
    #expect(job.state.phase == .unknown)
    let leftover = try leaveBytes(beside: bench.path(of: try #require(job.pictures.first)))
    await bench.studio.drain()
    #expect(FileSystem.exists(leftover))
  }

  /// The clock was set back between the submission and the bytes.
  @Test func theyStayWhateverTheClockSays() async throws {
    let bytes = try jpeg()
    let pictures = try ScriptedProvider { _, _ in .picture(bytes) }
    let raw = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
      connection.send(succeeded(0, pictures.url + "/0"))
    }
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    var early = Timestamp.now()
    early.milliseconds -= 3_600_000
    let done = JournalEntry.Event.intent(.init(request: small(), provider: "test"))
    let journal = Journal(layout)
    let id = try #require(JobID("k7f2a"))
    try journal.append(JournalEntry(job: id, time: early, event: done))
    try journal.append(JournalEntry(job: id, time: early, event: .cancelled))
    let bench = try await Bench(directory)
    let job = try await bench.run(small(count: 2), on: raw.connection)
    #expect(job.state.phase == .unknown)
    let leftover = try leaveBytes(beside: bench.path(of: try #require(job.pictures.first)))
    let before = Date(timeIntervalSince1970: job.submitted - 600)
    try FileManager.default.setAttributes([.modificationDate: before], ofItemAtPath: leftover)
    await bench.studio.drain()
    #expect(FileSystem.exists(leftover))
  }
}
